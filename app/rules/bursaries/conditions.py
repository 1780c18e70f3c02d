"""What a call asks of whoever applies, and which of it somebody does not meet."""

import enum
from collections.abc import Collection
from dataclasses import dataclass

from app.models.bursaries.calls import BursaryCall, DoctorsAndDentists
from app.models.programmes import Level
from app.models.values.registration import Profession, Regulator
from app.rules.credit.entry import BEFORE

# The set of DOMAIN 1.1; a call may have another.
REGULATORS = (
    Regulator.NMC,
    Regulator.HCPC,
    Regulator.GDC,
    Regulator.GMC,
    Regulator.GOC,
    Regulator.GOSC,
    Regulator.GCC,
    Regulator.GPHC,
    Regulator.PSNI,
)
DOCTORS_AND_DENTISTS = frozenset({Profession.DOCTOR, Profession.DENTIST})


class Unmet(enum.Enum):
    """A condition that somebody who applies does not meet."""

    NO_ACCOUNT = "has no account as a learner any more"
    NOT_REGULATED = "is not registered with a regulator of the call"
    NO_NUMBER = "has not given a registration number"
    DOCTOR_OR_DENTIST = "is a doctor or dentist, and those do not count"
    NO_PLACE = "holds no place on a course of the level"
    PLACE_ELSEWHERE = "holds a place at another university"
    LEVEL_BEFORE = "has not passed the level before"
    FUNDED_BEFORE = "had a bursary for this level before"
    RETAKE = "takes the level again"


@dataclass(frozen=True)
class Applicant:
    """What is known of somebody: what she says, and what this service has on record."""

    takes_part: bool
    profession: Profession | None
    regulator: Regulator | None
    number: str
    programme_level: Level | None
    provider_id: int | None
    is_enrolled: bool
    place: str
    passed: Collection[Level]
    level_before: str
    was_funded: bool
    was_funded_here: bool
    is_retake: bool


def unmet_by(call: BursaryCall, applicant: Applicant) -> list[Unmet]:
    """The conditions that she does not meet, in the order of the questions; none where she may apply."""
    asked = (
        (Unmet.NO_ACCOUNT, not applicant.takes_part),
        (Unmet.NOT_REGULATED, not is_regulated(call, applicant)),
        (Unmet.NO_NUMBER, is_regulated(call, applicant) and not applicant.number),
        (Unmet.DOCTOR_OR_DENTIST, is_ruled_out_as_doctor(call, applicant.profession)),
        (Unmet.NO_PLACE, call.asks_place and not holds_place(call, applicant)),
        (Unmet.PLACE_ELSEWHERE, is_elsewhere(call, applicant)),
        (Unmet.LEVEL_BEFORE, call.asks_level_before and not has_level_before(call.level, applicant)),
        (Unmet.FUNDED_BEFORE, call.asks_first_funding and (applicant.was_funded or applicant.was_funded_here)),
        (Unmet.RETAKE, call.asks_first_funding and applicant.is_retake),
    )
    return [condition for condition, is_unmet in asked if is_unmet]


def is_regulated(call: BursaryCall, applicant: Applicant) -> bool:
    return applicant.regulator is not None and applicant.regulator.value in call.regulators


def is_ruled_out_as_doctor(call: BursaryCall, profession: Profession | None) -> bool:
    return profession in DOCTORS_AND_DENTISTS and call.doctors_and_dentists is DoctorsAndDentists.MAY_NOT_APPLY


def is_to_confirm(call: BursaryCall, profession: Profession | None) -> bool:
    """True of a doctor or dentist while the call has not said whether they count."""
    return profession in DOCTORS_AND_DENTISTS and call.doctors_and_dentists is DoctorsAndDentists.TO_CONFIRM


def holds_place(call: BursaryCall, applicant: Applicant) -> bool:
    """Enrolled on a course of the level, or offered a place on one in words that can be looked up."""
    return applicant.programme_level is call.level and (applicant.is_enrolled or bool(applicant.place))


def is_elsewhere(call: BursaryCall, applicant: Applicant) -> bool:
    """A university pays for courses of its own."""
    asked = call.provider_id is not None and applicant.provider_id is not None
    return asked and applicant.provider_id != call.provider_id


def has_level_before(level: Level, applicant: Applicant) -> bool:
    """A level is paid for once the one before it is passed: here, or elsewhere in words that can be looked up."""
    before = BEFORE[level]
    return before is None or before in applicant.passed or bool(applicant.level_before)
