"""Health and care professions, who regulates each, and how a register writes its numbers.

The patterns say what a number looks like, never that a person is on the register: show `FORMAT_ONLY` beside a number
that was accepted. A number is always optional, because the programme is open to people without a regulated profession.
"""

import enum
import re
from dataclasses import dataclass

from app.models.values.typed import compact

FORMAT_ONLY = "We check only how the number is written, not the register itself."


class Regulator(enum.Enum):
    """A body that keeps a register; the value is the abbreviation people use."""

    GMC = "GMC"
    NMC = "NMC"
    HCPC = "HCPC"
    GPHC = "GPhC"
    PSNI = "PSNI"
    GDC = "GDC"
    GOC = "GOC"
    GOSC = "GOsC"
    GCC = "GCC"
    SWE = "SWE"

    @property
    def full_name(self) -> str:
        return _REGULATOR_NAMES[self]


_REGULATOR_NAMES = {
    Regulator.GMC: "General Medical Council",
    Regulator.NMC: "Nursing and Midwifery Council",
    Regulator.HCPC: "Health and Care Professions Council",
    Regulator.GPHC: "General Pharmaceutical Council",
    Regulator.PSNI: "Pharmaceutical Society of Northern Ireland",
    Regulator.GDC: "General Dental Council",
    Regulator.GOC: "General Optical Council",
    Regulator.GOSC: "General Osteopathic Council",
    Regulator.GCC: "General Chiropractic Council",
    Regulator.SWE: "Social Work England",
}


class Profession(enum.Enum):
    """What a person is by profession; the value reads after "a" or "an" in a sentence."""

    ANAESTHESIA_ASSOCIATE = "anaesthesia associate"
    ARTS_THERAPIST = "arts therapist"
    BIOMEDICAL_SCIENTIST = "biomedical scientist"
    CHIROPODIST_OR_PODIATRIST = "chiropodist or podiatrist"
    CHIROPRACTOR = "chiropractor"
    CLINICAL_SCIENTIST = "clinical scientist"
    DENTAL_CARE_PROFESSIONAL = "dental care professional"
    DENTIST = "dentist"
    DIETITIAN = "dietitian"
    DISPENSING_OPTICIAN = "dispensing optician"
    DOCTOR = "doctor"
    HEARING_AID_DISPENSER = "hearing aid dispenser"
    MIDWIFE = "midwife"
    NURSE = "nurse"
    NURSING_ASSOCIATE = "nursing associate"
    OCCUPATIONAL_THERAPIST = "occupational therapist"
    OPERATING_DEPARTMENT_PRACTITIONER = "operating department practitioner"
    OPTOMETRIST = "optometrist"
    ORTHOPTIST = "orthoptist"
    OSTEOPATH = "osteopath"
    PARAMEDIC = "paramedic"
    PHARMACIST = "pharmacist"
    PHARMACY_TECHNICIAN = "pharmacy technician"
    PHYSICIAN_ASSOCIATE = "physician associate"
    PHYSIOTHERAPIST = "physiotherapist"
    PRACTITIONER_PSYCHOLOGIST = "practitioner psychologist"
    PROSTHETIST_OR_ORTHOTIST = "prosthetist or orthotist"
    RADIOGRAPHER = "radiographer"
    SOCIAL_WORKER = "social worker"
    SPEECH_AND_LANGUAGE_THERAPIST = "speech and language therapist"
    OTHER = "another health or care role"

    @property
    def label(self) -> str:
        """How the profession stands in a list or a form."""
        return self.value[0].upper() + self.value[1:]

    @property
    def regulators(self) -> tuple[Regulator, ...]:
        """Who may register this profession, the usual one first; empty for a role that nobody regulates."""
        return _REGULATORS[self]


