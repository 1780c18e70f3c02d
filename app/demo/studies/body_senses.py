"""Fictitious studies of joints, skin, eyes, ears, mouth, ageing, general practice and public health."""

from app.demo.specialties import (
    AGEING,
    CHILDREN,
    DERMATOLOGY,
    EAR_NOSE_THROAT,
    HEALTH_SERVICES,
    MUSCULOSKELETAL,
    OPHTHALMOLOGY,
    ORAL,
    PRIMARY_CARE,
)
from app.demo.studies.record import INTERVENTIONAL, DemoStudy

STUDIES = (
    DemoStudy(
        "900014",
        "ORCHARD WARD",
        "Hospital at home for older people with frailty: fewer medicines, steadier legs",
        "Hospital at home spares older people the deconditioning of a ward, but medicines started there are "
        "seldom reviewed. Teams are randomised to add a pharmacist's deprescribing review and a "
        "physiotherapist's daily strength and balance programme to hospital at home, or to give usual care. "
        "Days at home in the next ninety is the primary outcome, with falls, anticholinergic burden, grip "
        "strength and carers' strain. Advanced clinical practitioners and community nurses recruit in the "
        "kitchen or by the bed, often with a relative as consultee.",
        (AGEING, PRIMARY_CARE),
        INTERVENTIONAL,
        "Visit with the hospital-at-home team, assess frailty and capacity, take consent and reconcile "
        "medicine lists before and after.",
    ),
    DemoStudy(
        "900020",
        "APPLE CORE",
        "Sealing decay in baby teeth at school: dental therapists or a referral to the dentist",
        "Tooth extraction is the commonest reason for a young child to have a general anaesthetic. Schools "
        "in areas with much decay are randomised to visits by a dental therapist and dental nurse, who seal "
        "decay under preformed crowns without drilling, or to a letter that asks parents to see a dentist. "
        "Pain, abscess, school days lost and extractions over two years are counted. Consent forms come in "
        "eleven languages with pictures. Dentists read photographs without knowing the school, and children "
        "score how each visit felt.",
        (ORAL, CHILDREN),
        INTERVENTIONAL,
        "Collect parental consent with schools, chart teeth beside the therapist, manage the photograph "
        "archive and chase data queries.",
    ),
    DemoStudy(
        "900064",
        "UPRIGHT NOW",
        "Back pain at the first contact: manual therapy, exercise or advice",
        "Low back pain is the commonest reason for lost work. People who see a first-contact "
        "physiotherapist, an osteopath or a chiropractor are randomised to advice alone, to advice with "
        "supervised exercise, or to advice with up to six sessions of spinal manual therapy. Disability at "
        "three and twelve months, imaging, opioids, return to work and adverse effects are compared. "
        "Practitioners record what they did at each visit. A nested study films consultations to see how "
        "expectations are shaped in the first minutes.",
        (MUSCULOSKELETAL, PRIMARY_CARE),
        INTERVENTIONAL,
        "Randomise at first visit, keep treatment records complete, rate filmed consultations and follow up by text.",
    ),
    DemoStudy(
        "900065",
        "GRANITE HAND",
        "Splints and exercise for painful thumb arthritis in people who work with their hands",
        "Osteoarthritis at the base of the thumb makes cooking, typing and lifting children painful. Working "
        "adults are randomised to a made-to-measure splint, to a hand exercise programme, to both, or to "
        "advice. Occupational therapists fit splints and an orthotist checks quality. Pain on use at six "
        "months is primary; grip, sick leave, job change and wearing time are secondary. Rheumatology nurses "
        "recruit in clinic and by notices in workplaces. Employers are interviewed about what adjustment "
        "costs them.",
        (MUSCULOSKELETAL,),
        INTERVENTIONAL,
        "Consent, measure grip and range, record splint fit, answer data queries and interview one employer.",
    ),
    DemoStudy(
        "900066",
        "LOOKING GLASS",
        "A shared plan for psoriasis and the heart: skin nurses who check blood pressure and mood",
        "People with severe psoriasis die younger from heart disease, and depression often goes unasked. "
        "Dermatology nurses are trained to check blood pressure, cholesterol, smoking and mood at biologic "
        "visits and to agree one plan with the general practice. Clinics are randomised by cluster. Risk "
        "factors treated at one year, skin scores, quality of life and attendance are compared. Images of "
        "psoriasis on brown and black skin train the assessors. Patients hold their own copy of the plan.",
        (DERMATOLOGY, HEALTH_SERVICES),
        INTERVENTIONAL,
        "Score skin with a senior nurse, take consent, collect fasting bloods and reconcile plans with "
        "practice records.",
    ),
    DemoStudy(
        "900067",
        "BARLEYWATER",
        "Community optometrists and glaucoma: can virtual review replace the hospital visit?",
        "Hospital eye clinics cannot see everyone with stable glaucoma in time, and sight is lost in the "
        "wait. People are randomised to pressure, field and optical coherence tomography at an optometrist's "
        "practice, reviewed remotely by the hospital, or to hospital visits. Loss of visual field over two "
        "years, missed progression, travel and cost are compared. Orthoptists, ophthalmic nurses and "
        "dispensing opticians check image quality and recall. People with low vision test every letter and "
        "web page.",
        (OPHTHALMOLOGY,),
        INTERVENTIONAL,
        "Recruit in eye clinic or practice, check image quality, follow missed recalls and report discordant reviews.",
    ),
    DemoStudy(
        "900068",
        "CROCUS FIELD",
        "Patching or dichoptic games for lazy eye in children aged three to seven",
        "Amblyopia treatment depends on wearing a patch that children dislike. Orthoptists randomise "
        "children with lazy eye who have worn glasses for twelve weeks to patching or to games on a tablet "
        "that feed each eye a different image. Visual acuity at sixteen weeks, time played or patched, "
        "teasing and parents' burden are measured. Optometrists refract and dispensing opticians check fit. "
        "Families without broadband are lent equipment. Children draw what treatment felt like.",
        (OPHTHALMOLOGY,),
        INTERVENTIONAL,
        "Test acuity to protocol, download play time, obtain parental consent with child assent and keep the "
        "equipment log.",
    ),
    DemoStudy(
        "900069",
        "BELLTOWER",
        "Hearing aids and tinnitus support by remote fitting in later life",
        "Adults wait months for hearing aids and many leave them in a drawer. People over sixty with hearing "
        "loss and tinnitus are randomised to aids fitted and tuned from home by an audiologist with video "
        "support and a peer call, or to clinic fitting. Hours of use, tinnitus distress, loneliness and "
        "cognition at one year are compared. Hearing aid dispensers and speech and language therapists help "
        "with conversation practice. Data logging from the aids is checked against diaries and explained to "
        "participants.",
        (EAR_NOSE_THROAT, AGEING),
        INTERVENTIONAL,
        "Consent by video, support remote fittings, download usage logs and interview people who stopped "
        "wearing their aids.",
    ),
    DemoStudy(
        "900070",
        "SUGARLOAF",
        "Toothbrushing, fluoride and swallowing: mouth care in hospital and care homes",
        "Poor mouth care brings pneumonia, pain and lost dignity. Dental hygienists and therapists, with "
        "nurses and speech and language therapists, train wards and care homes to clean mouths twice daily "
        "and to apply high-fluoride paste. Sites are randomised in steps. Hospital-acquired pneumonia, new "
        "decay, oral thrush and staff confidence are measured with a mouth chart and photographs. Older "
        "people with dysphagia and with dementia are included by consultee. Dentists review images without "
        "knowing the site.",
        (ORAL, AGEING),
        INTERVENTIONAL,
        "Train ward and home staff, chart mouths to a standard, approach consultees and audit completed "
        "mouth-care records.",
    ),
)
