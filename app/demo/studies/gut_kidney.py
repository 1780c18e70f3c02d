"""Fictitious studies of the gut, the liver, the kidneys, hormones and diabetes."""

from app.demo.specialties import (
    CHILDREN,
    DIABETES,
    GASTROENTEROLOGY,
    HEPATOLOGY,
    INFECTION,
    METABOLIC,
    PRIMARY_CARE,
    RENAL,
)
from app.demo.studies.record import INTERVENTIONAL, OBSERVATIONAL, DemoStudy
from app.models.values.study_status import StudyStatus

STUDIES = (
    DemoStudy(
        "900025",
        "GREENSPRING",
        "Dietitian-first treatment for irritable bowel syndrome in general practice",
        "Irritable bowel syndrome fills gastroenterology clinics although most people could be helped nearer "
        "home. Adults are randomised in general practices to see a dietitian within four weeks, with a diet "
        "low in fermentable carbohydrates and gut-directed relaxation, or to usual care by the doctor. "
        "Symptom severity at six months, referrals, endoscopies, sick leave and eating-disorder risk are "
        "measured. Food diaries are kept on a telephone application. Practices in deprived areas recruit "
        "half of the participants.",
        (GASTROENTEROLOGY, PRIMARY_CARE),
        INTERVENTIONAL,
        "Search practice lists, telephone and consent, check food diaries with the dietitian and clean outcome data.",
    ),
    DemoStudy(
        "900026",
        "HOLLOWAY SPRING",
        "When to stop biologic medicines in Crohn's disease that has been quiet for two years",
        "People with inflammatory bowel disease in long remission ask whether they may stop infliximab or "
        "adalimumab. Those with a healed bowel on colonoscopy and low faecal calprotectin are randomised to "
        "stop or to continue, with home stool tests every eight weeks. Relapse within eighteen months, "
        "response to restarting, infections, work and cost are compared. Specialist nurses run a telephone "
        "line for flares. A biobank of blood and stool seeks markers that foretell relapse.",
        (GASTROENTEROLOGY,),
        INTERVENTIONAL,
        "Review infusion lists for eligibility, consent, manage home test kits and the sample log, and "
        "follow flares on the nurse line.",
        phase="Phase 4",
    ),
    DemoStudy(
        "900027",
        "THISTLEDOWN",
        "Alcohol care and liver scans together: a one-visit clinic for people at risk of cirrhosis",
        "Most people with alcohol-related cirrhosis are diagnosed in an emergency. Community alcohol "
        "services are randomised to host a visiting hepatology nurse with a portable liver stiffness scan, a "
        "brief intervention and nutritional advice, or to refer as usual. New diagnoses of advanced "
        "fibrosis, drinking at six months, varices screening and survival are followed. Peer workers in "
        "recovery welcome participants. Interviews ask whether seeing one's own scan helps or harms.",
        (HEPATOLOGY,),
        INTERVENTIONAL,
        "Help run outreach clinics, learn the scan under supervision, take consent from people who may be "
        "unwell and follow them up.",
    ),
    DemoStudy(
        "900028",
        "LAVENDER QUAY",
        "Hepatitis C treatment started by pharmacists in needle exchange and prison",
        "Direct-acting antivirals cure hepatitis C in weeks, but people who inject drugs are lost between "
        "test and clinic. Pharmacists and nurses test, prescribe and dispense on the same day in needle "
        "exchanges and in four prisons, compared with referral to hospital. Sustained virological response, "
        "reinfection, housing and use of opioid substitution are followed. Consent respects low literacy, "
        "and releases from prison are planned for. The study pays participants for their time in a way "
        "agreed with them.",
        (HEPATOLOGY, INFECTION),
        INTERVENTIONAL,
        "Support same-day consent and testing, account for study medicine, trace people after release and "
        "complete follow-up forms.",
        phase="Phase 4",
        learner_limit=3,
    ),
    DemoStudy(
        "900029",
        "CASTLEMERE",
        "Home blood pressure and fluid coaching for people who have in-centre haemodialysis",
        "Large weight gains between dialysis sessions strain the heart. Adults on in-centre haemodialysis "
        "are randomised by shift to coaching by a renal nurse and a dietitian, with a home scale, salt "
        "advice that fits their cooking and monthly review of target weight by bioimpedance, or to usual "
        "care. Interdialytic weight gain, cramps, hospital admissions and thirst are compared. Dialysis "
        "staff collect data at the chairside. Recipes come from participants of Caribbean, South Asian and "
        "West African heritage.",
        (RENAL,),
        INTERVENTIONAL,
        "Recruit at the chairside, do bioimpedance under supervision, keep the delegation log tidy and enter "
        "session data.",
    ),
    DemoStudy(
        "900030",
        "PENNYROYAL",
        "Medicines review to slow kidney decline in people with diabetes",
        "People with diabetic kidney disease take many medicines, some of which harm the kidney and some of "
        "which are missing. Practice pharmacists are randomised to use a structured review with prompts for "
        "SGLT2 inhibitors, blood pressure targets and sick-day rules, or to continue usual reviews. Decline "
        "of estimated glomerular filtration rate over two years, hyperkalaemia and admissions with acute "
        "kidney injury are measured from linked records. Patients are asked what they want from a review "
        "before it begins.",
        (RENAL, DIABETES),
        INTERVENTIONAL,
        "Open practices, run searches, check that reviews follow the protocol and reconcile laboratory results.",
        phase="Phase 4",
    ),
    DemoStudy(
        "900031",
        "SEVENOAKE",
        "Steroid emergency cards and injections in adrenal insufficiency: do they work on the day?",
        "Adrenal crisis kills people who were never given hydrocortisone in time. This registry and "
        "interview study collects every suspected crisis in nine hospitals and two ambulance services, "
        "records whether a steroid card was carried, whether the injection was given and by whom, and asks "
        "people and relatives what happened. Endocrine nurses, paramedics and emergency staff review each "
        "case together without blame. The results will shape training and a trial of an injection pen.",
        (METABOLIC,),
        OBSERVATIONAL,
        "Find cases in emergency and ambulance records, complete registry forms, and interview people after recovery.",
    ),
    DemoStudy(
        "900032",
        "WINDLASS",
        "Thyroid eye disease: selenium, stopping smoking and a joint clinic",
        "Thyroid eye disease causes double vision, pain and a changed face, and care is split between "
        "clinics. Adults with mild active disease are randomised to six months of selenium or placebo, and "
        "all are offered stop-smoking support. Orthoptists measure eye movements and diplopia, and an "
        "endocrine nurse follows thyroid function. Progression to sight-threatening disease, appearance and "
        "wellbeing are outcomes. A nested study compares the cost of joint and separate clinics in district "
        "hospitals.",
        (METABOLIC,),
        INTERVENTIONAL,
        "Consent in the joint clinic, assist with masked measurements, account for study capsules and chase diaries.",
        phase="Phase 3",
        status=StudyStatus.IN_SETUP,
        learner_limit=2,
    ),
    DemoStudy(
        "900033",
        "HARROWGATE SHOE",
        "Offloading footwear made in a day for diabetic foot ulcers",
        "Pressure keeps diabetic foot ulcers open, and bespoke footwear takes weeks. Podiatrists and "
        "orthotists in ten foot protection clinics randomise people to a removable knee-high device moulded "
        "and fitted on the day of the visit, or to usual offloading. Ulcer healing at twelve weeks, "
        "infection, amputation, step count and wearing time, from a sensor in the sole, are recorded. "
        "Photographs are read by assessors who do not know the allocation. People with ulcers advised on "
        "looks, weight and driving.",
        (DIABETES,),
        INTERVENTIONAL,
        "Measure and photograph ulcers to protocol, take consent, download sensors and answer data queries.",
    ),
    DemoStudy(
        "900034",
        "NIGHTINGALE LOOP",
        "Closed-loop insulin for adults with type 1 diabetes and severe hypoglycaemia",
        "Automated insulin delivery is spreading, but people who most fear hypoglycaemia were left out of "
        "early trials. Adults with impaired awareness are randomised to a closed-loop system or to a sensor "
        "with alarms. Time in range, severe hypoglycaemia and sleep are followed for a year. Diabetes "
        "specialist nurses and dietitians train participants in groups, with interpreters. Partners keep a "
        "diary of nights. Psychologists explore trust in the device and how it feels to let go.",
        (DIABETES,),
        INTERVENTIONAL,
        "Assist at device training days, download glucose data, record device deficiencies and take part in "
        "interviews.",
    ),
    DemoStudy(
        "900035",
        "LITTLE HARBOUR",
        "Young people with type 2 diabetes: a cohort from diagnosis to adult care",
        "Type 2 diabetes in teenagers is more aggressive than in adults and follows poverty and ethnicity. A "
        "cohort of young people diagnosed before eighteen gives blood, urine, retinal photographs and a "
        "yearly talk about school, sleep, food and mood. Complications, treatment and missed appointments "
        "are described until the age of twenty-five. Children's nurses, dietitians and youth workers recruit "
        "at home or at school. A youth board decides which findings are told first and how.",
        (DIABETES, CHILDREN),
        OBSERVATIONAL,
        "Make cohort visits with a children's nurse, handle samples and consent at sixteen, and prepare the "
        "youth board's newsletter.",
    ),
)
