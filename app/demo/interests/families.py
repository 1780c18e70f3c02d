"""What midwives, children's nurses and other nurses of families in the demo are interested in."""

from app.demo import specialties as s
from app.demo.interests.persona import Persona, Practice
from app.demo.networks import Care
from app.models.values.registration import Profession

NURSE = Profession.NURSE
MIDWIFE = Profession.MIDWIFE
HOSPITAL = Care.ACUTE
MIND = Care.MENTAL_HEALTH
CHILDREN = Care.CHILDREN
SURGERY = Practice.GENERAL_PRACTICE

PERSONAS = (
    Persona(
        NURSE,
        "Perinatal mental health nurse",
        MIND,
        (s.MENTAL_HEALTH, s.REPRODUCTIVE, s.CHILDREN),
        "I support mothers who become very unwell after birth. Bonding, psychosis and the partners whom "
        "nobody asks are my questions, and I have wanted to do qualitative work since my degree.",
    ),
    Persona(
        NURSE,
        "Children's community nurse",
        CHILDREN,
        (s.CHILDREN, s.DIABETES, s.RESPIRATORY),
        "I visit teenagers with long-term conditions at home and at school. Assent, and growing out of "
        "children's services, is what I would like to study, with the young people in charge of some of it.",
    ),
    Persona(
        NURSE,
        "Neonatal sister",
        CHILDREN,
        (s.CHILDREN, s.REPRODUCTIVE, s.GENETICS),
        "On my unit parents wait days to hold a ventilated baby, and next door they do not. I want to work "
        "on skin-to-skin care or on how we give parents results that change everything.",
    ),
    Persona(
        MIDWIFE,
        "Midwife, diabetes and pregnancy clinic",
        HOSPITAL,
        (s.REPRODUCTIVE, s.DIABETES),
        "Women with diabetes see eleven different people before birth; I have counted. Continuity of carer "
        "for complicated pregnancy is the trial I would join tomorrow.",
    ),
    Persona(
        MIDWIFE,
        "Community and home birth midwife",
        HOSPITAL,
        (s.REPRODUCTIVE, s.TRAUMA),
        "Bleeding at a home birth is the thing I rehearse for. I would like to take part in a trial outside "
        "hospital and learn how women can consent in pregnancy to something that may never happen.",
    ),
    Persona(
        MIDWIFE,
        "Labour ward coordinator",
        CHILDREN,
        (s.REPRODUCTIVE, s.HEALTH_SERVICES, s.CHILDREN),
        "We recruit to three trials on labour ward and the screening log is a mess. I want to learn how to "
        "run recruitment so that women are asked kindly and once.",
    ),
    Persona(
        MIDWIFE,
        "Perineal health midwife",
        HOSPITAL,
        (s.REPRODUCTIVE, s.PRIMARY_CARE),
        "Women whisper to me about leaking a year after birth. I am interested in pelvic floor recovery, in "
        "cohorts that keep women on board, and in plain words for what happened to them.",
    ),
    Persona(
        MIDWIFE,
        "Bereavement midwife",
        CHILDREN,
        (s.REPRODUCTIVE, s.GENETICS, s.MENTAL_HEALTH),
        "After a loss, parents are asked for consent to tests on the same day. I would like to study how "
        "those conversations go, and what genetic results mean for a next pregnancy.",
    ),
    Persona(
        NURSE,
        "Health visitor",
        SURGERY,
        (s.PUBLIC_HEALTH, s.CHILDREN, s.INFECTION),
        "Parents tell me on the sofa why they have put off a vaccine, and it is almost never what the "
        "posters think. I want to learn community methods and do them justice.",
    ),
    Persona(
        NURSE,
        "School nurse team lead",
        SURGERY,
        (s.CHILDREN, s.ORAL, s.PUBLIC_HEALTH),
        "Toothache, little speech and no breakfast: I meet all three before nine. A trial in schools would "
        "let me use what I know of consent forms that come home in a book bag.",
    ),
)