HCPC_PREFIXES = {
    Profession.ARTS_THERAPIST: "AS",
    Profession.BIOMEDICAL_SCIENTIST: "BS",
    Profession.CHIROPODIST_OR_PODIATRIST: "CH",
    Profession.CLINICAL_SCIENTIST: "CS",
    Profession.DIETITIAN: "DT",
    Profession.HEARING_AID_DISPENSER: "HAD",
    Profession.OPERATING_DEPARTMENT_PRACTITIONER: "ODP",
    Profession.ORTHOPTIST: "OR",
    Profession.OCCUPATIONAL_THERAPIST: "OT",
    Profession.PARAMEDIC: "PA",
    Profession.PHYSIOTHERAPIST: "PH",
    Profession.PROSTHETIST_OR_ORTHOTIST: "PO",
    Profession.PRACTITIONER_PSYCHOLOGIST: "PYL",
    Profession.RADIOGRAPHER: "RA",
    Profession.SPEECH_AND_LANGUAGE_THERAPIST: "SL",
}
ASSOCIATES = frozenset({Profession.PHYSICIAN_ASSOCIATE, Profession.ANAESTHESIA_ASSOCIATE})

_REGULATORS: dict[Profession, tuple[Regulator, ...]] = {
    **dict.fromkeys(HCPC_PREFIXES, (Regulator.HCPC,)),
    **dict.fromkeys((Profession.DOCTOR, *ASSOCIATES), (Regulator.GMC,)),
    **dict.fromkeys((Profession.NURSE, Profession.MIDWIFE, Profession.NURSING_ASSOCIATE), (Regulator.NMC,)),
    Profession.PHARMACIST: (Regulator.GPHC, Regulator.PSNI),
    Profession.PHARMACY_TECHNICIAN: (Regulator.GPHC,),
    **dict.fromkeys((Profession.DENTIST, Profession.DENTAL_CARE_PROFESSIONAL), (Regulator.GDC,)),
    **dict.fromkeys((Profession.OPTOMETRIST, Profession.DISPENSING_OPTICIAN), (Regulator.GOC,)),
    Profession.OSTEOPATH: (Regulator.GOSC,),
    Profession.CHIROPRACTOR: (Regulator.GCC,),
    Profession.SOCIAL_WORKER: (Regulator.SWE,),
    Profession.OTHER: (),
}


class BadRegistrationNumber(ValueError):
    """The number cannot stand as written; the message is a sentence fit to show."""


@dataclass(frozen=True)
class _Form:
    """How a register writes its numbers, as a pattern and in words."""

    pattern: re.Pattern[str]
    wording: str


_FORMS = {
    Regulator.GMC: _Form(re.compile("[0-9]{7}|L[0-9]{6}"), "seven digits, or L and six digits, for example 1234567"),
    Regulator.NMC: _Form(
        re.compile("[0-9]{2}[A-Z][0-9]{4}[A-Z]"),
        "two digits, a letter, four digits and a letter, for example 12A3456B",
    ),
    Regulator.HCPC: _Form(
        re.compile(f"(?:{'|'.join(HCPC_PREFIXES.values())})[0-9]{{1,6}}"),
        "the letters of the profession and up to six digits, for example PH123456",
    ),
    Regulator.GPHC: _Form(re.compile("[0-9]{7}"), "seven digits, for example 2012345"),
}
# Registers whose form we know too little of to refuse a number: these only warn (rules P5 and P6).
_USUAL_FORMS = {
    Regulator.GOC: _Form(re.compile("[0-9]{2}-[0-9]{5}"), "two digits, a hyphen and five digits"),
    Regulator.GDC: _Form(re.compile("[0-9]{1,6}"), "up to six digits"),
    Regulator.GOSC: _Form(re.compile("[0-9]+"), "digits only"),
    Regulator.GCC: _Form(re.compile("[0-9]+"), "digits only"),
    Regulator.SWE: _Form(re.compile("SW[0-9]+"), "SW and digits"),
    Regulator.PSNI: _Form(re.compile("[0-9]+"), "digits only"),
}
# The GMC gives associates a number that begins with A, so that nobody takes them for doctors:
# https://www.gmc-uk.org/news/news-archive/gmc-reference-numbers-for-pas-and-aas
_ASSOCIATE_NUMBER = re.compile("A[0-9]{7}")
_ANY_NUMBER = re.compile("(?=.*[0-9])[A-Z0-9-]{1,20}")


