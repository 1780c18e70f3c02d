"""The deed of a mentor with what was submitted: she verifies what she has read, and returns the rest with words."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.hours.approval import mails
from app.language.refusal import Overtaken, Refused
from app.models.hours import HoursEntry, HoursState
from app.models.placements import Placement
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.course.hours import HOURS, RETURN, VERIFY
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.hours.verifiers import verifies


def decide_lines(
    session: Session,
    occasion: Occasion,
    placement: Placement,
    verified: Collection[int],
    returned: Mapping[int, str],
    address: str,
    *,
    is_sure: bool,
) -> None:
    """Verify the entries with some ids and return others with words for each; their learner is told once.

    An id stands for what was read: whatever is corrected has another one. Raises Overtaken where any of them was
    changed or decided meanwhile, or the placement has gone on with another mentor; then nothing is decided.
    """
    mentor = occasion.actor
    assert mentor is not None
    if mentor.id == placement.learner_id or not verifies(session, placement, mentor, occasion.today):
        raise Overtaken("The placement has gone on with another mentor, who verifies these hours now.")
    if not verified and not returned:
        raise Refused("Tick what you have read and find right, or write beside an entry what is not.")
    ask_about(doubts_about_text(returned.values(), occasion.today), is_sure)
    entries = held_lines(session, placement, {*verified, *returned})
    right = [entry for entry in entries if entry.id in verified]
    HOURS.move_all(
        session, right, VERIFY, Party.MENTOR, mentor, occasion.now, details_of=lambda entry: {"digest": entry.digest}
    )
    for entry in right:
        entry.verify(mentor, occasion.now)
    wrong = [entry for entry in entries if entry.id in returned]
    for entry in wrong:
        HOURS.move(session, entry, RETURN, Party.MENTOR, mentor, occasion.now, reason=returned[entry.id])
    learner = placement.learner
    if learner.is_active:
        said = [(entry, returned[entry.id]) for entry in wrong]
        queue_message(session, learner.email, mails.decided(learner, mentor, len(right), said, address), occasion.now)


def held_lines(session: Session, placement: Placement, ids: Collection[int]) -> list[HoursEntry]:
    """The entries, which nobody else changes until this is done; in the order of their days."""
    statement = (
        select(HoursEntry)
        .where(HoursEntry.id.in_(ids), HoursEntry.placement_id == placement.id)
        .order_by(HoursEntry.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = session.scalars(statement).all()
    if len(found) < len(ids) or any(entry.state is not HoursState.SUBMITTED for entry in found):
        raise Overtaken(
            "Some of what you read was corrected, withdrawn or decided while this page was open. Nothing was saved: "
            "look at the entries again."
        )
    return sorted(found, key=lambda entry: (entry.worked_on, entry.id))
