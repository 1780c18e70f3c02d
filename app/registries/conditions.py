"""Guesses NIHR specialties from the conditions of a study, for registries that do not use these specialties.

The table is our own derivation; no registry or network publishes one. Each entry is the beginning of a word
in lower case without accents, and a full stop closes the word ("eye." is not "eyewitness"). It was pruned on
the titles of the 2021 portfolio, whose specialties are known: about three guesses in four agree with them, and
the tests hold it to that. Specialties that are a way of working rather than a condition are guessed only where
the text says so.
"""

import re
from collections.abc import Iterable
from functools import cache

from app.language.folding import folded

CANCER, CHILDREN = "Cancer", "Children"

BEGINNINGS_OF_WORDS: dict[str, str] = {
    "Ageing": "ageing|aging|frail|sarcopeni|older people|older adult|elderly|falls.|geriatric",
    "Anaesthesia, Perioperative Medicine and Pain Management": (
        "anaesthe|anesthe|analges|perioperative|peri-operative|postoperative pain|post-operative pain|"
        "chronic pain|acute pain|pain, acute|pain, postop|pain management|nerve block|emergence delirium|"
        "neuropathic pain|intubation"
    ),
    CANCER: (
        "cancer|carcino|neoplas|tumor|tumour|leukaemi|leukemi|lymphom|melanom|sarcom|myelom|gliom|"
        "glioblastom|blastom|neuroblastom|retinoblastom|metasta|oncolog|malignan|mesotheliom|macroglobulin|"
        "myelodysplas|adenocarcinom|seminom|thymom"
    ),
    "Cardiovascular Disease": (
        "cardiac|cardio|heart|coronary|myocard|atrial|arrhythm|hypertens|hypotens|angina|aorta|aortic|"
        "aneurysm|thrombo|embolism|vascular|atheroscl|arteritis|peripheral arter|cholesterol|dyslipid|"
        "hyperlipid|hypercholesterol|ventric|fibrillation|tachycardi|varicose|venous|syncope"
    ),
    CHILDREN: ("child|paediatric|pediatric|infant|neonat|newborn|preterm|premature birth|prematur|kawasaki|toddler"),
    "Critical Care": (
        "critical care|critical illness|critically ill|intensive care|icu.|sepsis|septic|"
        "mechanical ventilation|ards.|acute respiratory distress|respiratory failure|cardiac arrest|"
        "resuscitat|organ failure|organ dysfunction"
    ),
    "Dementias and Neurodegeneration": (
        "dementia|alzheimer|parkinson|huntington|motor neuron|amyotrophic|mild cognitive|"
        "cognitive impairment|cognitive decline|neurodegener|lewy|multiple system atrophy|supranuclear|"
        "frontotemporal"
    ),
    "Dermatology": (
        "dermat|skin|eczema|psoria|acne|alopecia|vitiligo|urticari|melasma|hidradenitis|pemphig|rosacea|"
        "wart.|warts|keratosis|keloid|cellulitis|hyperhidros|prurit|scabies|epidermolys|lichen|cutaneous"
    ),
    "Diabetes": ("diabet|prediabet|insulin resist|hypoglycaem|hypoglycem|glucose intoler|hyperglycaem|hyperglycem"),
    "Ear, Nose and Throat": (
        "ear.|ears.|otitis|hearing|deaf|tinnitus|cochlear|sinusitis|rhinitis|rhinosinus|nose.|throat|"
        "tonsil|larynx|laryng|vestibul|vertigo|epistaxis|adenoid.|dysphonia|meniere"
    ),
    "Gastroenterology": (
        "gastroent|gastroesoph|gastro-oesoph|gastroint|gastropar|gastritis|bowel|crohn|colitis|coeliac|"
        "celiac|oesophagitis|esophagitis|barrett|reflux|constipat|diarrh|colonoscop|pancreatitis|irritable|"
        "dyspeps|helicobacter|haemorrhoid|hemorrhoid|anal fis|peptic|endoscop"
    ),
    "Genetics": (
        "genetic dis|genetic test|genetic counsel|genetic predis|hereditary|rare disease|fabry|gaucher|"
        "phenylketon|chromosom|muscular dystroph|lysosomal|mucopolysacch|neurofibromat|fragile x|"
        "genome sequenc"
    ),
    "Haematology": (
        "haemat|hematolog|haemophil|hemophil|anaemia|anemia|sickle|thalass|thrombocytop|von willebrand|"
        "bleeding disorder|transfus|neutropen|haemoglobinop|hemoglobinop|venous thromboemb|deep vein|"
        "polycythem|polycythaem|paroxysmal nocturnal|graft-versus|graft versus"
    ),
    "Health Services Research": (
        "quality of care|workforce|service delivery|delivery of health|health services research"
    ),
    "Hepatology": ("hepat|liver|cirrhos|biliary|cholang|nash.|nafld.|steatohep|portal hypert|bile duct|cholesta"),
    "Infection": (
        "infect|covid|sars.|influenza|hiv.|hiv-|tubercul|malaria|hepatitis b.|hepatitis c.|vaccin|"
        "immuni[sz]ation|pneumonia|sepsis|antimicrob|virus|viral|fungal|fungus|candid|clostrid|staphyl|"
        "herpes|dengue|chlamyd|gonorrh|syphilis|rsv.|meningococ|pneumococ|cytomegalo|zoster|measles|"
        "cholera|ebola|leishman|helminth|mrsa.|zika"
    ),
    "Mental Health": (
        "depress|anxi|mental|psychi|psychosis|psychoses|psychotic|psycholog|schizo|bipolar|suicid|"
        "self-harm|self harm|autis|adhd|attention deficit|ptsd|stress disorder|post-traumatic|"
        "posttraumatic|eating disorder|anorexia nerv|bulimi|obsessive|addict|substance use|substance abuse|"
        "drug use|alcohol|opioid use|cocaine|cannabis|psychological stress|stress, psych|insomnia|"
        "personality disorder|burnout|loneliness|panic|phobi|gambling|bereave|grief"
    ),
    "Metabolic and Endocrine Disorders": (
        "metabolic|endocrin|hypothyroid|hyperthyroid|graves|obes|pituitar|adrenal|cushing|acromegal|"
        "growth hormone|hypogonad|osteoporos|polycystic ov|hyperparathy|hypoparathy|lipodystroph|"
        "hypophosph|turner syndr|puberty"
    ),
    "Musculoskeletal Disorders": (
        "musculosk|arthrit|osteoarth|osteopor|rheumat|lupus|spondyl|back pain|fibromyalg|gout|tendon|"
        "tendin|knee|hip.|shoulder|scolio|joint|myosit|rotator|ligament|neck pain|plantar|meniscus|sjogren|"
        "sclerod|systemic scler|myofascial|carpal|epicondyl|orthop|polymyalg|disc hern|disk hern|"
        "arthroplast|cartilage"
    ),
    "Neurological Disorders": (
        "neurolog|epilep|seizure|migraine|headache|multiple scler|neuropath|spinal cord|guillain|myasthen|"
        "dystoni|narcolep|restless leg|hydroceph|encephal|meningit|neuralg|spinal muscular|ataxi|tremor|"
        "tourette|neuromyel|cerebral palsy|spastic|brain injur"
    ),
    "Ophthalmology": (
        "ophthalm|eye.|eyes.|ocular|glaucom|macular|retina|retino|cataract|cornea|myopi|uveit|visual|blind|"
        "keratoco|keratitis|conjunctiv|strabism|amblyop|optic neur|presbyop|blephar|intraocular|refractive|"
        "meibom"
    ),
    "Oral and Dental Health": (
        "dental|dentin|dentist|tooth|teeth|periodon|oral health|oral hyg|caries|gingiv|orthodon|edentul|"
        "malocclu|pulpitis|pulpot|endodon|molar.|molars.|denture|bruxism|xerostom|alveolar bone"
    ),
    "Primary Care": "primary care|primary health|general practi|family practice",
    "Public Health": "public health|health promotion|smoking|tobacco|physical inactiv|sedentary",
    "Renal Disorders": (
        "renal|kidney|dialys|nephro|nephritis|glomerul|haemodial|hemodial|peritoneal dial|iga neph|"
        "hyperkal|urolith|urolog|lower urinary|overactive bladder|prostatic hyperp|erectile|impotence"
    ),
    "Reproductive Health and Childbirth": (
        "pregnan|childbirth|labour.|labor.|birth|matern|obstet|gynaec|gynec|fertil|infertil|ivf.|"
        "contracept|endometrio|pre-eclamp|preeclamp|eclamp|postpartum|postnatal|caesarean|cesarean|"
        "miscarriage|abortion|menstru|dysmenorr|menopaus|perimenop|uterine|uterus|fibroid|polycystic ov|"
        "breastfeed|breast feed|lactation|antenatal|prenatal|fetal|foetal|placent|vagin|vulv|embryo|sperm|"
        "cervical ripen|sexual dysf|pelvic organ|pelvic floor"
    ),
    "Respiratory Disorders": (
        "respirat|asthma|copd|chronic obstructive|lung|pulmonary|bronch|cystic fibros|sleep apn|cough|"
        "airway|emphysem|pleur|sarcoid|dyspn|breathless|interstitial lung|croup|alpha-1|alpha 1 anti"
    ),
    "Stroke": (
        "stroke|cerebral infarct|transient isch|tia.|subarachnoid|intracerebral|intracranial h|"
        "cerebral haem|cerebral hem|aphasi|hemipleg|hemipar"
    ),
    "Surgery": (
        "surgery|surgical|hernia|appendi|cholecyst|laparosc|bariatric|anastomo|arthroplast|gallstone|cholelith"
    ),
    "Trauma and Emergency Care": (
        "trauma.|traumatic|fracture|head injur|brain injur|emergency|burn.|burns.|overdose|poison|"
        "snake bite|concuss|prehospital|pre-hospital|ambulance|haemorrhagic shock|hemorrhagic shock|"
        "out-of-hospital|major bleeding"
    ),
}


def specialties_from(phrases: Iterable[str]) -> tuple[str, ...]:
    """The specialties that conditions, or titles in their place, point to; in the order of the table, often none.

    A cancer of an organ belongs to Cancer and not to the organ's own specialty, as in the portfolio.
    """
    found: set[str] = set()
    for phrase in phrases:
        named = _named_in(folded(phrase))
        found |= named & {CANCER, CHILDREN} if CANCER in named else named
    return tuple(name for name in BEGINNINGS_OF_WORDS if name in found)


def _named_in(phrase: str) -> set[str]:
    return {name for name, pattern in _patterns().items() if pattern.search(phrase)}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: _pattern(words) for name, words in BEGINNINGS_OF_WORDS.items()}


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words.replace('.', chr(92) + 'b')})")
