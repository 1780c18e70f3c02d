"""What can become of an hours entry: who may move it from which state; and the moves that several features make."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words, hours_and_minutes
from app.language.refusal import Overtaken
from app.models.hours import HoursEntry, HoursState
from app.models.people import Person
from app.platform.lifecycle import Lifecycle, Move, Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.course import mails
from app.promises.sign_offs.changed import end_what_covers
from app.rules.doubts import ask_about, doubts_about_text

CORRECT, WITHDRAW, SUBMIT = "corrected hours", "withdrew hours", "submitted hours"
KEEP, VERIFY, RETURN, REOPEN = "kept returned hours", "verified hours", "returned hours", "reopened hours"
COUNT_AS_SESSION = "counted hours as a session"

DEEDS_IN_WORDS = {
    CORRECT: "Corrected",
    WITHDRAW: "Withdrawn",
    SUBMIT: "Submitted",
    KEEP: "Kept as it is",
    VERIFY: "Verified",
    RETURN: "Returned",
    REOPEN: "Reopened",
    COUNT_AS_SESSION: "Withdrawn, because it counts as a session",
}

DRAFT, SUBMITTED = frozenset({HoursState.DRAFT}), frozenset({HoursState.SUBMITTED})
RETURNED, VERIFIED = frozenset({HoursState.RETURNED}), frozenset({HoursState.VERIFIED})
UNDECIDED = DRAFT | SUBMITTED | RETURNED
LEARNER, MENTOR = frozenset({Party.LEARNER}), frozenset({Party.MENTOR})

HOURS = Lifecycle(
    "entry",
    (
        Move(CORRECT, UNDECIDED, HoursState.WITHDRAWN, LEARNER),
        Move(WITHDRAW, UNDECIDED, HoursState.WITHDRAWN, LEARNER),
        Move(SUBMIT, DRAFT, HoursState.SUBMITTED, LEARNER),
        # What her mentor returned is right all the same: she says why, and submits it again.
        Move(KEEP, RETURNED, HoursState.DRAFT, LEARNER, needs_reason=True),
        Move(VERIFY, SUBMITTED, HoursState.VERIFIED, MENTOR),
        Move(RETURN, SUBMITTED, HoursState.RETURNED, MENTOR, needs_reason=True),
        Move(REOPEN, VERIFIED, HoursState.RETURNED, MENTOR | {Party.PROGRAMME_LEAD}, needs_reason=True),
        # The same meeting stands on the record as a session, which counts by itself.
        Move(COUNT_AS_SESSION, UNDECIDED | VERIFIED, HoursState.WITHDRAWN, frozenset({Party.SERVICE}), True),
    ),
    enter=HoursEntry.enter,
)


def hold(session: Session, entry: HoursEntry) -> None:
    """Let whoever moves the entry meanwhile wait, and read what became of it."""
    columns = ["state", "withdrawn_at", "submission_id", "verified_at", "verified_by_id", "verified_digest"]
    session.refresh(entry, columns, with_for_update=True)


def require_unlocked(entry: HoursEntry) -> None:
    """Raise Overtaken where the mentor has verified it: nothing that was verified changes under her name."""
    if entry.state is HoursState.VERIFIED:
        raise Overtaken(
            "Your mentor has verified this entry, so it is locked. If it is wrong, ask your mentor to reopen it."
        )


def count_as_session(session: Session, actor: Person, entries: Sequence[HoursEntry], why: str, now: datetime) -> None:
    """Withdraw what a learner logged of a meeting that is on the record as a session; what was withdrawn stays so."""
    for entry in sorted(entries, key=lambda one: one.id):
        hold(session, entry)
        if entry.state is not HoursState.WITHDRAWN:
            verified_at = entry.verified_at
            HOURS.move(session, entry, COUNT_AS_SESSION, Party.SERVICE, actor, now, reason=why, minutes=entry.minutes)
            end_sign_off_over(session, actor, entry, verified_at, "count as a session now", now)


def reopen(
    session: Session, occasion: Occasion, entry: HoursEntry, party: Party, reason: str, address: str, *, is_sure: bool
) -> None:
    """Unlock a verified entry, so that its learner can change it; both are told why.

    Raises Overtaken where it is not verified by now, and Refused without a reason or to ask about it.
    """
    actor = occasion.actor
    assert actor is not None
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    hold(session, entry)
    verified_by, verified_at = entry.verified_by, entry.verified_at
    HOURS.move(session, entry, REOPEN, party, actor, occasion.now, reason=reason, minutes=entry.minutes)
    end_sign_off_over(session, actor, entry, verified_at, "were reopened", occasion.now)
    readers = [entry.placement.learner, *([verified_by] if verified_by else ())]
    for reader in {one.id: one for one in readers}.values():
        if reader.is_active:
            mail = mails.hours_reopened(reader, entry, actor, reason, address)
            queue_message(session, reader.email, mail, occasion.now)


def end_sign_off_over(
    session: Session, actor: Person, entry: HoursEntry, verified_at: datetime | None, what: str, now: datetime
) -> None:
    """Nothing that was signed off rests on hours that count no longer as they did; what nobody had verified is none."""
    why = f"{hours_and_minutes(entry.minutes)} of {day_in_words(entry.worked_on)} {what}."
    end_what_covers(session, actor, entry.placement, verified_at, why, now)