def check_registration_number(profession: Profession, regulator: Regulator, text: str) -> str:
    """The number as it is stored: upper case, without spaces, a GMC consultant code without its C.

    Raises BadRegistrationNumber when the regulator does not register the profession, the form is wrong where the form
    is known (rules P1 to P4), or nothing like a number was typed. `registration_warnings` says what is merely odd.
    """
    _require_registered_by(profession, regulator)
    number = compact(text)
    if not number:
        raise BadRegistrationNumber(f"Enter the {regulator.value} number, or leave it out.")
    if regulator is Regulator.GMC and re.fullmatch("C[0-9]{7}", number):
        number = number[1:]
    _require_form(profession, regulator, number)
    if regulator is Regulator.HCPC:
        _require_prefix_of(profession, number)
    return number


def registration_warnings(profession: Profession, regulator: Regulator, number: str) -> list[str]:
    """What looks odd in a number that `check_registration_number` returned; sentences fit to show, none that block."""
    usual = _USUAL_FORMS.get(regulator)
    if usual and not usual.pattern.fullmatch(number):
        return [f"{number} looks unusual: most {regulator.value} numbers are {usual.wording}. Check it."]
    if regulator is Regulator.GPHC and profession is Profession.PHARMACIST and not number.startswith("2"):
        return [f"{number} looks unusual: most numbers of pharmacists begin with 2. Check it."]
    if profession in ASSOCIATES and not _ASSOCIATE_NUMBER.fullmatch(number):
        return [f"{number} looks unusual: the GMC puts an A before the numbers of associates. Check it."]
    return []


def _require_registered_by(profession: Profession, regulator: Regulator) -> None:
    if regulator in profession.regulators:
        return
    if not profession.regulators:
        raise BadRegistrationNumber("No regulator keeps a register for this role, so leave the number out.")
    right = " or ".join(f"{one.full_name} ({one.value})" for one in profession.regulators)
    raise BadRegistrationNumber(
        f"The {regulator.value} does not register {_with_article(profession)}: choose the {right}."
    )


def _require_form(profession: Profession, regulator: Regulator, number: str) -> None:
    if profession in ASSOCIATES and _ASSOCIATE_NUMBER.fullmatch(number):
        return
    form = _FORMS.get(regulator)
    if form is None and not _ANY_NUMBER.fullmatch(number):
        raise BadRegistrationNumber(
            f"{regulator.value} numbers are digits, some with letters, 20 at most. You gave “{number[:30]}”."
        )
    if form and not form.pattern.fullmatch(number):
        raise BadRegistrationNumber(
            f"{regulator.value} numbers are {_wording(profession, form)}. You gave “{number[:30]}”."
        )


def _wording(profession: Profession, form: _Form) -> str:
    """The form in words, with the letters of the person's own profession where the register has some."""
    if profession in ASSOCIATES:
        return "A and seven digits, for example A1234567"
    prefix = HCPC_PREFIXES.get(profession)
    return f"{prefix} and up to six digits, for example {prefix}12345" if prefix else form.wording


def _require_prefix_of(profession: Profession, number: str) -> None:
    letters = number.rstrip("0123456789")
    expected = HCPC_PREFIXES[profession]
    if letters != expected:
        owner = next(one for one, prefix in HCPC_PREFIXES.items() if prefix == letters)
        raise BadRegistrationNumber(
            f"{number} is the number of {_with_article(owner)}, and you chose {_with_article(profession)}, "
            f"whose numbers begin with {expected}. Change the number or the profession."
        )


def _with_article(profession: Profession) -> str:
    if profession is Profession.OTHER:
        return profession.value
    return f"{'an' if profession.value[0] in 'aeiou' else 'a'} {profession.value}"
