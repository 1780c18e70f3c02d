"""Clinical phrases that say the same in other words: abbreviations, learned and plain names, professions."""

# One line is one meaning. Kept short on purpose: an abbreviation with two common readings (PPI, CHD, ABI) is
# left out, since a false likeness in an explanation costs more trust than a missed one. Spelling and endings
# need no line (words.py takes care of oedema/edema, child/children). A phrase may stand on several lines.
SAME_MEANING = """
A&E | accident and emergency | emergency department | emergency medicine | emergency care
ACS | acute coronary syndrome
ADHD | attention deficit hyperactivity disorder
AF | atrial fibrillation
AHP | allied health professional
AKI | acute kidney injury
AMD | macular degeneration
AMR | antimicrobial resistance | antibiotic resistance
ARDS | acute respiratory distress syndrome
ASD | autism | autistic
BP | blood pressure
BPH | benign prostatic hyperplasia
CAMHS | child and adolescent mental health
CBT | cognitive behavioural therapy | cognitive behaviour therapy
CF | cystic fibrosis
CFS | ME/CFS | chronic fatigue | myalgic encephalomyelitis
CKD | chronic kidney disease
COPD | chronic obstructive pulmonary disease | chronic obstructive airways disease
COVID | COVID-19 | SARS-CoV-2 | coronavirus
CPAP | continuous positive airway pressure
CVD | cardiovascular disease
DVT | deep vein thrombosis | VTE | venous thromboembolism
ECMO | extracorporeal membrane oxygenation
ENT | ear nose and throat | otolaryngology
GP | general practice | general practitioner | primary care | family medicine
HF | heart failure | cardiac failure
HIV | human immunodeficiency virus
IBD | inflammatory bowel disease | Crohn | ulcerative colitis
IBS | irritable bowel
ICU | ITU | intensive care | critical care | critically ill
IHD | ischaemic heart disease | coronary heart disease | coronary artery disease
IVF | in vitro fertilisation
LD | learning disability | intellectual disability
MI | myocardial infarction | heart attack
MND | motor neurone disease | motor neuron disease | ALS | amyotrophic lateral sclerosis
MRI | magnetic resonance
MS | multiple sclerosis
MSK | musculoskeletal
NICU | neonatal | neonate | newborn | preterm | premature infant
NSCLC | non-small cell lung cancer
OA | osteoarthritis
OCD | obsessive compulsive disorder
OT | occupational therapy | occupational therapist
PAH | pulmonary arterial hypertension
PCOS | polycystic ovary
PE | pulmonary embolism
PTSD | post traumatic stress | posttraumatic stress
QoL | quality of life
RA | rheumatoid arthritis
RCT | randomised controlled trial | randomised trial
SLE | lupus
SLT | speech and language therapy | speech and language therapist | speech therapy | speech pathology
T1D | T1DM | type 1 diabetes | diabetes mellitus type 1
T2D | T2DM | type 2 diabetes | diabetes mellitus type 2
TB | tuberculosis
TBI | traumatic brain injury | head injury
TIA | transient ischaemic attack
UTI | urinary tract infection
adolescent | young people | teenager
alcohol | drinking
anaesthesia | anaesthetic | perioperative
anxiety | anxious
blood | haematology | haematological
bone | skeletal
bowel | intestinal | intestine | gut
brain | cerebral
breastfeeding | breast feeding | lactation
baby | infant
cancer | oncology | oncologist | tumour | neoplasm | malignancy | carcinoma
child | childhood | paediatric | paediatrician
dementia | Alzheimer | cognitive impairment
dentistry | dental | oral health
depression | depressive
diabetes | diabetic
dietitian | dietetics | nutrition | dietary
eczema | atopic dermatitis
epilepsy | epileptic | seizure
exercise | physical activity
eye | ophthalmology | ocular | vision | sight
genetics | genetic | genomic
head and neck | H&N
heart | cardiac | cardiology | cardiovascular
hypertension | hypertensive | high blood pressure
infertility | subfertility | fertility
kidney | renal | nephrology
liver | hepatic | hepatology
lung | pulmonary | respiratory
mental health | psychiatry | psychiatric | mental illness
midwife | midwifery
nurse | nursing
obesity | obese | overweight | weight loss
older people | older adults | elderly | geriatric | frail | frailty
palliative | end of life | hospice
patient and public involvement | patient involvement | public involvement
patient experience | experiences of care | experience of care | lived experience
pharmacist | pharmacy
physiotherapy | physiotherapist | physical therapy
podiatry | podiatrist
postnatal | postpartum
pregnancy | pregnant | antenatal | obstetric | maternal | maternity
pressure ulcer | pressure sore | pressure injury
psychosis | psychotic | schizophrenia
rehabilitation | rehab
return to work | vocational rehabilitation
sepsis | septic
skin | dermatology | dermatological | cutaneous
sleep | insomnia
smoking | tobacco | cigarette | nicotine
stomach | gastric
stroke | cerebrovascular
surgery | surgical
vaccine | vaccination | immunisation
"""
