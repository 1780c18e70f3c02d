"""What the nurses and nursing associates of the demo are interested in."""

from app.demo import specialties as s
from app.demo.interests.persona import Persona, Practice
from app.demo.networks import Care
from app.models.values.registration import Profession

NURSE = Profession.NURSE
ASSOCIATE = Profession.NURSING_ASSOCIATE
HOSPITAL = Care.ACUTE
MIND = Care.MENTAL_HEALTH
CHILDREN = Care.CHILDREN
SURGERY = Practice.GENERAL_PRACTICE

PERSONAS = (
    Persona(
        NURSE,
        "Stroke specialist nurse",
        HOSPITAL,
        (s.STROKE, s.HEALTH_SERVICES, s.AGEING),
        "I carry the stroke bleep and too often find somebody nil by mouth the next morning because no one "
        "had screened their swallow. I want to be part of a trial that changes what happens in those first "
        "hours.",
    ),
    Persona(
        NURSE,
        "Ward manager, hyperacute stroke unit",
        HOSPITAL,
        (s.STROKE, s.CRITICAL_CARE),
        "We recruit to stroke trials on my unit, but always through the research nurses. I would like to "
        "learn consent and consultee agreement properly, so that nights and weekends are covered as well.",
    ),
    Persona(
        NURSE,
        "Community stroke nurse",
        HOSPITAL,
        (s.STROKE, s.PRIMARY_CARE, s.MENTAL_HEALTH),
        "My patients are told they had only a minor stroke, and then cannot face going back to work. Fatigue "
        "and anxiety after stroke are what I want to understand, ideally through interviews.",
    ),
    Persona(
        NURSE,
        "Heart failure specialist nurse",
        HOSPITAL,
        (s.CARDIOVASCULAR, s.RENAL),
        "I prescribe and titrate heart failure medicines in a nurse-led clinic. Potassium results, low blood "
        "pressure and people who never reach target dose are my daily bread and I would like to work on a "
        "trial about them.",
    ),
    Persona(
        NURSE,
        "Cardiac rehabilitation sister",
        HOSPITAL,
        (s.CARDIOVASCULAR, s.PUBLIC_HEALTH, s.DIABETES),
        "Half the people we invite to cardiac rehabilitation never come, and they are mostly the ones who "
        "need it most. I am interested in uptake, deprivation and registries.",
    ),
    Persona(
        NURSE,
        "Practice nurse",
        SURGERY,
        (s.PRIMARY_CARE, s.RESPIRATORY, s.CARDIOVASCULAR),
        "I run the asthma and COPD reviews in a practice that has never hosted a study. I want to see how a "
        "practice is set up for research, from the list search to the last follow-up form.",
    ),
    Persona(
        NURSE,
        "Advanced nurse practitioner, frailty",
        HOSPITAL,
        (s.AGEING, s.DEMENTIAS, s.PRIMARY_CARE),
        "I look after older people in hospital at home, where the tablets often do more harm than the "
        "illness. Studies of deprescribing, falls and delirium in people who lack capacity would suit me.",
    ),
    Persona(
        NURSE,
        "Admiral nurse",
        SURGERY,
        (s.DEMENTIAS, s.AGEING, s.MENTAL_HEALTH),
        "Families ask me about new blood tests for Alzheimer's disease and I have no honest answer yet. I "
        "want to learn how diagnosis studies are run and how a carer's experience is measured.",
    ),
    Persona(
        NURSE,
        "Critical care sister",
        HOSPITAL,
        (s.CRITICAL_CARE, s.ANAESTHESIA),
        "Delirium frightens our patients more than anything else we do to them. I would love to work on "
        "sedation, sleep or early mobilisation, and to learn how to approach a family in the middle of the "
        "night.",
    ),
    Persona(
        NURSE,
        "Critical care outreach nurse",
        HOSPITAL,
        (s.CRITICAL_CARE, s.INFECTION, s.TRAUMA),
        "I see sepsis on the wards before anybody has named it. Rapid tests, early antibiotics and what "
        "happens to people after intensive care interest me equally.",
    ),
    Persona(
        NURSE,
        "Emergency nurse practitioner",
        HOSPITAL,
        (s.TRAUMA, s.INFECTION, s.MENTAL_HEALTH),
        "Research stops at our front door because everyone is too busy. I want to find out how screening and "
        "consent can be done in an emergency department without making the queue longer.",
    ),
    Persona(
        NURSE,
        "Chemotherapy nurse",
        HOSPITAL,
        (s.CANCER, s.HAEMATOLOGY),
        "I give trial treatments every week but only ever see my part of the protocol. I would like to "
        "follow one study from consent to toxicity grading, preferably immunotherapy.",
    ),
    Persona(
        NURSE,
        "Macmillan colorectal nurse specialist",
        HOSPITAL,
        (s.CANCER, s.SURGERY, s.GASTROENTEROLOGY),
        "People lose weeks between diagnosis and surgery, when they could be getting fitter. "
        "Prehabilitation, and how we reach people who do not speak English, is what I would choose.",
    ),
    Persona(
        NURSE,
        "Community palliative care nurse",
        Practice.HOSPICE,
        (s.CANCER, s.PRIMARY_CARE, s.AGEING),
        "I have sat with many families giving the last injections at home. I would like to learn qualitative "
        "interviewing with bereaved carers, and how to keep them and myself safe while doing it.",
    ),
    Persona(
        NURSE,
        "Diabetes specialist nurse",
        HOSPITAL,
        (s.DIABETES, s.RENAL, s.METABOLIC),
        "Closed-loop insulin has changed my clinic in two years, yet the people with the worst hypos were "
        "last in line. I want to work on trials of technology and on who gets left out.",
    ),
    Persona(
        NURSE,
        "Dialysis charge nurse",
        HOSPITAL,
        (s.RENAL, s.CARDIOVASCULAR),
        "We weigh people three times a week and tell them off for drinking. A study of salt, thirst and "
        "fluid that is done at the chairside would make sense to my whole team.",
    ),
    Persona(
        NURSE,
        "Community mental health nurse",
        MIND,
        (s.MENTAL_HEALTH, s.PUBLIC_HEALTH),
        "The young people on my caseload put on two stone in their first year of antipsychotics. I want to "
        "be involved in research on physical health in psychosis, not only to talk about it in supervision.",
    ),
    Persona(
        NURSE,
        "Liaison psychiatry nurse",
        MIND,
        (s.MENTAL_HEALTH, s.TRAUMA),
        "I meet people in the emergency department on the worst night of their lives and then never hear of "
        "them again. Suicide prevention, safety planning and follow-up after self-harm matter most to me.",
    ),
    Persona(
        NURSE,
        "Charge nurse, acute psychiatric ward",
        MIND,
        (s.MENTAL_HEALTH, s.HEALTH_SERVICES),
        "Nobody asks what a ward is like at three in the afternoon with nothing to do. I am interested in "
        "ward activities, restraint and observation, and in capacity and consent on an acute ward.",
    ),
    Persona(
        NURSE,
        "Learning disability liaison nurse",
        HOSPITAL,
        (s.NEUROLOGICAL, s.HEALTH_SERVICES, s.MENTAL_HEALTH),
        "People with a learning disability are left out of almost every study I read. Epilepsy is the reason "
        "most of mine come to hospital, and I would like to help make a trial that includes them.",
    ),
    Persona(
        NURSE,
        "Sickle cell nurse specialist",
        HOSPITAL,
        (s.HAEMATOLOGY, s.CHILDREN, s.ANAESTHESIA),
        "My patients wait hours for pain relief because they are not believed. Time to analgesia and the "
        "move to adult services are what I want to change, and I want the community to own the study.",
    ),
    Persona(
        NURSE,
        "Dermatology nurse specialist",
        HOSPITAL,
        (s.DERMATOLOGY, s.CARDIOVASCULAR, s.MENTAL_HEALTH),
        "In my biologics clinic I see skin clear while blood pressure and mood go unasked. I would like to "
        "learn skin scoring to trial standard, and on every skin colour.",
    ),
    Persona(
        NURSE,
        "Inflammatory bowel disease nurse",
        HOSPITAL,
        (s.GASTROENTEROLOGY, s.HEPATOLOGY),
        "The question on my advice line is always the same: can I stop this drug now? I want to work on a "
        "trial of stopping biologics, and to see how flares are handled when a protocol is watching.",
    ),
    Persona(
        NURSE,
        "Hepatology nurse",
        HOSPITAL,
        (s.HEPATOLOGY, s.INFECTION, s.PUBLIC_HEALTH),
        "I take a portable scanner to hostels and alcohol services. Consent from someone who may be "
        "drinking, and finding people again afterwards, are the skills I want to learn well.",
    ),
    Persona(
        NURSE,
        "Ophthalmic nurse practitioner",
        Care.EYE,
        (s.OPHTHALMOLOGY, s.DIABETES),
        "Our glaucoma patients lose sight on the waiting list. I would like to be in a study of community "
        "review, and to learn about masked outcome measures.",
    ),
    Persona(
        NURSE,
        "Tissue viability nurse",
        HOSPITAL,
        (s.SURGERY, s.DERMATOLOGY, s.DIABETES),
        "I have photographed wounds for fifteen years and still argue about which are infected. Surgical "
        "site infection, and how it looks on black and brown skin, is the work I would like to do.",
    ),
    Persona(
        NURSE,
        "Research nurse, respiratory",
        HOSPITAL,
        (s.RESPIRATORY, s.INFECTION, s.PRIMARY_CARE),
        "I already deliver studies but have never led one. I want a mentor who will let me deputise, sit on "
        "the trial management group and see how a principal investigator thinks. Bronchiectasis and COPD by "
        "choice.",
    ),
    Persona(
        ASSOCIATE,
        "Nursing associate, care of older people",
        HOSPITAL,
        (s.AGEING, s.ORAL, s.STROKE),
        "I do the mouth care that others have no time for, and I am sure that it prevents pneumonia. I would "
        "like to help to prove it.",
    ),
    Persona(
        ASSOCIATE,
        "Nursing associate, general practice",
        SURGERY,
        (s.PRIMARY_CARE, s.DIABETES, s.PUBLIC_HEALTH),
        "I take bloods, check feet and know everybody on our diabetes list. I am new to research and would "
        "like to start with recruitment and follow-up in practices.",
    ),
    Persona(
        ASSOCIATE,
        "Nursing associate, community mental health",
        MIND,
        (s.MENTAL_HEALTH, s.PRIMARY_CARE),
        "I do the physical health checks in our clozapine clinic. Weight, smoking and loneliness are what "
        "people talk to me about while I take their blood pressure, so a study on any of these.",
    ),
    Persona(
        NURSE,
        "Infection prevention nurse",
        HOSPITAL,
        (s.INFECTION, s.PUBLIC_HEALTH, s.AGEING),
        "Care homes ring me about cloudy urine and I end up arguing about antibiotics. I would like to work "
        "on prescribing in homes, resistance, or rapid tests at the front door.",
    ),
    Persona(
        NURSE,
        "Endocrine specialist nurse",
        HOSPITAL,
        (s.METABOLIC, s.TRAUMA, s.DIABETES),
        "I teach people with adrenal insufficiency to inject hydrocortisone, and then hear that nobody gave "
        "it in the ambulance. I want to find out what happens on the day.",
    ),
    Persona(
        NURSE,
        "Epilepsy and neurology nurse specialist",
        HOSPITAL,
        (s.NEUROLOGICAL, s.MENTAL_HEALTH),
        "Functional seizures and weakness make up a third of my clinic and most of my worry. I want to see "
        "treatment tested as seriously as any drug.",
    ),
    Persona(
        NURSE,
        "Rheumatology nurse specialist",
        HOSPITAL,
        (s.MUSCULOSKELETAL, s.DERMATOLOGY, s.HEALTH_SERVICES),
        "Work is what people with joint disease talk about on my advice line. I would like a study that "
        "measures it, and an employer or two who will be interviewed.",
    ),
    Persona(
        NURSE,
        "Genomics lead nurse",
        HOSPITAL,
        (s.GENETICS, s.CANCER, s.CARDIOVASCULAR),
        "I draw family trees and write letters that relatives never answer. How to tell a family about "
        "inherited risk, fairly and in their own language, is what I would study.",
    ),
)
