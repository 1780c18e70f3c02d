"""Deeds about learners without a placement: one is put aside until a day, and whoever watches has it back."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.at_risk.service import check_day
from app.at_risk.unplaced import Unplaced, known_about
from app.language.dates_and_times import day_in_words
from app.language.refusal import Overtaken
from app.models.academic.unplaced import UnplacedAcknowledgement
from app.models.people import Person
from app.models.programmes import Enrolment
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.rules.doubts import ask_about, doubts_about_text


def put_aside(
    session: Session, occasion: Occasion, unplaced: Unplaced, until_on: date, words: str, *, is_sure: bool
) -> UnplacedAcknowledgement:
    """Put it aside until a day, that day included; all who watch over the learner see by whom and why.

    Raises Overtaken where somebody else put it aside meanwhile, Refused for a day that cannot be.
    """
    check_day(until_on, occasion.today)
    ask_about(doubts_about_text((words,), occasion.today), is_sure)
    hold(session, unplaced.enrolment)
    known = known_about(session, occasion.today, [unplaced.key]).get(unplaced.key)
    if known is not None and known.starts_by <= unplaced.starts_by:
        until = day_in_words(known.until_on)
        raise Overtaken(f"{known.by.name} has put this aside until {until}. Have it back first to change that.")
    assert occasion.actor is not None
    made = UnplacedAcknowledgement(
        enrolment=unplaced.enrolment,
        module=unplaced.module,
        starts_by=unplaced.starts_by,
        until_on=until_on,
        words=words.strip(),
        by_id=occasion.actor.id,
        at=occasion.now,
    )
    session.add(made)
    details = {"module": unplaced.module.id, "until": until_on.isoformat()}
    deed, name = "put a learner without a placement aside", unplaced.learner.name
    record(session, occasion.actor, deed, unplaced.enrolment, now=occasion.now, name=name, **details)
    return made


def have_back(session: Session, occasion: Occasion, enrolment: Enrolment, learner: Person, module_id: int) -> None:
    """Let it need somebody again at once; raises Overtaken where it does already."""
    hold(session, enrolment)
    known = known_about(session, occasion.today, [(enrolment.id, module_id)]).get((enrolment.id, module_id))
    if known is None:
        raise Overtaken("This is not put aside any more.")
    assert occasion.actor is not None
    known.ended_at, known.ended_by_id = occasion.now, occasion.actor.id
    deed = "had a learner without a placement back"
    record(session, occasion.actor, deed, enrolment, now=occasion.now, name=learner.name, module=module_id)


def hold(session: Session, enrolment: Enrolment) -> None:
    """Let whoever puts aside or has back meanwhile wait."""
    session.execute(select(Enrolment.id).where(Enrolment.id == enrolment.id).with_for_update())
