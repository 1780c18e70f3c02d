"""What paramedics, radiographers and further allied health professionals of the demo are interested in."""

from app.demo import specialties as s
from app.demo.interests.persona import Persona, Practice
from app.demo.networks import Care
from app.models.values.registration import Profession

PARAMEDIC = Profession.PARAMEDIC
HOSPITAL = Care.ACUTE
AMBULANCE = Care.AMBULANCE
MIND = Care.MENTAL_HEALTH
CHILDREN = Care.CHILDREN
SURGERY = Practice.GENERAL_PRACTICE

PERSONAS = (
    Persona(
        PARAMEDIC,
        "Specialist paramedic, urgent care",
        AMBULANCE,
        (s.TRAUMA, s.AGEING, s.HEALTH_SERVICES),
        "Half of my shifts are falls. Deciding to leave someone at home is the riskiest thing I do, and I "
        "would like to see research on what happens to them next.",
    ),
    Persona(
        PARAMEDIC,
        "Research paramedic",
        AMBULANCE,
        (s.TRAUMA, s.STROKE, s.CARDIOVASCULAR),
        "I train crews in trial procedures but have never worked on the ward side. Deferred consent and data "
        "linkage are the two things I want to learn this year.",
    ),
    Persona(
        PARAMEDIC,
        "Paramedic and clinical team leader",
        AMBULANCE,
        (s.STROKE, s.TRAUMA),
        "We drive people with stroke past the wrong hospital. Video triage with a stroke clinician would "
        "have helped me twice last month; I want to help test it.",
    ),
    Persona(
        PARAMEDIC,
        "Mental health paramedic",
        AMBULANCE,
        (s.MENTAL_HEALTH, s.TRAUMA),
        "I work on the mental health car with a nurse. Self-harm, safety planning and the Mental Health Act "
        "at two in the morning are the subjects I know and want to research.",
    ),
    Persona(
        PARAMEDIC,
        "Paramedic practitioner in general practice",
        SURGERY,
        (s.PRIMARY_CARE, s.INFECTION, s.RESPIRATORY),
        "I do the home visits and the care home round for three practices. Antibiotics for cloudy urine are "
        "my favourite argument and I would like some evidence on my side.",
    ),
    Persona(
        Profession.RADIOGRAPHER,
        "Therapeutic radiographer",
        HOSPITAL,
        (s.CANCER, s.GENETICS),
        "Software already draws the contours and I check them. I want to work on radiotherapy trials, "
        "quality assurance and what women with breast cancer feel about a machine having a say.",
    ),
    Persona(
        Profession.RADIOGRAPHER,
        "Reporting radiographer",
        HOSPITAL,
        (s.CANCER, s.RESPIRATORY, s.PRIMARY_CARE),
        "I report a hundred chest X-rays a day. A trial in which the request comes from a pharmacist and the "
        "report is out the same day would use everything I know.",
    ),
    Persona(
        Profession.RADIOGRAPHER,
        "Cross-sectional imaging radiographer",
        HOSPITAL,
        (s.STROKE, s.TRAUMA, s.NEUROLOGICAL),
        "Thrombectomy turned our scanner into the front door of the stroke pathway. I want to learn how "
        "imaging is standardised in a trial, and how consent works when minutes matter.",
    ),
    Persona(
        Profession.RADIOGRAPHER,
        "Sonographer",
        HOSPITAL,
        (s.REPRODUCTIVE, s.HEPATOLOGY, s.CARDIOVASCULAR),
        "I scan pregnancies and livers, and often know before anybody else in the room. I would like to work "
        "on how measurements are agreed between observers.",
    ),
    Persona(
        Profession.CHIROPODIST_OR_PODIATRIST,
        "High-risk foot podiatrist",
        HOSPITAL,
        (s.DIABETES, s.MUSCULOSKELETAL),
        "I lose toes to waiting for shoes. Offloading diabetic foot ulcers on the same day is the trial I "
        "have been waiting for.",
    ),
    Persona(
        Profession.CHIROPODIST_OR_PODIATRIST,
        "Community podiatrist",
        SURGERY,
        (s.PRIMARY_CARE, s.CARDIOVASCULAR, s.AGEING),
        "I feel pulses at the ankle that are all over the place and nobody follows them up. Finding atrial "
        "fibrillation in my clinic would be a wonderful study to join.",
    ),
    Persona(
        Profession.PROSTHETIST_OR_ORTHOTIST,
        "Orthotist, children's service",
        CHILDREN,
        (s.CHILDREN, s.MUSCULOSKELETAL, s.NEUROLOGICAL),
        "I fit ankle-foot orthoses after casting or toxin, and each referrer wants something different. I "
        "want to learn how a trial agrees one device and measures whether children wear it.",
    ),
    Persona(
        Profession.PROSTHETIST_OR_ORTHOTIST,
        "Orthotist, diabetic foot clinic",
        HOSPITAL,
        (s.DIABETES, s.SURGERY),
        "Nobody wears an ugly boot. Sensors in the sole would at last tell us the truth about offloading, "
        "and I would like to work with that data.",
    ),
    Persona(
        Profession.ARTS_THERAPIST,
        "Music therapist",
        MIND,
        (s.MENTAL_HEALTH, s.DEMENTIAS),
        "A man who had not spoken for a week drummed for forty minutes. I would like to learn how a "
        "feasibility trial treats what we do, and which outcomes survive the journey.",
    ),
    Persona(
        Profession.ARTS_THERAPIST,
        "Art psychotherapist",
        MIND,
        (s.MENTAL_HEALTH, s.CHILDREN),
        "I work with images made on acute wards. Process notes are data of a kind, and I want to understand "
        "how qualitative researchers would handle them ethically.",
    ),
    Persona(
        Profession.ORTHOPTIST,
        "Orthoptist",
        HOSPITAL,
        (s.OPHTHALMOLOGY, s.CHILDREN, s.METABOLIC),
        "Patching ends in tears at home, and double vision in thyroid eye disease ends in tears in clinic. I "
        "would be glad of a study in either, with masked testing.",
    ),
    Persona(
        Profession.HEARING_AID_DISPENSER,
        "Hearing aid dispenser",
        Practice.HEARING_CENTRE,
        (s.EAR_NOSE_THROAT, s.AGEING),
        "Aids live in drawers because nobody helps in the third week. Remote fitting, tinnitus and "
        "loneliness: any of these, and I can read a usage log.",
    ),
    Persona(
        Profession.OPERATING_DEPARTMENT_PRACTITIONER,
        "Senior operating department practitioner",
        HOSPITAL,
        (s.ANAESTHESIA, s.SURGERY),
        "I am the one holding a hand during awake surgery. Virtual reality or hypnosis in place of sedation "
        "is something I would love to test, minute by minute.",
    ),
    Persona(
        Profession.OPERATING_DEPARTMENT_PRACTITIONER,
        "Theatre team leader",
        HOSPITAL,
        (s.SURGERY, s.HAEMATOLOGY, s.ANAESTHESIA),
        "Blood use, wound infection and the safety checklist are my area. I have never seen a site file and "
        "I would like to run one.",
    ),
    Persona(
        Profession.PRACTITIONER_PSYCHOLOGIST,
        "Clinical psychologist, older adults",
        MIND,
        (s.MENTAL_HEALTH, s.AGEING, s.DEMENTIAS),
        "Behavioural activation works, and older people rarely get it. I want to supervise and rate calls in "
        "a trial and see how the statistics deal with clusters of therapists.",
    ),
    Persona(
        Profession.PRACTITIONER_PSYCHOLOGIST,
        "Clinical health psychologist, pain",
        HOSPITAL,
        (s.ANAESTHESIA, s.MENTAL_HEALTH, s.MUSCULOSKELETAL),
        "I treat people on high doses of opioids who fear losing them. I am interested in online therapy, "
        "tapering and the interviews with those who decide not to.",
    ),
    Persona(
        Profession.PRACTITIONER_PSYCHOLOGIST,
        "Neuropsychologist",
        HOSPITAL,
        (s.STROKE, s.NEUROLOGICAL, s.MENTAL_HEALTH),
        "Mood and thinking after stroke are screened for and then forgotten, and functional disorder is not "
        "screened for at all. A trial with either would suit me.",
    ),
)
