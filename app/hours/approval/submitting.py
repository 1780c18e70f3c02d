"""Deeds of a learner with her drafts: submit those of a time, keep what was returned, say that a week had nothing."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.hours.approval import mails
from app.hours.approval.periods import Period
from app.hours.approval.queries import entries_in
from app.language.dates_and_times import day_in_words
from app.language.refusal import Overtaken, Refused
from app.models.hours import HoursEntry, HoursState, HoursSubmission
from app.models.placements import Placement
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.course.hours import HOURS, KEEP, SUBMIT, hold
from app.rules.doubts import ask_about, doubts_about_text, week_of
from app.rules.hours.verifiers import verifiers_of


def submit_period(
    session: Session, occasion: Occasion, placement: Placement, period: Period, address: str
) -> HoursSubmission:
    """Send all drafts of a time to those who verify them, who are told once each; what comes later is a submission of
    its own. Raises Overtaken where another page was faster.
    """
    actor = occasion.actor
    assert actor is not None
    shown = HoursEntry.id.in_([entry.id for entry in period.entries])
    drafts = session.scalars(
        entries_in(placement.id, HoursState.DRAFT)
        .where(shown)
        .order_by(None)
        .order_by(HoursEntry.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if len(drafts) < len(period.entries):
        raise Overtaken("Some of these entries were submitted, corrected or withdrawn meanwhile. Look at them again.")
    sent = HoursSubmission(
        placement_id=placement.id,
        first_day=period.first_day,
        last_day=period.last_day,
        submitted_at=occasion.now,
        says_none=False,
    )
    session.add(sent)
    session.flush()
    HOURS.move_all(session, drafts, SUBMIT, Party.LEARNER, actor, occasion.now)
    for entry in drafts:
        entry.submission_id = sent.id
    for reader in verifiers_of(session, placement, occasion.today):
        queue_message(session, reader.email, mails.submitted(reader, placement, drafts, address), occasion.now)
    return sent


def keep_returned(session: Session, occasion: Occasion, entry: HoursEntry, why: str, *, is_sure: bool) -> None:
    """Leave an entry that was returned as it is, and say why; it is a draft, and goes with the next submission."""
    ask_about(doubts_about_text((why,), occasion.today), is_sure)
    hold(session, entry)
    HOURS.move(session, entry, KEEP, Party.LEARNER, occasion.actor, occasion.now, reason=why)
    entry.submission_id = None


def say_none(session: Session, occasion: Occasion, placement: Placement, monday: date) -> HoursSubmission:
    """Note that a week had no hours; raises Refused where it had, or cannot have had any yet."""
    session.refresh(placement, ["state"], with_for_update=True)  # two pages say it once
    first, last = week_of(monday)
    if first > occasion.today or last < placement.starts_on or first > placement.ends_on:
        raise Refused("Choose a week of the placement that has begun.", "week")
    logged = (
        select(func.count())
        .select_from(HoursEntry)
        .where(
            HoursEntry.placement_id == placement.id,
            HoursEntry.worked_on.between(first, last),
            HoursEntry.withdrawn_at.is_(None),
        )
    )
    if session.scalar(logged):
        raise Refused(f"Hours are on the record of the week from {day_in_words(first)}.", "week")
    said = session.scalar(
        select(HoursSubmission).where(
            HoursSubmission.placement_id == placement.id, HoursSubmission.first_day == first, HoursSubmission.says_none
        )
    )
    if said:
        return said
    sent = HoursSubmission(
        placement_id=placement.id, first_day=first, last_day=last, submitted_at=occasion.now, says_none=True
    )
    session.add(sent)
    record(session, occasion.actor, "said that a week had no hours", sent, now=occasion.now, week=first.isoformat())
    return sent
