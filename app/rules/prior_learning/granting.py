"""What a claim may be granted: one judgement over plain facts, which the pages show and every decision asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.language.numbers import count
from app.language.refusal import Refused
from app.models.programmes import CREDITS_A_LEVEL
from app.rules.prior_learning.said import Said


@dataclass(frozen=True)
class Learning:
    """A source as it is judged; `left` is what no standing decision has used, and None of learning without credits."""

    id: int
    title: str
    level: int | None
    finished_on: date
    credits: int
    left: int | None
    used_at: Sequence[str] = ()
    is_lost: str = ""  # why its credit cannot be used at all, where it cannot


@dataclass(frozen=True)
class Room:
    """What an enrolment has without the claim: credits decided and recognised, and of the claim's module.

    `module_credits` is None where the claim is for credits of the level; `of_module` are those of it that are
    recognised already, `is_earned` whether the university has decided that they are earned.
    """

    decided: int
    recognised: int
    module_credits: int | None = None
    of_module: int = 0
    is_earned: bool = False

    @property
    def held(self) -> int:
        return min(self.decided + self.recognised, CREDITS_A_LEVEL)


@dataclass(frozen=True)
class Exemption:
    """Who allowed more than the cap, and where that stands."""

    by: str
    reference: str

    @property
    def is_whole(self) -> bool:
        return bool(self.by.strip() and self.reference.strip())


def field_of(learning_id: int) -> str:
    """The field of a form with the credits of one source."""
    return f"credits_{learning_id}"


def is_too_old(learning: Learning, said: Said, day: date) -> bool:
    """Older than the university takes as credit: then it counts as experience. Never where it has not said."""
    if said.age_years is None:
        return False
    year, month, date_ = (
        learning.finished_on.year + said.age_years,
        learning.finished_on.month,
        learning.finished_on.day,
    )
    return (year, month, date_) < (day.year, day.month, day.day)


def check_grant(
    asked: int, learnt: Sequence[Learning], uses: Mapping[int, int], said: Said, room: Room, exemption: Exemption
) -> int:
    """The credits that these uses, by the id of their source, come to; raises Refused at the field that is wrong."""
    for one in learnt:
        check_use(one, uses.get(one.id, 0), said)
    total = sum(uses.get(one.id, 0) for one in learnt)
    first = field_of(learnt[0].id) if learnt else ""
    if total < 1:
        raise Refused("Enter how many credits of at least one source count, or refuse the claim.", first)
    if total > asked:
        raise Refused(f"That is {total} credits, and the claim is for {asked}. Enter {asked} or fewer in all.", first)
    check_module(total, said, room, first)
    check_cap(total, said, room, exemption)
    if room.decided + room.recognised + total > CREDITS_A_LEVEL:
        raise Refused(
            f"With these the learner would have {room.decided + room.recognised + total} credits; a level has "
            f"{CREDITS_A_LEVEL}. Recognise {max(CREDITS_A_LEVEL - room.decided - room.recognised, 0)} at the most.",
            first,
        )
    return total


def check_use(one: Learning, number: int, said: Said) -> None:
    field = field_of(one.id)
    if number < 0:
        raise Refused(f"The credits of “{one.title}” must be 0 or more.", field)
    if not number:
        return
    if one.is_lost:
        raise Refused(one.is_lost, field)
    if said.lowest_level is not None and one.level is not None and one.level < said.lowest_level:
        raise Refused(
            f"“{one.title}” is at level {one.level}, and the university recognises {said.lowest_level} and above. "
            "Enter 0 for it.",
            field,
        )
    if one.left is not None and number > one.left:
        where = f" Used already: {'; '.join(one.used_at)}." if one.used_at else ""
        raise Refused(f"“{one.title}” has {count(one.left, 'credit')} left: the same credit counts once.{where}", field)
    if one.left is None and one.used_at:
        raise Refused(
            f"“{one.title}” was recognised already ({'; '.join(one.used_at)}), and the same learning counts once. "
            "Enter 0 for it.",
            field,
        )


def check_module(total: int, said: Said, room: Room, field: str) -> None:
    if room.module_credits is None:
        if said.is_whole_modules:
            raise Refused(
                "The university recognises whole modules only, and this claim is for credits of the level. Send it "
                "back, so that the learner can say for which module.",
            )
        return
    if room.is_earned:
        raise Refused("The credits of this module are earned already: a decision of the university stands.", field)
    left = room.module_credits - room.of_module
    if total > left:
        raise Refused(f"Of this module {count(left, 'credit')} can still be recognised. Enter no more in all.", field)
    if said.is_whole_modules and total != room.module_credits:
        raise Refused(
            f"The university recognises whole modules only: {room.module_credits} credits in all, or none.", field
        )


def check_cap(total: int, said: Said, room: Room, exemption: Exemption) -> None:
    if said.cap is None:
        raise Refused("How many credits the university recognises at this level is to be confirmed. State it first.")
    would_be = room.recognised + total
    if would_be <= said.cap:
        return
    if said.exempt_cap is None or said.exempt_cap <= said.cap:
        raise Refused(
            f"With these {would_be} credits would be recognised; at this level the university recognises "
            f"{said.cap} at the most."
        )
    if would_be > said.exempt_cap:
        raise Refused(
            f"With these {would_be} credits would be recognised; even with an exemption it is {said.exempt_cap} at the "
            "most."
        )
    if not exemption.is_whole:
        raise Refused(
            f"With these {would_be} credits would be recognised, more than the cap of {said.cap}. Say who gave the "
            "exemption, and its reference.",
            "exempted_by" if not exemption.by.strip() else "exemption_reference",
        )
