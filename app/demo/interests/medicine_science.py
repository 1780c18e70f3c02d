"""What the doctors, pharmacists and scientists of the demo are interested in."""

from app.demo import specialties as s
from app.demo.interests.persona import Persona, Practice
from app.demo.networks import Care
from app.models.values.registration import Profession

DOCTOR = Profession.DOCTOR
PHARMACIST = Profession.PHARMACIST
SCIENTIST = Profession.CLINICAL_SCIENTIST
LABORATORY = Profession.BIOMEDICAL_SCIENTIST
HOSPITAL = Care.ACUTE
MIND = Care.MENTAL_HEALTH
CHILDREN = Care.CHILDREN
SURGERY = Practice.GENERAL_PRACTICE

PERSONAS = (
    Persona(
        DOCTOR,
        "General practitioner",
        SURGERY,
        (s.PRIMARY_CARE, s.MENTAL_HEALTH, s.CANCER),
        "My practice has eleven thousand patients and no research. I want to learn how to be a principal "
        "investigator in general practice without drowning, starting with something on depression or early "
        "diagnosis.",
    ),
    Persona(
        DOCTOR,
        "Specialty doctor in stroke medicine",
        HOSPITAL,
        (s.STROKE, s.CARDIOVASCULAR),
        "I am on the thrombolysis rota and recruit when I can. I want to deputise for a principal "
        "investigator and understand safety reporting, not only sign forms.",
    ),
    Persona(
        DOCTOR,
        "Specialty registrar, psychiatry",
        MIND,
        (s.MENTAL_HEALTH, s.HEALTH_SERVICES),
        "I do Mental Health Act assessments every week and wonder how much the bed state decides. "
        "Ethnography or mixed methods, please: I have had enough of questionnaires.",
    ),
    Persona(
        DOCTOR,
        "Specialty doctor, emergency medicine",
        HOSPITAL,
        (s.TRAUMA, s.ANAESTHESIA, s.INFECTION),
        "Hip fractures and rib fractures in older people, and getting the pain right in the first hour. I "
        "would like to learn research without prior consent from people who do it well.",
    ),
    Persona(
        DOCTOR,
        "Associate specialist, paediatrics",
        CHILDREN,
        (s.CHILDREN, s.CRITICAL_CARE, s.GENETICS),
        "I stabilise sick children before the retrieval team comes. Oxygen, transport and rapid genome "
        "results are what I read about at night.",
    ),
    Persona(
        Profession.PHYSICIAN_ASSOCIATE,
        "Physician associate, general surgery",
        HOSPITAL,
        (s.SURGERY, s.CANCER),
        "I clerk, consent for bloods and run the hernia clinic with a consultant. A trial embedded in a "
        "registry sounds like the kind that could really happen on our list.",
    ),
    Persona(
        Profession.PHYSICIAN_ASSOCIATE,
        "Physician associate, general practice",
        SURGERY,
        (s.PRIMARY_CARE, s.GASTROENTEROLOGY, s.DERMATOLOGY),
        "I see new symptoms all day, many of them bowels and skin. I would like to learn recruitment in "
        "primary care and what makes a decision aid good.",
    ),
    Persona(
        Profession.ANAESTHESIA_ASSOCIATE,
        "Anaesthesia associate",
        HOSPITAL,
        (s.ANAESTHESIA, s.SURGERY),
        "I sedate people for awake limb surgery, under supervision, and would rather they needed less. "
        "Non-drug sedation or nerve blocks would be ideal.",
    ),
    Persona(
        PHARMACIST,
        "Community pharmacist",
        Practice.PHARMACY,
        (s.PRIMARY_CARE, s.CANCER, s.CARDIOVASCULAR),
        "People tell me about the cough they have had since Christmas, then buy linctus. I want pharmacies "
        "to be a place where research happens, and to learn how a cluster trial chooses them.",
    ),
    Persona(
        PHARMACIST,
        "Practice pharmacist",
        SURGERY,
        (s.RENAL, s.DIABETES, s.PRIMARY_CARE),
        "I spend my days on medicines reviews, and would like to know which of them slow kidney decline. "
        "Linked data and protocol adherence in practices are what I want to learn.",
    ),
    Persona(
        PHARMACIST,
        "Oncology pharmacist",
        HOSPITAL,
        (s.CANCER, s.HAEMATOLOGY),
        "I verify trial prescriptions and keep accountability logs for forty studies. I now want to see it "
        "from the investigator's side, especially stopping treatment early.",
    ),
    Persona(
        PHARMACIST,
        "Mental health pharmacist",
        MIND,
        (s.MENTAL_HEALTH, s.METABOLIC),
        "Antipsychotics and weight, lithium and kidneys, opioids and everything. I would like to prescribe "
        "within a trial, and learn how adverse events are judged.",
    ),
    Persona(
        PHARMACIST,
        "Frailty pharmacist",
        HOSPITAL,
        (s.AGEING, s.NEUROLOGICAL, s.STROKE),
        "Stopping medicines safely is harder than starting them. Falls, anticholinergic burden and "
        "Parkinson's disease on hospital wards are my questions.",
    ),
    Persona(
        PHARMACIST,
        "Pharmacist, drug and alcohol service",
        MIND,
        (s.HEPATOLOGY, s.INFECTION, s.MENTAL_HEALTH),
        "I could cure hepatitis C over my counter if the pathway let me. Same-day treatment, needle exchange "
        "and prison are where I would like to be.",
    ),
    Persona(
        Profession.PHARMACY_TECHNICIAN,
        "Clinical trials pharmacy technician",
        HOSPITAL,
        (s.CANCER, s.INFECTION),
        "I pack, label and destroy trial medicines, and know every accountability form. I want to meet the "
        "people who take them.",
    ),
    Persona(
        Profession.PHARMACY_TECHNICIAN,
        "Pharmacy technician, care homes",
        SURGERY,
        (s.AGEING, s.INFECTION, s.PRIMARY_CARE),
        "I check medicines in fourteen care homes and see the same antibiotics on every chart. A study of "
        "urine infections or of sleep tablets would be close to my work.",
    ),
    Persona(
        LABORATORY,
        "Senior biomedical scientist, microbiology",
        HOSPITAL,
        (s.INFECTION, s.RESPIRATORY),
        "I look after point-of-care virus tests on the wards and clean up after their errors. I would like "
        "to help to show what they are worth, and to store sputum well for once.",
    ),
    Persona(
        LABORATORY,
        "Biomedical scientist, blood sciences",
        HOSPITAL,
        (s.DEMENTIAS, s.CARDIOVASCULAR, s.METABOLIC),
        "New plasma markers for dementia come to my bench with no agreed way of handling tubes. I want to "
        "learn how a study sets pre-analytical rules and keeps a chain of custody.",
    ),
    Persona(
        LABORATORY,
        "Transfusion practitioner",
        HOSPITAL,
        (s.HAEMATOLOGY, s.SURGERY, s.REPRODUCTIVE),
        "I would like fewer units of blood to leave my fridge. Iron before surgery, or bleeding after birth, "
        "with real data on blood use.",
    ),
    Persona(
        SCIENTIST,
        "Clinical scientist, genomics",
        HOSPITAL,
        (s.GENETICS, s.CHILDREN),
        "I write the report with the variant of uncertain significance and never see the family read it. I "
        "want to follow a result out of the laboratory.",
    ),
    Persona(
        SCIENTIST,
        "Radiotherapy physicist",
        HOSPITAL,
        (s.CANCER, s.HEALTH_SERVICES),
        "I test planning software before it touches a patient. I would like to be on a trial of automatic "
        "contouring, and to learn about non-inferiority and how a study monitors quality.",
    ),
    Persona(
        SCIENTIST,
        "Cardiac physiologist",
        HOSPITAL,
        (s.CARDIOVASCULAR, s.STROKE),
        "I over-read single-lead traces from every gadget on the market. Screening for atrial fibrillation "
        "worries and excites me, so put me on a trial of it.",
    ),
    Persona(
        SCIENTIST,
        "Respiratory physiologist",
        HOSPITAL,
        (s.RESPIRATORY, s.CHILDREN),
        "Bad spirometry spoils good trials. I would like to learn outcome adjudication and help practices to "
        "blow properly.",
    ),
    Persona(
        SCIENTIST,
        "Audiologist",
        HOSPITAL,
        (s.EAR_NOSE_THROAT, s.AGEING, s.DEMENTIAS),
        "Hearing, loneliness and memory belong together and are treated apart. I want to work on remote "
        "fitting and long follow-up.",
    ),
    Persona(
        PHARMACIST,
        "Respiratory pharmacist, primary care network",
        SURGERY,
        (s.RESPIRATORY, s.PRIMARY_CARE),
        "I change inhalers for a living and watch the pneumonias. Stepping down steroids safely, with "
        "spirometry one can trust, is the trial for me.",
    ),
    Persona(
        DOCTOR,
        "Clinical fellow in quality improvement",
        HOSPITAL,
        (s.HEALTH_SERVICES, s.CRITICAL_CARE, s.SURGERY),
        "I have done a dozen audits and want to learn what makes a study different: stepped wedges, "
        "implementation, and why a bundle works on one ward only.",
    ),
)
