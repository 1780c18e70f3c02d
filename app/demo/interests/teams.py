"""What the dental and eye teams, back specialists, social workers and others of the demo are interested in."""

from app.demo import specialties as s
from app.demo.interests.persona import Persona, Practice
from app.demo.networks import Care
from app.models.values.registration import Profession

HOSPITAL = Care.ACUTE
MIND = Care.MENTAL_HEALTH
CHILDREN = Care.CHILDREN
SURGERY = Practice.GENERAL_PRACTICE

PERSONAS = (
    Persona(
        Profession.DENTIST,
        "Specialist in special care dentistry",
        HOSPITAL,
        (s.ORAL, s.AGEING, s.STROKE),
        "I am asked to see people on wards once their mouths are already in ruins. Mouth care, dysphagia and "
        "consent from people with dementia are my interests.",
    ),
    Persona(
        Profession.DENTIST,
        "General dental practitioner",
        Practice.DENTIST,
        (s.ORAL, s.CHILDREN),
        "I refer children for general anaesthetic every week and hate it. I would like to learn how a trial "
        "runs in schools, outside the surgery.",
    ),
    Persona(
        Profession.DENTAL_CARE_PROFESSIONAL,
        "Dental therapist",
        Practice.DENTIST,
        (s.ORAL, s.CHILDREN, s.PUBLIC_HEALTH),
        "I place preformed crowns on baby teeth without drilling, and children walk out smiling. I want to "
        "see that tested fairly in school.",
    ),
    Persona(
        Profession.DENTAL_CARE_PROFESSIONAL,
        "Dental hygienist, hospital",
        HOSPITAL,
        (s.ORAL, s.AGEING, s.CRITICAL_CARE),
        "I teach mouth care to wards and want proof that it lasts after I leave. I can chart a mouth in my "
        "sleep; I need to learn everything else.",
    ),
    Persona(
        Profession.DENTAL_CARE_PROFESSIONAL,
        "Extended duties dental nurse",
        Practice.DENTIST,
        (s.ORAL, s.PUBLIC_HEALTH),
        "I paint fluoride varnish in nurseries and talk with parents at the gate. I would like to work on "
        "consent that families understand.",
    ),
    Persona(
        Profession.OPTOMETRIST,
        "Community optometrist",
        Practice.OPTICIAN,
        (s.OPHTHALMOLOGY, s.PRIMARY_CARE),
        "My practice has the same scanner as the hospital and could keep stable glaucoma out of it. I want "
        "to find out whether that is safe.",
    ),
    Persona(
        Profession.OPTOMETRIST,
        "Hospital optometrist",
        Care.EYE,
        (s.OPHTHALMOLOGY, s.DIABETES, s.CHILDREN),
        "I refract for lazy eye and medical retina clinics. Masked acuity to protocol is something I do "
        "already and would like to do for a purpose.",
    ),
    Persona(
        Profession.DISPENSING_OPTICIAN,
        "Dispensing optician",
        Practice.OPTICIAN,
        (s.OPHTHALMOLOGY, s.CHILDREN),
        "Children's glasses slide down, and then no treatment works. I know fitting; I would like to learn "
        "how adherence is measured.",
    ),
    Persona(
        Profession.OSTEOPATH,
        "Osteopath",
        Practice.BACK_CLINIC,
        (s.MUSCULOSKELETAL, s.PRIMARY_CARE, s.ANAESTHESIA),
        "I would like my profession to take part in proper trials of back pain instead of arguing about "
        "them. Randomising in the first visit is the skill I want.",
    ),
    Persona(
        Profession.CHIROPRACTOR,
        "Chiropractor",
        Practice.BACK_CLINIC,
        (s.MUSCULOSKELETAL, s.PRIMARY_CARE),
        "I treat spines and I want honest evidence on manual therapy, adverse effects included. I can "
        "recruit, and I keep good records.",
    ),
    Persona(
        Profession.SOCIAL_WORKER,
        "Approved mental health professional",
        MIND,
        (s.MENTAL_HEALTH, s.HEALTH_SERVICES),
        "I make the application to detain. I want to study how we reach that decision, with people who have "
        "been on the other side of it.",
    ),
    Persona(
        Profession.SOCIAL_WORKER,
        "Hospital social worker, stroke and older people",
        HOSPITAL,
        (s.AGEING, s.STROKE, s.DEMENTIAS),
        "Discharge is decided in a corridor, with the family on the telephone. Carers, capacity and what "
        "happens at home afterwards are my questions.",
    ),
    Persona(
        Profession.OTHER,
        "Clinical trial coordinator",
        HOSPITAL,
        (s.CANCER, s.HAEMATOLOGY, s.HEALTH_SERVICES),
        "I have kept site files for six years without a registration number. I want to move from data "
        "queries to the people behind them.",
    ),
    Persona(
        Profession.OTHER,
        "Clinical research practitioner",
        HOSPITAL,
        (s.RENAL, s.DIABETES, s.CARDIOVASCULAR),
        "I recruit to commercial trials in the research facility, and would now like to work on a study that "
        "began with a question from a ward or a clinic.",
    ),
    Persona(
        Profession.OTHER,
        "Social prescribing link worker",
        SURGERY,
        (s.MENTAL_HEALTH, s.PUBLIC_HEALTH, s.PRIMARY_CARE),
        "Loneliness walks into our practice every morning. I ring people, listen, and find them something to "
        "do, and I would like to know if it works.",
    ),
)
