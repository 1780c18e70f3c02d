"""Deeds with reasons of risk: somebody puts one aside until a day, and anybody who watches has it back."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.language.refusal import Overtaken, Refused
from app.models.course.acknowledged import Acknowledgement
from app.models.placements import Placement
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.rules.course.acknowledged import acknowledged_of, badness_of, is_put_aside
from app.rules.course.courses import risks_by_placement
from app.rules.course.risks import AtRisk, Risk
from app.rules.doubts import ask_about, doubts_about_text

LONGEST = timedelta(days=90)


def acknowledge(
    session: Session, occasion: Occasion, placement: Placement, risk: Risk, until_on: date, words: str, *, is_sure: bool
) -> Acknowledgement:
    """Put a reason aside until a day, that day included; all who watch over the placement see by whom and why.

    Raises Overtaken where the reason is gone, or somebody else put it aside meanwhile.
    """
    check_day(until_on, occasion.today)
    ask_about(doubts_about_text((words,), occasion.today), is_sure)
    hold(session, placement)
    reason = reason_of(session, placement, risk, occasion.today)
    if reason is None:
        raise Overtaken("This reason is gone by now, so there is nothing to put aside.")
    known = known_about(session, placement, risk, occasion.today)
    if known is not None and is_put_aside(reason, known, occasion.today):
        until = day_in_words(known.until_on)
        raise Overtaken(f"{known.by.name} has put this aside until {until}. Have it back first to change that.")
    assert occasion.actor is not None
    made = Acknowledgement(
        placement=placement,
        risk=risk.name,
        badness=badness_of(reason, occasion.today),
        until_on=until_on,
        words=words.strip(),
        by=occasion.actor,
        at=occasion.now,
    )
    session.add(made)
    details = {"risk": risk.value, "until": until_on.isoformat()}
    name = placement.learner.name
    record(session, occasion.actor, "put a reason of risk aside", placement, now=occasion.now, name=name, **details)
    return made


def have_back(session: Session, occasion: Occasion, placement: Placement, risk: Risk) -> None:
    """Let a reason need somebody again at once; raises Overtaken where it does already."""
    hold(session, placement)
    known = known_about(session, placement, risk, occasion.today)
    if known is None:
        raise Overtaken("This reason is not put aside any more.")
    assert occasion.actor is not None
    known.ended_at, known.ended_by_id = occasion.now, occasion.actor.id
    name = placement.learner.name
    record(
        session, occasion.actor, "had a reason of risk back", placement, now=occasion.now, name=name, risk=risk.value
    )


def check_day(until_on: date, today: date) -> None:
    last = today + LONGEST
    if not today < until_on <= last:
        days = f"from {day_in_words(today + timedelta(days=1))} to {day_in_words(last)}"
        raise Refused(f"The last day must be {days}.", "until_on")


def hold(session: Session, placement: Placement) -> None:
    """Let whoever puts aside or changes it meanwhile wait."""
    session.execute(select(Placement.id).where(Placement.id == placement.id).with_for_update())


def reason_of(session: Session, placement: Placement, risk: Risk, today: date) -> AtRisk | None:
    """The reason as it is today; None where the placement is not at risk for it."""
    found = risks_by_placement(session, today, Placement.id == placement.id).get(placement.id, [])
    return next((one for one in found if one.risk is risk), None)


def known_about(session: Session, placement: Placement, risk: Risk, today: date) -> Acknowledgement | None:
    return acknowledged_of(session, today, Placement.id == placement.id).get(placement.id, {}).get(risk)
