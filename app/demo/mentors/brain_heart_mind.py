"""Mentors for stroke, nerves, heart, mind and later life."""

from app.demo import specialties as s
from app.demo.mentors.expert import Expert
from app.demo.networks import Care
from app.models.values.registration import Profession as P

EXPERTS = (
    Expert(
        P.DOCTOR,
        "Consultant stroke physician",
        Care.ACUTE,
        (s.STROKE, s.CARDIOVASCULAR),
        "Consent when minutes matter, safety reporting, and how to deputise for a principal investigator. "
        "You will join me on the thrombolysis rota once a week.",
    ),
    Expert(
        P.SPEECH_AND_LANGUAGE_THERAPIST,
        "Consultant speech and language therapist",
        Care.ACUTE,
        (s.STROKE, s.NEUROLOGICAL),
        "Supported consent with people who have aphasia, dysphagia outcomes, and running a site as an allied "
        "health professional. I teach by doing it together and talking afterwards.",
    ),
    Expert(
        P.PHYSIOTHERAPIST,
        "Clinical academic physiotherapist",
        Care.ACUTE,
        (s.STROKE, s.NEUROLOGICAL, s.AGEING),
        "Blinded assessment of arm and gait, treatment fidelity and how to keep a rehabilitation trial "
        "honest. Good for someone who wants to lead a site one day.",
    ),
    Expert(
        P.NURSE,
        "Lead research nurse, stroke",
        Care.ACUTE,
        (s.STROKE, s.CRITICAL_CARE),
        "Screening logs that mean something, consultee agreement, delegation logs and data queries. Bring "
        "your ward experience and I will show you the other half.",
    ),
    Expert(
        P.PARAMEDIC,
        "Consultant paramedic and head of research",
        Care.AMBULANCE,
        (s.TRAUMA, s.STROKE),
        "Research without prior consent, station training, drug accountability and data linkage with "
        "hospitals. We work shifts, so we can fit round yours.",
    ),
    Expert(
        P.DOCTOR,
        "Consultant cardiologist",
        Care.ACUTE,
        (s.CARDIOVASCULAR, s.RENAL),
        "Adverse event assessment, titration protocols and the clinic side of a drug trial. You would sit in "
        "on the trial management group from the first month.",
    ),
    Expert(
        P.NURSE,
        "Consultant nurse, heart failure",
        Care.ACUTE,
        (s.CARDIOVASCULAR, s.AGEING),
        "Nurse-led research from idea to amendment: recruiting on wards, prescribing within a protocol, and "
        "writing for people who will never read a protocol.",
    ),
    Expert(
        P.CLINICAL_SCIENTIST,
        "Lead cardiac physiologist",
        Care.ACUTE,
        (s.CARDIOVASCULAR, s.PRIMARY_CARE),
        "Core laboratory work: over-reading traces, agreement between observers, and quality assurance "
        "across community sites.",
    ),
    Expert(
        P.DOCTOR,
        "Consultant old age psychiatrist",
        Care.MENTAL_HEALTH,
        (s.DEMENTIAS, s.MENTAL_HEALTH, s.AGEING),
        "Capacity and consultees, disclosure of uncertain results, and recruiting through memory clinics "
        "without frightening people.",
    ),
    Expert(
        P.OCCUPATIONAL_THERAPIST,
        "Principal occupational therapist, dementia",
        Care.MENTAL_HEALTH,
        (s.DEMENTIAS, s.AGEING),
        "Research in care homes: training staff at handover, actigraphy, consultees and diaries that "
        "somebody fills in.",
    ),
    Expert(
        P.DOCTOR,
        "Consultant geriatrician",
        Care.ACUTE,
        (s.AGEING, s.TRAUMA),
        "Frailty measures, deprescribing trials, and consent at the kitchen table. I expect you to argue "
        "with me about outcomes.",
    ),
    Expert(
        P.PHARMACIST,
        "Consultant pharmacist, older people",
        Care.ACUTE,
        (s.AGEING, s.PRIMARY_CARE),
        "Medicines within a trial: reviews to protocol, adverse events, accountability, and how a pharmacist "
        "becomes a local principal investigator.",
    ),
    Expert(
        P.DOCTOR,
        "Consultant neurologist",
        Care.ACUTE,
        (s.NEUROLOGICAL, s.DEMENTIAS),
        "Cohorts and rating scales, masked video assessment, and explaining functional disorder well enough "
        "that people want to take part.",
    ),
    Expert(
        P.PHYSIOTHERAPIST,
        "Specialist physiotherapist, movement disorders",
        Care.ACUTE,
        (s.NEUROLOGICAL, s.AGEING),
        "Gait and balance measures, falls diaries, home visits and chasing missing data kindly.",
    ),
    Expert(
        P.DOCTOR,
        "Consultant psychiatrist, early intervention",
        Care.MENTAL_HEALTH,
        (s.MENTAL_HEALTH, s.METABOLIC),
        "Trials with young people who are unwell: capacity, retention, physical health measures and a "
        "research team that includes people who have been there.",
    ),
    Expert(
        P.NURSE,
        "Nurse consultant, liaison psychiatry",
        Care.MENTAL_HEALTH,
        (s.MENTAL_HEALTH, s.TRAUMA),
        "Approaching people in distress, distress protocols, follow-up calls and adverse event judgement. I "
        "hold protected reflection time every fortnight.",
    ),
    Expert(
        P.PRACTITIONER_PSYCHOLOGIST,
        "Consultant clinical psychologist",
        Care.MENTAL_HEALTH,
        (s.MENTAL_HEALTH, s.PRIMARY_CARE, s.ANAESTHESIA),
        "Therapist fidelity, rating recordings, supervision of people who deliver a trial therapy, and "
        "interviews analysed by theme.",
    ),
    Expert(
        P.SOCIAL_WORKER,
        "Principal social worker and research lead",
        Care.MENTAL_HEALTH,
        (s.MENTAL_HEALTH, s.HEALTH_SERVICES),
        "Ethnography, shadowing, co-research with people who have been detained, and ethics beyond the form. "
        "Few trials; much thinking.",
    ),
    Expert(
        P.ARTS_THERAPIST,
        "Head of arts therapies",
        Care.MENTAL_HEALTH,
        (s.MENTAL_HEALTH, s.DEMENTIAS),
        "Feasibility trials of complex interventions on wards, ward-based consent, and process notes as data.",
    ),
    Expert(
        P.DIETITIAN,
        "Principal dietitian, eating disorders",
        Care.MENTAL_HEALTH,
        (s.MENTAL_HEALTH, s.CHILDREN),
        "Assent with teenagers, safety alerts in a trial that runs by video, and work with a trial steering committee.",
    ),
)
