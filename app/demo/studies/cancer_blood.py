"""Fictitious studies of cancer, blood and genes."""

from app.demo.specialties import (
    CANCER,
    CHILDREN,
    GENETICS,
    HAEMATOLOGY,
    PRIMARY_CARE,
    SURGERY,
)
from app.demo.studies.record import INTERVENTIONAL, OBSERVATIONAL, DemoStudy

STUDIES = (
    DemoStudy(
        "900015",
        "LINDENWAY",
        "Exercise before and during chemotherapy for bowel cancer: a randomised trial of prehabilitation",
        "Loss of fitness and muscle before surgery and chemotherapy predicts complications in colorectal "
        "cancer. Adults are randomised at diagnosis to a supervised programme of interval training, protein "
        "supplements and emotional support, or to printed advice. Physiotherapists and dietitians deliver it "
        "in gyms near home or by video. Cardiopulmonary exercise tests, postoperative complications, "
        "completed chemotherapy cycles and quality of life are compared. People who live far from hospital, "
        "or who do not speak English, are recruited on purpose.",
        (CANCER, SURGERY),
        INTERVENTIONAL,
        "Attend the multidisciplinary meeting to find eligible people, consent, assist at exercise tests and "
        "keep the screening log.",
    ),
    DemoStudy(
        "900016",
        "AMBERLEY",
        "Shorter radiotherapy for breast cancer with planning by artificial intelligence",
        "Five-day radiotherapy spares women weeks of travel. This trial asks whether contours drawn by "
        "software and checked by a therapeutic radiographer are as safe for the heart and lung as contours "
        "drawn by an oncologist. Women are randomised after planning computed tomography; the software's "
        "plan is never used without review. Dose to organs at risk, skin toxicity, breast appearance and "
        "planning time are measured. Radiographers and clinical scientists in twelve departments run local "
        "quality assurance together.",
        (CANCER,),
        INTERVENTIONAL,
        "Consent women at planning visits, score skin reactions, collect plan exports and handle quality "
        "assurance queries.",
        phase="Phase 3",
    ),
    DemoStudy(
        "900017",
        "SORRELBANK",
        "Stopping immunotherapy early in advanced melanoma that has responded",
        "Checkpoint inhibitors can control advanced melanoma for years, but nobody knows how long to give "
        "them. People with a complete or partial response at one year are randomised to stop or to continue. "
        "Progression-free survival is the primary outcome; immune-related colitis, hepatitis, thyroiditis "
        "and fatigue are recorded closely. Oncology nurses and pharmacists manage toxicity with a shared "
        "algorithm, and participants can restart on progression. Recruitment conversations are recorded, "
        "with consent, to improve how equipoise is explained.",
        (CANCER,),
        INTERVENTIONAL,
        "Follow participants through treatment visits, grade toxicity, report serious adverse events and "
        "reflect on recorded consent talks.",
        phase="Phase 3",
    ),
    DemoStudy(
        "900018",
        "OWLETT",
        "Finding lung cancer sooner through community pharmacies and general practice",
        "People with a cough, hoarseness or weight loss often buy remedies before they see a doctor. "
        "Pharmacy teams are trained to recognise red-flag symptoms and can refer directly for a chest X-ray "
        "read the same day by a reporting radiographer. Pharmacies are randomised as clusters in four areas "
        "with high smoking rates. The trial counts chest X-rays, stage at diagnosis and emergency "
        "presentations, and interviews customers, pharmacists, pharmacy technicians and receptionists about "
        "stigma, trust and workload.",
        (CANCER, PRIMARY_CARE),
        INTERVENTIONAL,
        "Set up pharmacies, train their teams in the protocol, monitor referrals and take part in "
        "qualitative interviews.",
    ),
    DemoStudy(
        "900019",
        "MERIDIAN HOME",
        "Palliative care at home in the last ninety days of life: a study of what carers do",
        "Families give injections, lift, wash and watch through the night when somebody dies at home. This "
        "study follows carers of people with advanced cancer with weekly short calls and a bereavement "
        "interview three months after the death. It describes tasks, out-of-hours calls, use of anticipatory "
        "medicines and what community nurses, paramedics and hospices did that helped. A set of core "
        "questions for routine use will be agreed with carers. Distress protocols are rehearsed before "
        "recruitment.",
        (CANCER, PRIMARY_CARE),
        OBSERVATIONAL,
        "Recruit with community nurses, make weekly calls, follow the distress protocol and help to code "
        "bereavement interviews.",
    ),
    DemoStudy(
        "900021",
        "REDWATER",
        "Iron given into a vein for anaemia found before an operation by a pharmacist-led clinic",
        "Anaemia before major surgery doubles the need for transfusion. Pharmacists and nurses test for iron "
        "deficiency at the first surgical visit and randomise eligible adults to intravenous iron or to oral "
        "iron. Haemoglobin on the day of operation is the primary outcome; transfusion, infection, length of "
        "stay and fatigue are secondary. The transfusion laboratory supplies blood use directly. Operating "
        "theatre staff and haematologists oversee safety, and reactions to infusion are reported within a "
        "day.",
        (HAEMATOLOGY, SURGERY),
        INTERVENTIONAL,
        "Screen preoperative clinic lists, take consent, observe infusions, follow blood use with the "
        "laboratory and report reactions.",
        phase="Phase 4",
    ),
    DemoStudy(
        "900022",
        "SICKLE BRIDGE",
        "From children's to adult care with sickle cell disease: a peer and nurse programme",
        "Young people with sickle cell disease are most at risk of admission and death in the two years "
        "after they leave children's services. Five centres test a programme of peer mentors, a nurse "
        "navigator and pain plans on the phone, introduced in turn. Attendance, emergency visits for pain, "
        "time to analgesia and confidence in self-care are compared. Interviews explore racism and disbelief "
        "of pain in emergency departments. Community organisations share the running of the study and its "
        "money.",
        (HAEMATOLOGY, CHILDREN),
        INTERVENTIONAL,
        "Work with the nurse navigator, recruit at transition clinics, audit time to analgesia and support "
        "peer-led interviews.",
    ),
    DemoStudy(
        "900023",
        "FILIGREE",
        "Genome results in the neonatal unit: how families and staff live with rapid sequencing",
        "Rapid whole genome sequencing can explain an ill newborn within days, but a result brings hard "
        "choices. Parents, genetic counsellors, clinical scientists, neonatal nurses and doctors are "
        "interviewed and observed around the return of results in six units. The study traces how consent is "
        "sought from exhausted parents, how variants of uncertain significance are explained, and what is "
        "written in the notes. A registry records diagnostic yield and change of care during the first year.",
        (GENETICS, CHILDREN),
        OBSERVATIONAL,
        "Sit in on consent and result conversations, complete registry forms, check variant data with the "
        "laboratory and help in parent interviews.",
    ),
    DemoStudy(
        "900024",
        "KINDRED LINE",
        "Telling relatives about inherited heart and cancer risk: letters, calls or a web page",
        "Cascade testing for familial hypercholesterolaemia and hereditary breast cancer reaches fewer than "
        "half of the relatives who could benefit. Families are randomised to the usual letter handed on by "
        "the first patient, to a direct call by a genetic counsellor or nurse, or to a secure page in six "
        "languages. Uptake of predictive testing at six months, worry and family relations are compared. "
        "Clinical scientists provide pedigrees and results. Privacy and the duty to warn are examined with a "
        "citizens' panel.",
        (GENETICS, PRIMARY_CARE),
        INTERVENTIONAL,
        "Draw pedigrees, make supervised calls to relatives, maintain the consent record and analyse uptake by group.",
    ),
)
