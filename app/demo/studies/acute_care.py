"""Fictitious studies of emergencies, intensive care, operations, lungs and infection."""

from app.demo.specialties import (
    ANAESTHESIA,
    CHILDREN,
    CRITICAL_CARE,
    HEALTH_SERVICES,
    INFECTION,
    MUSCULOSKELETAL,
    PRIMARY_CARE,
    PUBLIC_HEALTH,
    RESPIRATORY,
    SURGERY,
    TRAUMA,
)
from app.demo.studies.record import INTERVENTIONAL, OBSERVATIONAL, DemoStudy
from app.models.values.study_status import StudyStatus

STUDIES = (
    DemoStudy(
        "900036",
        "KERBSIDE",
        "Pain relief before hospital: inhaled methoxyflurane given by paramedics to older people with a broken hip",
        "Older people with a suspected hip fracture often reach hospital in severe pain because morphine "
        "causes confusion and vomiting. Paramedics open a sealed envelope at the scene to give inhaled "
        "methoxyflurane or usual analgesia. Pain at thirty minutes is the primary outcome; delirium, blood "
        "pressure and time on scene are secondary. Consent is deferred, and research paramedics seek it on "
        "the ward. Interviews with crews, patients and relatives explore how deferred consent is received.",
        (TRAUMA,),
        INTERVENTIONAL,
        "Support crews by telephone, seek deferred consent on the ward, reconcile drug accountability and "
        "review ambulance records.",
        phase="Phase 3",
    ),
    DemoStudy(
        "900037",
        "TUMBLESTONE",
        "Falls attended by ambulance: leaving people safely at home with a same-day therapy visit",
        "A third of older people who fall and call an ambulance are left at home with nothing more. "
        "Ambulance stations are randomised to a direct referral to an urgent community response team, in "
        "which a physiotherapist or occupational therapist visits within hours, or to usual practice. "
        "Further calls, admissions, fractures and confidence are counted over ninety days through linked "
        "records. A safety committee reviews every death. Crews, therapists and people who fell tell how the "
        "decision not to convey was made.",
        (HEALTH_SERVICES, TRAUMA),
        INTERVENTIONAL,
        "Train stations, join community visits, check referral data against call records and help with a focus group.",
    ),
    DemoStudy(
        "900038",
        "GREYSTONE",
        "Chest injury in older adults: early rib block and breathing physiotherapy",
        "Broken ribs after a low fall cause pneumonia and death in older adults. In major trauma centres and "
        "trauma units people over sixty-five with three or more rib fractures are randomised to an early "
        "ultrasound-guided nerve block with a bundle of breathing physiotherapy and mobilisation, or to "
        "usual analgesia. Pulmonary complications by day thirty, opioid use, delirium and return to "
        "independence are compared. Emergency practitioners, anaesthetists and physiotherapists deliver the "
        "bundle together.",
        (TRAUMA, ANAESTHESIA),
        INTERVENTIONAL,
        "Screen trauma calls, take time-critical consent, collect respiratory outcomes on the ward and "
        "follow up by telephone.",
    ),
    DemoStudy(
        "900039",
        "WAKEFUL",
        "Fewer sedatives in intensive care: a nurse-driven protocol with family presence",
        "Deep sedation lengthens ventilation and leaves people with delirium and frightening memories. "
        "Intensive care units are randomised in steps to a protocol in which bedside nurses lower sedation "
        "to a target each shift, with family presence, sleep hygiene and early mobilisation. Days alive "
        "without delirium or coma is the primary outcome. Consent is sought from consultees and later from "
        "survivors. Six-month interviews and screening for post-traumatic stress show what recovery is like.",
        (CRITICAL_CARE,),
        INTERVENTIONAL,
        "Assess delirium daily, approach consultees, complete electronic case report forms and attend the "
        "six-month clinic.",
    ),
    DemoStudy(
        "900040",
        "SECOND FLOOR",
        "Rehabilitation that crosses the door of intensive care",
        "People who survive critical illness lose muscle, swallow, voice and confidence, and rehabilitation "
        "often stops when they reach the ward. A named physiotherapist, speech and language therapist, "
        "dietitian and psychologist continue with the person from ventilator to home in the intervention "
        "arm. Adults ventilated for more than three days are randomised at discharge from intensive care. "
        "Physical function at three months is primary; nutrition, dysphagia, tracheostomy time, return to "
        "work and carers' health are secondary.",
        (CRITICAL_CARE,),
        INTERVENTIONAL,
        "Recruit on the unit, learn physical function tests, track sessions delivered and telephone "
        "participants at home.",
    ),
    DemoStudy(
        "900041",
        "BLUE HOUR",
        "Oxygen targets for critically ill children moved between hospitals",
        "Children on a ventilator are often given more oxygen than they need while they are moved to an "
        "intensive care unit. Transport teams randomise each journey to a conservative or a liberal "
        "saturation target, and ask parents for consent once the child is settled. Organ support in the "
        "first month is measured from the national audit. Transport nurses and doctors record saturations "
        "automatically. Parents who have made such a journey wrote the words that teams use in those hours.",
        (CRITICAL_CARE, CHILDREN),
        INTERVENTIONAL,
        "Learn research without prior consent, approach parents with a senior nurse, download monitor data "
        "and chase missing forms.",
        learner_limit=3,
    ),
    DemoStudy(
        "900042",
        "STILLWATER",
        "Hypnosis or virtual reality instead of sedation for awake hand and foot surgery",
        "Many people ask for sedation during operations under regional block, which slows recovery and "
        "discharge. Adults are randomised to a virtual reality headset, to guided hypnosis on headphones, or "
        "to the usual offer of intravenous sedation. Sedative dose, satisfaction, blood pressure, time in "
        "recovery and cost are compared. Operating department practitioners and anaesthesia associates "
        "deliver the intervention and record what happens minute by minute. A sub-study asks people with "
        "claustrophobia or hearing loss what would suit them.",
        (ANAESTHESIA,),
        INTERVENTIONAL,
        "Consent on the day-surgery unit, set up the headsets, record intraoperative data and keep the site "
        "file in order.",
    ),
    DemoStudy(
        "900043",
        "LONG ACRE",
        "Pain management after a failed back operation: online acceptance therapy with peer support",
        "Persistent pain after spinal surgery leads to high opioid doses and isolation. Adults are "
        "randomised to ten online modules of acceptance and commitment therapy, guided by a psychologist or "
        "a physiotherapist and supported by a peer, or to usual pain clinic care. Pain interference at six "
        "months is the primary outcome, with opioid dose, sleep, mood and work. Pharmacists support safe "
        "tapering. A qualitative study follows those who choose not to lower their dose.",
        (ANAESTHESIA, MUSCULOSKELETAL),
        INTERVENTIONAL,
        "Screen pain clinic referrals, guide consent by video, monitor adherence and analyse interviews with "
        "the psychologist.",
    ),
    DemoStudy(
        "900044",
        "CHALKFIELD",
        "Wound care at home by photograph after planned abdominal surgery",
        "Surgical site infection usually shows after discharge, when nobody looks. Adults who have planned "
        "abdominal surgery are randomised to send wound photographs by telephone on days three, seven and "
        "twelve, reviewed by a surgical nurse within a day, or to usual advice. Time to treatment of "
        "infection, readmission, antibiotic use and contacts with general practice are compared. Images of "
        "darker skin are gathered on purpose so that nurses learn what infection looks like there. Digital "
        "exclusion is measured.",
        (SURGERY,),
        INTERVENTIONAL,
        "Consent before surgery, teach people to take photographs, grade wounds with a senior nurse and "
        "handle data queries.",
    ),
    DemoStudy(
        "900045",
        "RAMPART",
        "Keyhole or open repair of groin hernia in older people: a registry-based randomised trial",
        "Groin hernia repair is common, yet it is unclear which operation suits people over seventy with "
        "other illness. The trial uses a national registry to randomise and follow people in ordinary "
        "practice, with few added visits. Chronic pain at one year, recurrence, urinary retention and falls "
        "are the outcomes. Surgeons, surgical care practitioners and physician associates consent in clinic "
        "with a short decision aid. A study within the trial compares text and telephone reminders for "
        "questionnaires.",
        (SURGERY,),
        INTERVENTIONAL,
        "Use the decision aid in clinic, randomise online, keep a screening log with reasons and test the "
        "reminder sub-study.",
    ),
    DemoStudy(
        "900046",
        "BELLOWS",
        "Pulmonary rehabilitation at home or in a centre for people with COPD and breathlessness",
        "Pulmonary rehabilitation is among the best treatments for chronic obstructive pulmonary disease, "
        "but half of those referred never start. People are randomised to a centre programme or to eight "
        "weeks at home with video supervision by a respiratory physiotherapist. Incremental shuttle walk "
        "distance, breathlessness, anxiety and completion are compared. Oxygen users and people without "
        "internet are included, with loaned tablets. Exercise assistants and volunteers who finished the "
        "course ring those who waver.",
        (RESPIRATORY,),
        INTERVENTIONAL,
        "Do walking tests, take consent, sit in on video classes and find out from decliners why they did not start.",
    ),
    DemoStudy(
        "900047",
        "WHISPERING REEDS",
        "Stepping down inhaled steroids in older adults with mild asthma and COPD",
        "Many older people inhale high-dose steroids that add pneumonia and bone loss without benefit. "
        "Practice pharmacists and respiratory nurses review inhalers, measure exhaled nitric oxide and "
        "eosinophils, and randomise suitable people to step down or to stay. Exacerbations over a year, "
        "pneumonia, inhaler technique and carbon footprint are measured. Spirometry is quality assured by "
        "respiratory physiologists. Patients say beforehand what would make them feel safe enough to try.",
        (PRIMARY_CARE, RESPIRATORY),
        INTERVENTIONAL,
        "Run eligibility searches, perform spirometry to standard, consent, and report exacerbations and pneumonias.",
        phase="Phase 4",
    ),
    DemoStudy(
        "900048",
        "GOOSANDER",
        "A cohort of adults with bronchiectasis: airway clearance, infection and daily life",
        "Bronchiectasis is no longer rare, yet advice on airway clearance rests on little evidence. Adults "
        "in eight clinics join a registry with yearly spirometry, sputum culture, quality of life and a "
        "record of airway clearance taught by physiotherapists. Sputum is stored for the study of "
        "Pseudomonas and the microbiome by biomedical scientists. The cohort will show which techniques "
        "people keep up, who declines, and whom to invite to later trials of inhaled antibiotics.",
        (RESPIRATORY, INFECTION),
        OBSERVATIONAL,
        "Recruit in clinic, collect and label sputum, enter registry data and compare airway clearance "
        "records between sites.",
    ),
    DemoStudy(
        "900049",
        "TURNSTONE",
        "Shorter antibiotics for urinary infection in care homes with nurse assessment",
        "Care home residents receive antibiotics for cloudy urine more often than for infection. Homes are "
        "randomised to a nurse and paramedic assessment tool that forbids dipsticks, with a three-day course "
        "where infection is likely, or to usual care. Antibiotic days, admissions with sepsis, "
        "Clostridioides difficile and falls are counted. Laboratory scientists track resistance. Consent is "
        "by consultee for most residents. Care staff are trained at handover, and an observer notes how "
        "decisions are made at weekends.",
        (INFECTION,),
        INTERVENTIONAL,
        "Visit homes, approach consultees, check antibiotic records and link culture results with the laboratory.",
        phase="Phase 4",
    ),
    DemoStudy(
        "900050",
        "HARBINGER SEVEN",
        "Point-of-care tests for respiratory viruses at the hospital door",
        "Waiting for a virus result keeps people in corridors and on antibiotics they do not need. Emergency "
        "departments are randomised by week to a molecular test run by nurses at the bedside, with results "
        "in twenty minutes, or to the central laboratory. Time to isolation, antivirals, antibiotic hours "
        "and bed moves are compared. Biomedical scientists assure quality and audit errors. A model of "
        "winter flow estimates the value of each test. Staff diaries record what the machine displaces.",
        (INFECTION, HEALTH_SERVICES),
        INTERVENTIONAL,
        "Check tests and training records, monitor protocol deviations, extract times from electronic notes "
        "and present to the department.",
    ),
    DemoStudy(
        "900051",
        "NEIGHBOURLY ARM",
        "Vaccine confidence after an outbreak: listening to parents in four cities",
        "Measles has returned where trust and access have thinned. Health visitors, school nurses and "
        "community pharmacists gather accounts from parents who delayed vaccination, in the languages they "
        "use at home, and co-design short sessions held in nurseries and places of worship. Uptake of "
        "measles, mumps and rubella vaccine is compared between matched neighbourhoods. The study records "
        "costs and the training that staff need. Community researchers are employed, trained in good "
        "clinical practice and credited.",
        (PUBLIC_HEALTH, INFECTION),
        OBSERVATIONAL,
        "Train and support community researchers, join listening sessions, and keep consent in several "
        "languages in order.",
        status=StudyStatus.CLOSED_TO_RECRUITMENT,
        learner_limit=2,
    ),
)
