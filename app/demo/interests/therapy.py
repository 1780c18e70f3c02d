"""What the therapists of the demo are interested in: movement, daily life, speech and food."""

from app.demo import specialties as s
from app.demo.interests.persona import Persona, Practice
from app.demo.networks import Care
from app.models.values.registration import Profession

PHYSIO = Profession.PHYSIOTHERAPIST
OT = Profession.OCCUPATIONAL_THERAPIST
SPEECH = Profession.SPEECH_AND_LANGUAGE_THERAPIST
DIET = Profession.DIETITIAN
HOSPITAL = Care.ACUTE
MIND = Care.MENTAL_HEALTH
CHILDREN = Care.CHILDREN
SURGERY = Practice.GENERAL_PRACTICE

PERSONAS = (
    Persona(
        PHYSIO,
        "Neurological physiotherapist",
        HOSPITAL,
        (s.STROKE, s.NEUROLOGICAL),
        "Arm recovery gets ten minutes a day on our unit. I would like to work on high-dose practice at "
        "home, games or not, and learn to do blinded assessments without giving myself away.",
    ),
    Persona(
        PHYSIO,
        "Early supported discharge physiotherapist",
        HOSPITAL,
        (s.STROKE, s.AGEING, s.HEALTH_SERVICES),
        "We get six weeks with people after stroke, and then nothing. I want to learn how rehabilitation "
        "trials define a dose and check that it was delivered.",
    ),
    Persona(
        PHYSIO,
        "Respiratory physiotherapist",
        HOSPITAL,
        (s.RESPIRATORY, s.CRITICAL_CARE),
        "I teach airway clearance with great confidence and very little evidence. Bronchiectasis or "
        "pulmonary rehabilitation would be my first choice, and I am happy to do walking tests all day.",
    ),
    Persona(
        PHYSIO,
        "Critical care physiotherapist",
        HOSPITAL,
        (s.CRITICAL_CARE, s.TRAUMA, s.RESPIRATORY),
        "People leave intensive care and their rehabilitation falls off a cliff. I would like to follow them "
        "across that door in a trial, and rib fractures interest me nearly as much.",
    ),
    Persona(
        PHYSIO,
        "First-contact musculoskeletal physiotherapist",
        SURGERY,
        (s.MUSCULOSKELETAL, s.PRIMARY_CARE),
        "I see twenty new backs a week. I want to know whether it is my hands, my advice or just my time "
        "that helps, and how one would ever find out in a busy practice.",
    ),
    Persona(
        PHYSIO,
        "Pelvic health physiotherapist",
        HOSPITAL,
        (s.REPRODUCTIVE, s.SURGERY),
        "Women are sent to me two years too late after a severe tear. I would love to be on a cohort of "
        "pelvic floor recovery, and to learn how to handle missing follow-up.",
    ),
    Persona(
        PHYSIO,
        "Children's physiotherapist",
        CHILDREN,
        (s.CHILDREN, s.NEUROLOGICAL, s.MUSCULOSKELETAL),
        "Every clinic casts toe-walkers differently. I would like to help in a gait laboratory and in a "
        "trial that children with cerebral palsy find bearable.",
    ),
    Persona(
        PHYSIO,
        "Pain clinic physiotherapist",
        HOSPITAL,
        (s.ANAESTHESIA, s.MUSCULOSKELETAL, s.MENTAL_HEALTH),
        "Acceptance changed how I treat persistent pain. I want to learn about online interventions, "
        "fidelity and the people who drop out because they feel disbelieved.",
    ),
    Persona(
        OT,
        "Occupational therapist, stroke rehabilitation",
        HOSPITAL,
        (s.STROKE, s.NEUROLOGICAL, s.AGEING),
        "Going back to work after a stroke is where my patients and I get stuck. Fatigue, concentration and "
        "employers: an interview study would be ideal.",
    ),
    Persona(
        OT,
        "Occupational therapist, memory service",
        MIND,
        (s.DEMENTIAS, s.AGEING, s.MENTAL_HEALTH),
        "I help people with dementia to keep doing what they love. Sleep and daytime activity in care homes "
        "would be my choice, and I need to learn about consultees.",
    ),
    Persona(
        OT,
        "Hand therapist",
        HOSPITAL,
        (s.MUSCULOSKELETAL, s.SURGERY),
        "I make thumb splints every day and half of them end in a drawer. A trial of splints against "
        "exercise, in people who work with their hands, is exactly my question.",
    ),
    Persona(
        OT,
        "Occupational therapist, early intervention in psychosis",
        MIND,
        (s.MENTAL_HEALTH, s.PUBLIC_HEALTH),
        "I run a walking and cooking group for young people with psychosis. I would like to know how you "
        "randomise something like that without spoiling it.",
    ),
    Persona(
        OT,
        "Urgent community response therapist",
        HOSPITAL,
        (s.AGEING, s.TRAUMA, s.HEALTH_SERVICES),
        "I am sent out by the ambulance service to people on the floor. Whether a same-day visit stops the "
        "next fall is what I want to know, and I am curious about linked data.",
    ),
    Persona(
        SPEECH,
        "Speech and language therapist, acute stroke",
        HOSPITAL,
        (s.STROKE, s.CRITICAL_CARE),
        "I am called to assess swallows that a trained nurse could have screened hours before. Dysphagia, "
        "pneumonia and eating with acknowledged risk are the things I would research.",
    ),
    Persona(
        SPEECH,
        "Speech and language therapist, community aphasia service",
        HOSPITAL,
        (s.STROKE, s.NEUROLOGICAL),
        "People with aphasia are left out of trials because consent forms are walls of text. I want to do "
        "supported consent well, and I believe in conversation groups.",
    ),
    Persona(
        SPEECH,
        "Speech and language therapist, head and neck and tracheostomy",
        HOSPITAL,
        (s.EAR_NOSE_THROAT, s.CRITICAL_CARE, s.CANCER),
        "Getting a voice back is the moment people remember. I would like to work on tracheostomy, "
        "swallowing after intensive care or head and neck cancer.",
    ),
    Persona(
        SPEECH,
        "Children's speech and language therapist",
        CHILDREN,
        (s.CHILDREN, s.PUBLIC_HEALTH),
        "Nursery staff reach far more children with few words than I ever can. A trial of coaching them "
        "would be perfect, and I can test in Urdu as well as in English.",
    ),
    Persona(
        SPEECH,
        "Speech and language therapist, movement disorders",
        HOSPITAL,
        (s.DEMENTIAS, s.NEUROLOGICAL, s.AGEING),
        "I meet people with progressive supranuclear palsy when it is already late to talk about feeding or "
        "voice banking. I want to learn how a cohort captures decline, and to rate swallow videos.",
    ),
    Persona(
        DIET,
        "Gastroenterology dietitian",
        HOSPITAL,
        (s.GASTROENTEROLOGY, s.PRIMARY_CARE),
        "I would happily see everybody with irritable bowel before the doctors do. Diet trials interest me "
        "because blinding is so hard, and because food diaries lie.",
    ),
    Persona(
        DIET,
        "Renal dietitian",
        HOSPITAL,
        (s.RENAL, s.DIABETES),
        "Telling someone to give up the food they grew up with does not work. I want to work on salt and "
        "fluid advice that starts from the person's own cooking.",
    ),
    Persona(
        DIET,
        "Critical care and stroke dietitian",
        HOSPITAL,
        (s.CRITICAL_CARE, s.STROKE, s.SURGERY),
        "Feeding is prescribed and then quietly not delivered. Nutrition after critical illness or stroke, "
        "dysphagia diets and thickened fluids are my field.",
    ),
    Persona(
        DIET,
        "Eating disorders dietitian",
        MIND,
        (s.MENTAL_HEALTH, s.CHILDREN),
        "Teenagers lose weight on our waiting list while their parents are left to cope. I would like to "
        "take part in something that begins on the day of referral.",
    ),
    Persona(
        DIET,
        "Diabetes dietitian",
        HOSPITAL,
        (s.DIABETES, s.CHILDREN, s.METABOLIC),
        "I work with families where grandmother, mother and now a thirteen-year-old have type 2 diabetes. I "
        "would like to learn cohort methods and how to stay in touch with young people.",
    ),
    Persona(
        OT,
        "Occupational therapist, community mental health team",
        MIND,
        (s.MENTAL_HEALTH, s.HEALTH_SERVICES, s.PRIMARY_CARE),
        "Recovery for the people I see begins with a reason to get up. I would like to work on activity, "
        "loneliness or depression, and learn to tell a good outcome measure from a popular one.",
    ),
)
