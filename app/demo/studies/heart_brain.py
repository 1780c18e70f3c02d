"""Fictitious studies of stroke, the heart, the brain and the nerves."""

from app.demo.specialties import (
    AGEING,
    CARDIOVASCULAR,
    DEMENTIAS,
    HEALTH_SERVICES,
    NEUROLOGICAL,
    PRIMARY_CARE,
    STROKE,
    TRAUMA,
)
from app.demo.studies.record import INTERVENTIONAL, OBSERVATIONAL, DemoStudy

STUDIES = (
    DemoStudy(
        "900001",
        "SALTMARSH",
        "Swallow screening by nurses within four hours of an acute stroke: a cluster randomised trial",
        "Dysphagia after stroke leads to aspiration pneumonia, and many people wait overnight for a swallow "
        "assessment. Sixteen hyperacute stroke units are randomised in steps to a package that trains ward "
        "nurses to screen swallowing within four hours, with a speech and language therapist on call for "
        "those who fail. Pneumonia in the first fourteen days is the primary outcome. An embedded process "
        "evaluation observes handovers and interviews nurses, therapists and families about eating and "
        "drinking with acknowledged risk, thickened fluids and nil-by-mouth decisions.",
        (STROKE,),
        INTERVENTIONAL,
        "Screen admissions against the eligibility criteria, take consent or consultee agreement, keep the "
        "screening log, and help with two interviews of ward staff.",
    ),
    DemoStudy(
        "900002",
        "TILLERMAN",
        "High-dose arm and hand practice with a home games console after stroke",
        "Upper limb weakness is the loss that people with stroke most want to recover, yet community "
        "rehabilitation rarely reaches the repetitions that drive motor recovery. Adults six weeks to a year "
        "after stroke are randomised to twelve weeks of home practice on a motion-sensing console, set up "
        "and progressed by a physiotherapist or occupational therapist, or to usual care. The Action "
        "Research Arm Test, spasticity, fatigue and carer strain are measured by blinded assessors. "
        "Adherence is recorded by the device, and a sub-study explores why people stop.",
        (STROKE, NEUROLOGICAL),
        INTERVENTIONAL,
        "Visit participants at home with the therapist, learn the blinded arm assessments, enter case report "
        "forms and answer data queries.",
    ),
    DemoStudy(
        "900003",
        "PLUMLINE",
        "Talking again: intensive group therapy for aphasia delivered online",
        "Aphasia isolates people long after the acute stroke. This pragmatic trial compares six weeks of "
        "intensive online conversation groups, led by a speech and language therapist with a trained "
        "volunteer who has aphasia, with usual care. Functional communication, mood and participation are "
        "the outcomes at three and nine months. Consent materials are aphasia friendly, with pictures and "
        "short sentences, and are themselves tested in a study within a trial. Conversation partners are "
        "interviewed about what changed at home.",
        (STROKE,),
        INTERVENTIONAL,
        "Practise supported consent with people who have aphasia, run video assessments, and code interview "
        "transcripts with the qualitative lead.",
    ),
    DemoStudy(
        "900004",
        "CLOCKHOUSE",
        "Video triage by stroke clinicians for ambulance crews with suspected stroke",
        "Crews bring many stroke mimics to hyperacute units while some people eligible for thrombectomy "
        "reach the wrong hospital. Paramedics at randomised ambulance stations call a stroke clinician by "
        "video from the scene, who examines face, arm, speech and gaze and advises on destination. The trial "
        "measures time from call to thrombolysis or thrombectomy, correct destination and safety of the "
        "people left at home. Routine ambulance records are linked with the national stroke audit, and crews "
        "are asked how the call changes their decision making.",
        (STROKE, TRAUMA),
        INTERVENTIONAL,
        "Train crews in the study procedure, follow up missed calls, check linked records for errors and "
        "join the trial management group once a month.",
    ),
    DemoStudy(
        "900005",
        "HEATHER LANE",
        "Living with the unseen effects of a minor stroke: a longitudinal interview study",
        "People sent home within a day or two of a transient ischaemic attack or minor stroke are told that "
        "they have recovered, yet many report fatigue, anxiety, poor concentration and trouble returning to "
        "work. Forty people are interviewed three times in a year, with diaries in between, to learn how "
        "these effects change and what support helps. Employers and occupational health nurses take part in "
        "a final workshop. Findings will shape a follow-up pathway for primary care and community stroke "
        "teams.",
        (STROKE, PRIMARY_CARE),
        OBSERVATIONAL,
        "Recruit from the rapid-access clinic, observe and then lead qualitative interviews, and present "
        "themes to the public involvement group.",
    ),
    DemoStudy(
        "900006",
        "FERRYMAN",
        "Nurse-led titration of heart failure medicines by telephone after discharge",
        "Few people leave hospital on the target doses of the four medicines that lengthen life in heart "
        "failure with reduced ejection fraction. Participants are randomised before discharge to weekly "
        "telephone titration by a heart failure nurse and an independent-prescribing pharmacist, guided by "
        "home blood pressure, weight and potassium results, or to usual clinic care. The primary outcome is "
        "the share of target dose reached at twelve weeks; readmission, renal function and quality of life "
        "follow. Wards, community teams and general practices work to one protocol.",
        (CARDIOVASCULAR,),
        INTERVENTIONAL,
        "Find eligible inpatients at the daily board round, take consent, join titration calls and report "
        "adverse events.",
        phase="Phase 4",
    ),
    DemoStudy(
        "900007",
        "QUAYSIDE",
        "A registry of cardiac rehabilitation in people with several long-term conditions",
        "Cardiac rehabilitation was designed for a single heart attack; people now arrive with diabetes, "
        "frailty, kidney disease and depression as well. This registry follows people referred after acute "
        "coronary syndrome, valve surgery or heart failure and records who is offered, starts and finishes "
        "exercise and education, in which form, and with what gain in walking distance and wellbeing. "
        "Reasons for not taking part are collected by language, deprivation and distance. Physiotherapists, "
        "exercise professionals and nurses design the case report form together.",
        (CARDIOVASCULAR, HEALTH_SERVICES),
        OBSERVATIONAL,
        "Abstract referrals, telephone people who declined, resolve data queries and chart uptake by group "
        "for the steering committee.",
    ),
    DemoStudy(
        "900008",
        "WRENSFORD",
        "Finding silent atrial fibrillation in people who attend podiatry and flu clinics",
        "Atrial fibrillation often shows itself first as a stroke. In this trial podiatrists, practice "
        "nurses and pharmacists offer a thirty-second single-lead electrocardiogram with a handheld device "
        "to people aged over seventy who come for another reason. Clinics are randomised by week to offer "
        "screening or not. A cardiac physiologist over-reads every trace, and people with confirmed atrial "
        "fibrillation are referred for anticoagulation. The trial asks whether screening raises appropriate "
        "treatment without needless worry, and what each diagnosis costs.",
        (CARDIOVASCULAR, PRIMARY_CARE),
        INTERVENTIONAL,
        "Set up screening clinics, consent attenders, keep the equipment and training logs and trace "
        "follow-up in practice records.",
    ),
    DemoStudy(
        "900009",
        "LAMPLIGHT",
        "Bright light and daily rhythm for sleep in people with dementia at care homes",
        "Broken sleep in dementia exhausts residents and staff and is often treated with sedatives. Care "
        "homes are randomised to circadian lighting and a daytime activity plan made by an occupational "
        "therapist, or to usual lighting. Wrist actigraphy, falls, agitation and use of hypnotics and "
        "antipsychotics are compared over six months. Most residents lack capacity, so personal consultees "
        "are approached with care. Care assistants keep a brief diary, and a nested ethnography watches "
        "nights in four homes.",
        (AGEING, DEMENTIAS),
        INTERVENTIONAL,
        "Approach consultees with the research nurse, fit actigraphs, check diaries and visit homes to train "
        "staff in the protocol.",
    ),
    DemoStudy(
        "900010",
        "BRACKENBURY",
        "Blood tests for an earlier diagnosis of Alzheimer's disease in memory clinics",
        "Plasma biomarkers of amyloid and tau may spare people a lumbar puncture or a scan. People newly "
        "referred to twenty memory clinics give one blood sample beside their usual assessment, and "
        "clinicians are randomised to receive the result at three months or at one year. Time to diagnosis, "
        "change of management, anxiety and carers' experience are compared. Samples are handled to a strict "
        "pre-analytical protocol by biomedical scientists. Interviews explore how people wish an uncertain "
        "result to be disclosed.",
        (DEMENTIAS,),
        INTERVENTIONAL,
        "Consent people with mild memory problems, take and spin samples, keep the sample log and shadow "
        "disclosure visits.",
    ),
    DemoStudy(
        "900011",
        "COPPERGATE",
        "Swallowing, speech and nutrition in progressive supranuclear palsy and related disorders",
        "Atypical parkinsonian disorders bring early dysphagia, weight loss and dysarthria, and advice "
        "borrowed from Parkinson's disease may not fit. One hundred people and their carers join a two-year "
        "cohort with six-monthly swallow videos, voice recordings, dietetic review and a conversation about "
        "gastrostomy and voice banking. The study describes when problems arise, which measures detect "
        "change, and how decisions about feeding are reached. Speech and language therapists, dietitians and "
        "neurologists assess jointly, at home where travel is hard.",
        (DEMENTIAS, NEUROLOGICAL),
        OBSERVATIONAL,
        "Join home assessments, learn to rate swallow videos, reconcile visit data and interview carers "
        "about feeding decisions.",
        learner_limit=3,
    ),
    DemoStudy(
        "900012",
        "NORTHERLY",
        "Physiotherapy for functional movement disorder: group or individual treatment",
        "Functional movement disorder is common in neurology clinics and treatable with specialist "
        "physiotherapy, but waits are long. Adults with functional weakness, tremor or gait disorder are "
        "randomised to nine individual sessions or to a group programme of education and movement retraining "
        "led by a physiotherapist and a psychologist. Physical function at six months is the primary "
        "outcome, with non-inferiority tested. Therapist fidelity is rated from recordings. People who have "
        "lived with the diagnosis helped to write every letter.",
        (NEUROLOGICAL,),
        INTERVENTIONAL,
        "Screen neurology letters, take consent, rate recorded sessions for fidelity and chase overdue questionnaires.",
    ),
    DemoStudy(
        "900013",
        "STEPPING WIDE",
        "Preventing falls in Parkinson's disease with a metronome and home exercise",
        "Freezing of gait and orthostatic hypotension make people with Parkinson's disease fall. "
        "Participants are randomised to a vibrating metronome worn at the wrist with a home strength and "
        "balance programme, or to usual therapy. Falls are counted from monthly diaries over a year. Blood "
        "pressure lying and standing, fear of falling and medicines that lower blood pressure are reviewed "
        "at home by a therapist, a nurse or a pharmacist. A health economist counts the cost of falls to the "
        "person, the ambulance service and the ward.",
        (NEUROLOGICAL, AGEING),
        INTERVENTIONAL,
        "Carry out baseline gait and blood pressure visits, collect falls diaries, and check serious adverse "
        "events with the local investigator.",
    ),
)
