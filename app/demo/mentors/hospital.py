"""Mentors for emergencies, operations, lungs, infection, cancer, blood and genes."""

from app.demo import specialties as s
from app.demo.mentors.expert import Expert
from app.demo.networks import Care
from app.models.values.registration import Profession as P

EXPERTS = (
    Expert(
        P.DOCTOR,
        "Consultant in emergency medicine",
        Care.ACUTE,
        (s.TRAUMA, s.ANAESTHESIA),
        "Time-critical recruitment, research without prior consent, and how to run screening in a department "
        "that is never quiet.",
    ),
    Expert(
        P.NURSE,
        "Lead nurse for research, emergency care",
        Care.ACUTE,
        (s.TRAUMA, s.INFECTION, s.HEALTH_SERVICES),
        "Training thirty colleagues in a protocol in one week, monitoring deviations, extracting times from "
        "electronic notes, and telling a department what it did.",
    ),
    Expert(
        P.PARAMEDIC,
        "Research paramedic lead",
        Care.AMBULANCE,
        (s.TRAUMA, s.HEALTH_SERVICES),
        "Deferred consent on the ward, linked ambulance records and station set-up. I answer messages on nights.",
    ),
    Expert(
        P.DOCTOR,
        "Consultant in intensive care medicine",
        Care.ACUTE,
        (s.CRITICAL_CARE, s.INFECTION),
        "Platform trials, consultees, delirium assessment and the follow-up clinic. You will present one "
        "study at our departmental meeting.",
    ),
    Expert(
        P.PHYSIOTHERAPIST,
        "Consultant physiotherapist, critical care",
        Care.ACUTE,
        (s.CRITICAL_CARE, s.RESPIRATORY),
        "Physical function outcomes, rehabilitation dose, and following people home after intensive care.",
    ),
    Expert(
        P.DOCTOR,
        "Consultant paediatric intensivist",
        Care.CHILDREN,
        (s.CRITICAL_CARE, s.CHILDREN),
        "Talking to parents about research on the worst day of their lives, and the regulation that allows "
        "us to begin before we ask.",
    ),
    Expert(
        P.DOCTOR,
        "Consultant anaesthetist",
        Care.ACUTE,
        (s.ANAESTHESIA, s.SURGERY),
        "Perioperative trials from the preoperative clinic to ninety days. I run the site file with whoever "
        "is learning, page by page.",
    ),
    Expert(
        P.OPERATING_DEPARTMENT_PRACTITIONER,
        "Lead practitioner for theatre research",
        Care.ACUTE,
        (s.ANAESTHESIA, s.SURGERY),
        "Intraoperative data, equipment logs, consent on day surgery, and how to make research ordinary in theatre.",
    ),
    Expert(
        P.PHYSIOTHERAPIST,
        "Pain management lead",
        Care.ACUTE,
        (s.ANAESTHESIA, s.MUSCULOSKELETAL),
        "Online interventions, retention, opioid outcomes, and interviewing people who have stopped trusting services.",
    ),
    Expert(
        P.DOCTOR,
        "Consultant colorectal surgeon",
        Care.ACUTE,
        (s.SURGERY, s.CANCER),
        "Recruiting surgeons, decision aids in clinic, registry-based trials and grading complications the "
        "same way twice.",
    ),
    Expert(
        P.NURSE,
        "Surgical research sister",
        Care.ACUTE,
        (s.SURGERY, s.HAEMATOLOGY),
        "Wound outcomes, photographs, preoperative screening lists and a site file that passes inspection.",
    ),
    Expert(
        P.DOCTOR,
        "Consultant respiratory physician",
        Care.ACUTE,
        (s.RESPIRATORY, s.INFECTION),
        "Registries, sputum biobanks and choosing the right outcome for breathlessness. Local principal "
        "investigator for nine studies.",
    ),
    Expert(
        P.PHYSIOTHERAPIST,
        "Clinical lead, pulmonary rehabilitation",
        Care.ACUTE,
        (s.RESPIRATORY, s.CARDIOVASCULAR),
        "Walking tests to standard, video-supervised exercise, and asking decliners why with genuine curiosity.",
    ),
    Expert(
        P.PHARMACIST,
        "Consultant respiratory pharmacist",
        Care.ACUTE,
        (s.RESPIRATORY, s.PRIMARY_CARE),
        "Medicine withdrawal trials, spirometry in practices, and adverse events in people with five diagnoses.",
    ),
    Expert(
        P.DOCTOR,
        "Consultant in infectious diseases",
        Care.ACUTE,
        (s.INFECTION, s.PUBLIC_HEALTH),
        "Antibiotic trials, care homes, urgent public health studies, and opening a site in a week when one has to.",
    ),
    Expert(
        P.BIOMEDICAL_SCIENTIST,
        "Lead biomedical scientist, research",
        Care.ACUTE,
        (s.INFECTION, s.DEMENTIAS),
        "Samples: pre-analytical rules, chain of custody, point-of-care quality, and why laboratories should "
        "be on the delegation log.",
    ),
    Expert(
        P.PHARMACIST,
        "Advanced pharmacist, viral hepatitis",
        Care.ACUTE,
        (s.HEPATOLOGY, s.INFECTION),
        "Prescribing within a trial in prisons and needle exchanges, tracing people with their agreement, "
        "paying participants fairly.",
    ),
    Expert(
        P.NURSE,
        "Nurse consultant, hepatology",
        Care.ACUTE,
        (s.HEPATOLOGY, s.GASTROENTEROLOGY),
        "Outreach research: consent when someone may have been drinking, scans on a table in a hostel, and "
        "follow-up that works.",
    ),
    Expert(
        P.DOCTOR,
        "Consultant medical oncologist",
        Care.ACUTE,
        (s.CANCER, s.HAEMATOLOGY),
        "Phase three trials: eligibility, toxicity grading, serious adverse events, and equipoise put into "
        "ordinary words.",
    ),
    Expert(
        P.RADIOGRAPHER,
        "Consultant therapeutic radiographer",
        Care.ACUTE,
        (s.CANCER,),
        "Radiotherapy trial quality assurance, skin scoring, consent at planning visits and leading a site "
        "as a radiographer.",
    ),
    Expert(
        P.NURSE,
        "Lead cancer research nurse",
        Care.ACUTE,
        (s.CANCER, s.HAEMATOLOGY),
        "From the multidisciplinary meeting to archiving: screening, consent, visits, queries. I like people "
        "who ask why.",
    ),
    Expert(
        P.PHYSIOTHERAPIST,
        "Prehabilitation lead",
        Care.ACUTE,
        (s.CANCER, s.SURGERY),
        "Exercise testing, complex interventions, inclusion of people who are usually left out, and "
        "progression criteria.",
    ),
    Expert(
        P.NURSE,
        "Nurse consultant, palliative care",
        Care.ACUTE,
        (s.CANCER, s.PRIMARY_CARE),
        "Interviewing bereaved carers, distress protocols, rehearsing the hard calls, and looking after yourself.",
    ),
    Expert(
        P.DOCTOR,
        "Consultant haematologist",
        Care.ACUTE,
        (s.HAEMATOLOGY, s.CHILDREN),
        "Work with communities on sickle cell research, transition to adult care, and safety in trials of "
        "transfusion and iron.",
    ),
    Expert(
        P.CLINICAL_SCIENTIST,
        "Consultant clinical scientist, genomics",
        Care.ACUTE,
        (s.GENETICS, s.CANCER),
        "What a result means and to whom, registry forms, variants of uncertain significance and consent for families.",
    ),
    Expert(
        P.NURSE,
        "Genomic practitioner and research nurse",
        Care.CHILDREN,
        (s.GENETICS, s.CHILDREN),
        "Sitting with parents at return of results, observing before asking, and coding interviews with care.",
    ),
)
