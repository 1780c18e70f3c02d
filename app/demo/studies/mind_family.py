"""Fictitious studies of mental health, children, pregnancy and birth."""

from app.demo.specialties import (
    CHILDREN,
    HEALTH_SERVICES,
    MENTAL_HEALTH,
    PRIMARY_CARE,
    PUBLIC_HEALTH,
    REPRODUCTIVE,
    TRAUMA,
)
from app.demo.studies.record import INTERVENTIONAL, OBSERVATIONAL, DemoStudy

STUDIES = (
    DemoStudy(
        "900052",
        "MORNINGSIDE WALK",
        "Walking together: exercise and body image in early psychosis",
        "Weight gain begins within weeks of starting an antipsychotic and shortens lives. Early intervention "
        "teams are randomised to offer a twelve-week walking group led by a mental health nurse and an "
        "occupational therapist, with metformin advice and cooking, or usual care. Weight at six months is "
        "primary; negative symptoms, sleep, medication adherence and self-stigma are secondary. Young people "
        "design the sessions and the posters. Interviews explore what it is to be looked at while unwell.",
        (MENTAL_HEALTH,),
        INTERVENTIONAL,
        "Recruit from early intervention caseloads, assess capacity and consent, measure physical health and "
        "co-lead a group.",
    ),
    DemoStudy(
        "900053",
        "SAFE RETURN",
        "Safety planning after self-harm: a follow-up by the same clinician from the emergency department",
        "The days after an emergency visit for self-harm carry the highest risk of suicide. People are "
        "randomised to a written safety plan and three follow-up contacts by the liaison nurse or social "
        "worker they met, or to a letter to the general practitioner. Repeat self-harm in six months, "
        "suicidal thoughts and experience of care are compared. People with lived experience train the "
        "staff. Consent is sought when distress allows, and a distress protocol governs every call.",
        (MENTAL_HEALTH, TRAUMA),
        INTERVENTIONAL,
        "Work alongside liaison clinicians, learn to judge when to approach, make follow-up calls and record "
        "adverse events.",
    ),
    DemoStudy(
        "900054",
        "PAPER BOATS",
        "Art and music therapy for men on acute psychiatric wards: a feasibility trial",
        "Wards offer few activities, and men in particular leave without having spoken of what brought them "
        "in. Four wards test whether a trial of open art and music therapy groups is possible: who comes, "
        "how long they stay, whether ward incidents and use of restraint can be measured, and what outcome "
        "matters to patients. Arts therapists keep process notes and supervision logs. Interviews are done "
        "on the ward and a month after discharge. Progress criteria for a full trial are set in advance.",
        (MENTAL_HEALTH,),
        INTERVENTIONAL,
        "Observe groups, take ward-based consent with capacity assessments, log incidents and interview "
        "after discharge.",
        learner_limit=3,
    ),
    DemoStudy(
        "900055",
        "EVENTIDE",
        "Depression in later life: behavioural activation by community pharmacists and social prescribers",
        "Older people with depression and several illnesses seldom reach talking therapy. Adults over "
        "sixty-five are randomised to eight calls of behavioural activation from a trained pharmacist or "
        "social prescribing link worker, or to usual care. Depression at four months is primary, with "
        "loneliness, anxiety and medicine use. Practitioner psychologists supervise and rate recordings. A "
        "nested study asks whether the same calls help those with mild cognitive impairment and how "
        "supervision should differ.",
        (MENTAL_HEALTH, PRIMARY_CARE),
        INTERVENTIONAL,
        "Screen practice lists, consent by telephone, rate recorded calls for fidelity and follow up non-responders.",
    ),
    DemoStudy(
        "900056",
        "GATEFOLD",
        "Social work and the Mental Health Act: what shapes the decision to detain",
        "Rates of detention differ by place and by ethnicity. Approved mental health professionals in six "
        "areas are shadowed through assessments and interviewed afterwards, and anonymised reports are "
        "analysed for the reasons that they give. The study asks how bed pressure, risk, family and "
        "alternatives at hand shape decisions, and tests a reflective checklist in supervision. People who "
        "have been detained, and their nearest relatives, take part as co-researchers and help to interpret "
        "what was seen.",
        (MENTAL_HEALTH, HEALTH_SERVICES),
        OBSERVATIONAL,
        "Shadow observations, anonymise reports, code with co-researchers and practise reflexive note keeping.",
    ),
    DemoStudy(
        "900057",
        "STARLING NEST",
        "Family-based treatment for teenagers with eating disorders, started while they wait",
        "Waiting lists for eating disorder services have lengthened and young people lose weight as they "
        "wait. Families are randomised at referral to four guided sessions with a nurse or dietitian by "
        "video and a parent workbook, or to the usual wait. Weight for height at twelve weeks, admissions, "
        "parents' confidence and the number of later sessions are measured. Young people above and below "
        "sixteen consent or assent in their own words. Medical monitoring is agreed with general practice.",
        (MENTAL_HEALTH, CHILDREN),
        INTERVENTIONAL,
        "Take consent and assent by video, monitor safety alerts, check workbook returns and prepare a "
        "report for the trial steering committee.",
    ),
    DemoStudy(
        "900058",
        "TINY ANCHOR",
        "Skin-to-skin care during ventilation of very preterm babies",
        "Parents are often told that a ventilated baby is too ill to be held. Neonatal units are randomised "
        "in steps to a bundle that trains two nurses on each shift to move babies safely to a parent's chest "
        "within three days of birth. Time to full milk feeds, unplanned extubation, bonding and later "
        "development are measured. Physiotherapists and speech and language therapists advise on posture and "
        "feeding. Parents write a daily line in a shared diary, in any language.",
        (CHILDREN, REPRODUCTIVE),
        INTERVENTIONAL,
        "Approach parents sensitively, count hours of skin-to-skin care, check safety events and train night "
        "staff in the protocol.",
    ),
    DemoStudy(
        "900059",
        "HOPSCOTCH",
        "Botulinum toxin, casts or both for tight calves in children with cerebral palsy",
        "Children with cerebral palsy who walk on their toes receive different treatment from one clinic to "
        "the next. Children aged four to eleven are randomised to serial casting, to injections of botulinum "
        "toxin, or to both, and wear an ankle-foot orthosis afterwards. Gait measured in a movement "
        "laboratory, pain, shoe wear and taking part in play are outcomes. Physiotherapists, orthotists and "
        "clinical scientists agree a common protocol. Children chose the pictures used to score pain.",
        (CHILDREN,),
        INTERVENTIONAL,
        "Consent families, help in the gait laboratory, apply standard range measures and look after orthosis records.",
        phase="Phase 3",
    ),
    DemoStudy(
        "900060",
        "QUIET CORRIDOR",
        "Ready for school: speech and language groups in nurseries for children with few words",
        "Children who start school with little language struggle to read and to make friends. Nurseries in "
        "disadvantaged areas are randomised to a fifteen-week group led by staff coached by a speech and "
        "language therapist, or to usual practice. Expressive vocabulary, listening and parents' talk at "
        "home are measured by assessors who do not know the allocation. Bilingual children are tested in "
        "both languages. Health visitors help to reach families, and a qualitative strand follows the "
        "nursery staff.",
        (CHILDREN, PUBLIC_HEALTH),
        INTERVENTIONAL,
        "Assess children with standard tests, score language samples, liaise with nurseries and keep masked "
        "data masked.",
    ),
    DemoStudy(
        "900061",
        "CONCORD BAY",
        "Continuity of midwife for women with diabetes or high blood pressure in pregnancy",
        "Women with complicated pregnancies meet the most strangers. This trial randomises women with "
        "pre-existing diabetes or chronic hypertension to a small team with a named midwife through "
        "pregnancy, birth and six weeks after, or to standard obstetric clinics. Preterm birth, caesarean "
        "section, breastfeeding, trauma symptoms and cost are compared. Women from ethnic minorities and "
        "from deprived areas recruit other women. Midwives keep activity logs so that the burden of on-call "
        "can be judged.",
        (REPRODUCTIVE,),
        INTERVENTIONAL,
        "Recruit at booking, take consent with interpreters, collect birth outcomes and observe a peer "
        "recruitment session.",
    ),
    DemoStudy(
        "900062",
        "HEARTHSTONE",
        "Bleeding after birth: tranexamic acid by injection into muscle in birth centres and at home",
        "Postpartum haemorrhage is treated fastest where a vein is easy to find. Midwives in birth centres "
        "and at home births randomise women with early heavy bleeding to intramuscular tranexamic acid or "
        "placebo beside standard uterotonic medicines. Blood loss over one litre, transfer, transfusion and "
        "thrombosis are measured. Women consent in advance during pregnancy, and an emergency pathway covers "
        "the rest. Ambulance crews take part in training. An independent committee watches safety each "
        "quarter.",
        (REPRODUCTIVE,),
        INTERVENTIONAL,
        "Take consent in pregnancy, run drills with study packs, weigh blood loss to protocol and report "
        "safety events.",
        phase="Phase 3",
    ),
    DemoStudy(
        "900063",
        "SILVER THREAD",
        "Pelvic floor recovery after severe perineal tear: a cohort with physiotherapy records",
        "Anal sphincter injury at birth can lead to incontinence and shame years later. Women are followed "
        "from birth to two years with questionnaires, pelvic floor assessment and ultrasound, and records of "
        "physiotherapy given in person or by an application. The cohort shows who recovers, who drops out of "
        "care and what women wish for in a next birth. Midwives, pelvic health physiotherapists and "
        "colorectal nurses recruit. Consent materials avoid euphemism, as women asked.",
        (REPRODUCTIVE, PRIMARY_CARE),
        OBSERVATIONAL,
        "Recruit on the postnatal ward, assist at pelvic health assessments, manage questionnaires and "
        "analyse drop-out.",
    ),
)
