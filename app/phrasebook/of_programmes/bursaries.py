"""What a call for bursaries asks, and what somebody can do who does not meet it, in words."""

from app.models.bursaries.calls import BursaryCall, DoctorsAndDentists
from app.models.values.registration import Regulator
from app.rules.bursaries.conditions import Unmet
from app.rules.credit.entry import BEFORE

# To whoever applies: what is not met, and what she can do.
TO_APPLICANT: dict[Unmet, tuple[str, str]] = {
    Unmet.NO_ACCOUNT: (
        "Your account as a learner has ended.",
        "Ask the administrator of this service.",
    ),
    Unmet.NOT_REGULATED: (
        "Your regulator is not one of those of this call.",
        "If you are registered with one of them, change your answer. If not, ask your university what else there is.",
    ),
    Unmet.NO_NUMBER: ("Your registration number is missing.", "Enter it: it is on your regulator’s register."),
    Unmet.DOCTOR_OR_DENTIST: (
        "Doctors and dentists cannot apply to this call.",
        "Ask your university what else there is.",
    ),
    Unmet.NO_PLACE: (
        "You hold no place on a course of this level that you have told us of.",
        "Apply to the university first. Once it has offered you a place, come back and say when and how it did.",
    ),
    Unmet.PLACE_ELSEWHERE: (
        "Your course is at another university.",
        "This call pays for courses of its own university. Look for a call of yours.",
    ),
    Unmet.LEVEL_BEFORE: (
        "You have not passed the level before this one.",
        "A level is paid for once the one before it is passed. If you passed it elsewhere, say where and when.",
    ),
    Unmet.FUNDED_BEFORE: (
        "You had a bursary for this level before.",
        "Each level is paid for once. You can apply for the next level when you have passed this one.",
    ),
    Unmet.RETAKE: ("You take this level again.", "Retakes are not paid for. Ask your university what else there is."),
}


def who_may_apply(call: BursaryCall) -> list[str]:
    """The conditions of a call, each as a sentence; what is not said yet is left out."""
    names = ", ".join(Regulator(value).full_name for value in call.regulators)
    asked = [f"You are registered with one of these: {names}."]
    if call.doctors_and_dentists is not DoctorsAndDentists.TO_CONFIRM:
        asked.append(f"Doctors and dentists {call.doctors_and_dentists.value}.")
    if call.asks_place:
        where = f"{call.provider.name}" if call.provider else "any university with such a course"
        asked.append(f"You hold a place on a {call.level.value} course of {where}, or have been offered one.")
    before = BEFORE[call.level]
    if call.asks_level_before and before:
        asked.append(f"You have passed the {before.value}, or what is equivalent to it.")
    if call.asks_first_funding:
        asked.append(f"You had no bursary for the {call.level.value} before, and do not take it again.")
    if call.has_no_deferral:
        asked.append("You begin with the course that the bursary pays for: it cannot be kept for a later one.")
    return asked
