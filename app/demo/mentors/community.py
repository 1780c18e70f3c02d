"""Mentors for families, hormones, gut, kidneys, joints, skin, senses, general practice and public health."""

from app.demo import specialties as s
from app.demo.mentors.expert import Expert
from app.demo.networks import Care
from app.models.values.registration import Profession as P

EXPERTS = (
    Expert(
        P.MIDWIFE,
        "Consultant midwife",
        Care.ACUTE,
        (s.REPRODUCTIVE, s.DIABETES),
        "Recruiting at booking with interpreters, research during labour, and women who recruit women. "
        "Midwives can be principal investigators; I am one.",
    ),
    Expert(
        P.MIDWIFE,
        "Research midwife",
        Care.CHILDREN,
        (s.REPRODUCTIVE, s.CHILDREN),
        "Consent in advance for emergencies, blood loss to protocol, safety reports, and keeping a labour "
        "ward on your side.",
    ),
    Expert(
        P.PHYSIOTHERAPIST,
        "Consultant physiotherapist, pelvic health",
        Care.ACUTE,
        (s.REPRODUCTIVE, s.SURGERY),
        "Cohort methods, sensitive questionnaires, drop-out, and examination to a research standard.",
    ),
    Expert(
        P.DOCTOR,
        "Consultant neonatologist",
        Care.CHILDREN,
        (s.CHILDREN, s.REPRODUCTIVE),
        "Stepped-wedge trials, parents as partners, and counting what is hard to count, such as hours held.",
    ),
    Expert(
        P.NURSE,
        "Lead children's research nurse",
        Care.CHILDREN,
        (s.CHILDREN, s.DIABETES),
        "Assent in children's own words, consent at sixteen, home visits, samples from small arms, and a "
        "youth board that is listened to.",
    ),
    Expert(
        P.SPEECH_AND_LANGUAGE_THERAPIST,
        "Clinical academic speech and language therapist",
        Care.CHILDREN,
        (s.CHILDREN, s.PUBLIC_HEALTH),
        "Masked assessment in nurseries, language samples in two languages, and cluster trials in places "
        "that are not the NHS.",
    ),
    Expert(
        P.PROSTHETIST_OR_ORTHOTIST,
        "Principal orthotist",
        Care.ACUTE,
        (s.DIABETES, s.MUSCULOSKELETAL),
        "Device trials: adherence sensors, device deficiencies, fit, and the differences from a drug trial.",
    ),
    Expert(
        P.CHIROPODIST_OR_PODIATRIST,
        "Consultant podiatrist",
        Care.ACUTE,
        (s.DIABETES, s.CARDIOVASCULAR),
        "Ulcer measurement, photographs read blind, screening clinics, and how a podiatrist takes on a local lead.",
    ),
    Expert(
        P.NURSE,
        "Diabetes research lead nurse",
        Care.ACUTE,
        (s.DIABETES, s.METABOLIC),
        "Technology trials: training days, glucose downloads, device incidents, and interviews about trust.",
    ),
    Expert(
        P.DOCTOR,
        "Consultant endocrinologist",
        Care.ACUTE,
        (s.METABOLIC, s.DIABETES),
        "Rare conditions: registries, case review without blame, placebo-controlled trials in small clinics.",
    ),
    Expert(
        P.DIETITIAN,
        "Consultant dietitian, gastroenterology",
        Care.ACUTE,
        (s.GASTROENTEROLOGY, s.PRIMARY_CARE),
        "Diet trials that cannot be blind, symptom scores, diaries, recruiting in practices, and leading as "
        "a dietitian.",
    ),
    Expert(
        P.NURSE,
        "Inflammatory bowel disease research nurse",
        Care.ACUTE,
        (s.GASTROENTEROLOGY,),
        "Infusion-suite recruitment, sample logs, the flare line as a safety net, and amendments.",
    ),
    Expert(
        P.DOCTOR,
        "Consultant nephrologist",
        Care.ACUTE,
        (s.RENAL, s.DIABETES),
        "Trials at the chairside, laboratory outcomes, linked data, and how a unit of busy nurses comes to "
        "own a study.",
    ),
    Expert(
        P.DIETITIAN,
        "Principal renal dietitian",
        Care.ACUTE,
        (s.RENAL, s.CARDIOVASCULAR),
        "Co-design with people on dialysis, culturally fitting interventions, bioimpedance and adherence.",
    ),
    Expert(
        P.PHYSIOTHERAPIST,
        "Consultant musculoskeletal physiotherapist",
        Care.ACUTE,
        (s.MUSCULOSKELETAL, s.PRIMARY_CARE),
        "Randomising at first contact, treatment records that can be analysed, and filmed consultations. "
        "Osteopaths and chiropractors very welcome.",
    ),
    Expert(
        P.OCCUPATIONAL_THERAPIST,
        "Extended-scope hand therapist",
        Care.ACUTE,
        (s.MUSCULOSKELETAL, s.SURGERY),
        "Grip and range to standard, splint trials, work outcomes and interviews with employers.",
    ),
    Expert(
        P.DOCTOR,
        "Consultant dermatologist",
        Care.ACUTE,
        (s.DERMATOLOGY, s.HEALTH_SERVICES),
        "Skin scores on every colour of skin, cluster trials in clinics, and images as research data.",
    ),
    Expert(
        P.OPTOMETRIST,
        "Principal optometrist",
        Care.EYE,
        (s.OPHTHALMOLOGY, s.DIABETES),
        "Image quality, masked acuity, discordant reviews and community practices as research sites.",
    ),
    Expert(
        P.ORTHOPTIST,
        "Lead orthoptist",
        Care.EYE,
        (s.OPHTHALMOLOGY, s.CHILDREN, s.METABOLIC),
        "Acuity in young children, adherence, joint clinics, and parents who need a straight answer.",
    ),
    Expert(
        P.CLINICAL_SCIENTIST,
        "Consultant audiologist",
        Care.ACUTE,
        (s.EAR_NOSE_THROAT, s.AGEING),
        "Remote care trials, usage logs, consent by video with people who do not hear well, and year-long follow-up.",
    ),
    Expert(
        P.SPEECH_AND_LANGUAGE_THERAPIST,
        "Consultant therapist, voice and swallowing",
        Care.ACUTE,
        (s.EAR_NOSE_THROAT, s.CRITICAL_CARE),
        "Instrumental swallow ratings, tracheostomy research, head and neck cohorts, and agreement between raters.",
    ),
    Expert(
        P.DENTIST,
        "Consultant in special care dentistry",
        Care.ACUTE,
        (s.ORAL, s.AGEING),
        "Stepped trials on wards, consultees, photographs read blind, and a team in which the dental nurse "
        "leads the visit.",
    ),
    Expert(
        P.DENTAL_CARE_PROFESSIONAL,
        "Research dental therapist",
        Care.ACUTE,
        (s.ORAL, s.CHILDREN),
        "Trials in schools: head teachers, parental consent in eleven languages, charting and calibration.",
    ),
    Expert(
        P.DOCTOR,
        "General practitioner and network specialty lead",
        Care.ACUTE,
        (s.PRIMARY_CARE, s.CANCER),
        "List searches, opening practices, cluster trials and making research pay for itself in general "
        "practice. I hold a half day each week for learners.",
    ),
    Expert(
        P.PHARMACIST,
        "Clinical lead pharmacist, community research",
        Care.ACUTE,
        (s.PRIMARY_CARE, s.RENAL),
        "Pharmacies and practices as sites, protocol adherence, training busy teams, and data from systems "
        "that do not speak to each other.",
    ),
    Expert(
        P.NURSE,
        "Primary care research nurse lead",
        Care.ACUTE,
        (s.PRIMARY_CARE, s.RESPIRATORY),
        "Telephone consent, visits at home, case report forms in order, and knowing what to ask the sponsor.",
    ),
    Expert(
        P.DOCTOR,
        "Consultant in public health",
        Care.ACUTE,
        (s.PUBLIC_HEALTH, s.INFECTION),
        "Community researchers, matched areas, listening sessions in several languages, and what counts as "
        "evidence outside a clinic.",
    ),
    Expert(
        P.OTHER,
        "Senior clinical trial manager",
        Care.ACUTE,
        (s.HEALTH_SERVICES, s.TRAUMA),
        "How a trial is held together: monitoring, queries, amendments, steering committees. See your site "
        "from the coordinating centre's chair.",
    ),
    Expert(
        P.NURSE,
        "Head of research delivery",
        Care.ACUTE,
        (s.HEALTH_SERVICES, s.INFECTION),
        "Leading a delivery team, feasibility, capacity, and how a portfolio is chosen. For someone who "
        "already recruits and wants the wider view.",
    ),
    Expert(
        P.PHYSIOTHERAPIST,
        "Children's physiotherapy lead",
        Care.CHILDREN,
        (s.CHILDREN, s.MUSCULOSKELETAL),
        "Gait laboratory, range measures, trials that children can enjoy, and orthoses with our orthotist.",
    ),
)
