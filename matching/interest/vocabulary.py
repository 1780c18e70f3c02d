"""Words that are no subject: what every study says, how people ask for things, what they are, and what says little."""

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

# What every study says of itself, and how people speak about wishing rather than what they wish for. The second and
# third kind are kept in an opening's text, where they may be the subject.
SAID_BY_EVERY_STUDY = """
aim aims day days differ hour hours investigate investigating know knowing knows make makes making minute minutes
month months participant participants patient patients people person purpose research studies study time times
week weeks year years
"""
SAID_WHEN_ASKING = """
able area areas ask asked asking asks aspect aspects background based besides career clinical come coming currently
deal dealing deals dealt decade develop drawn else employed enjoy enjoyed enjoys enthusiastic especially experience
experienced explore exploring fascinated field fields fond gain get getting glad good great happy healthcare help helped
helpful helping hope hoping hospital hospitals idea ideal ideally ideas interest interested interesting interests
involve involved involves involving job join joining keen kind kinds knowledge learn learning let like likely liked
likes look looking lot lots love loved loves mainly matter matters mean means meant medical mostly near new nhs nice
ok okay open opportunity option options particular particularly passion passionate please prefer preferably preference
preferences preferred probably project projects really right role say saying says see seeing seen sees skill skills
something sort sorts specialised specialising start started study stuff subject suit suitable suits sure take taking
team teams tell telling tells thank thanks theme themes thing things told topic topics trial trials try trying type
understand understanding uk various want wanted wanting wants way ways wish wishes work worked working works would
"""

# Nouns for what somebody is. Alone they are no wish; "nurse-led clinics" are.
WHO_ONE_IS = """
academic advisor allied assistant associate audiologist cardiologist clinician clinicians coordinator consultant
consultants dentist dentists dermatologist dietician dieticians dietitian dietitians doctor doctors geriatrician
graduate hygienist junior lecturer manager matron medic medics midwife midwives neurologist nurse nurses nutritionist
oncologist optometrist optometrists orthoptist orthoptists orthotist osteopath paediatrician paramedic paramedics
pathologist pharmacist pharmacists physician physicians physicist physicists physio physios physiologist
physiotherapist physiotherapists podiatrist podiatrists practitioner practitioners professional professionals
prosthetist psychiatrist psychiatrists psychologist psychologists psychotherapist qualified radiographer
radiographers radiologist radiologists registered registrar resident scientist scientists senior sonographer specialist
specialists student students supervisor surgeon surgeons technician technicians technologist therapist therapists
trainee trainees worker workers
"""
# Short for what somebody is only where she says so: "I am an OT"; elsewhere a subject.
SHORT_FOR_WHO_ONE_IS = "ahp gp hca odp ot slt"
LED = "led delivered run provided supported"

# Words that many studies of every kind have. Next to others they say something, alone they do not.
SAYS_LITTLE = """
acceptability access activity acute admission adult age analysis approach appropriate assess assessment association
barrier base benefit better body burden care cause cell challenge change chronic clinic collect combine common
community compare comparison complex condition control cost course daily data decision deliver delivery design
detect detection device diagnose diagnosis disease disorder dose drug early education effect effective effectiveness
efficacy environment evaluate evaluation evidence examine exposure factor family feasibility female follow
function group guideline health healthy high home human identify impact implement implementation improve
improvement increase individual information integrate intervention issue level life
live living local long low loss major male man manage management marker measure mechanism member
men method model monitor monitoring multiple national need normal novel number observational old older outcome
outpatient part performance phase physical pilot plan planning policy population practice prediction prevent
prevention primary problem procedure process product programme progress provide public quality randomised rate reach
read receive record recovery reduce register relation report require resource response result review risk routine safe
safety sample score screen screening self service setting severe severity simple single site small
social specific staff stage standard status strategy support survey symptom target technique
technology term test testing therapy tissue tool train training treat treatment unit use user value version ward woman
women young
"""

MEAN_SOMETHING_AT_A_BEDSIDE = {"cry", "fire", "move", "serious", "system", "thick", "thin"}
STOP_WORDS = ENGLISH_STOP_WORDS - MEAN_SOMETHING_AT_A_BEDSIDE | set(SAID_BY_EVERY_STUDY.split())
CONTRACTED = """
i'm i'd i've i'll we're we'd we've we'll it's that's there's what's he's she's they're you're don't doesn't didn't isn't
aren't wasn't weren't won't wouldn't can't couldn't shouldn't haven't hasn't hadn't
"""
WISH_STOP_WORDS = STOP_WORDS | set(f"{SAID_WHEN_ASKING} {CONTRACTED} {CONTRACTED.replace(chr(39), '’')}".split())
