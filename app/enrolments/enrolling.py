"""Deeds at the beginning: a lead enrols a learner on a programme, and sets right what was noted with it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enrolments import mails
from app.language.refusal import Refused
from app.models.organisations import Organisation
from app.models.people import Person
from app.models.programmes import Enrolment
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.supervising.naming import Learner, name_supervisor
from app.rules.credit.entry import missing_level
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.enrolments.starts import Start
from app.rules.enrolments.waiting import waits_to_begin
from app.rules.programmes.standing import hold_programme


@dataclass(frozen=True)
class Around:
    """Where a learner works while she studies, and who pays, in a few words."""

    workplace: Organisation | None = None
    funder: str = ""


@dataclass(frozen=True)
class Entry:
    """How somebody begins; `equivalence` is what she has in place of the level before, `supervisor` who is named."""

    start: Start
    started_on: date
    around: Around
    equivalence: str = ""
    supervisor: Person | None = None


def enrol(
    session: Session, occasion: Occasion, person: Person, entry: Entry, *, is_sure: bool, is_asked: bool = False
) -> Enrolment:
    """Enrol a learner, and tell her; and whoever is named as her academic supervisor.

    `is_asked` is true where that answers what she has asked. Raises Refused where she is on the programme already or
    was, or waits for an answer about it, for a day that cannot be, and where she has not the level before and nobody
    says what she has in its place (rule C4).
    """
    start = entry.start
    programme = hold_programme(session, start.programme.id)
    refuse_twice(session, person, programme.id)
    if not is_asked and waits_to_begin(session, person.id, programme.id):
        raise Refused(f"{person.name} has asked for a place on it. Answer that, on your home page: it enrols.", "start")
    start.check_day(entry.started_on, occasion.today)
    ask_about(doubts_about_text((entry.around.funder, entry.equivalence), occasion.today), is_sure)
    missing = missing_level(session, person.id, programme)
    if missing and not entry.equivalence:
        raise Refused(
            f"{programme.title} needs a {missing.value}, and none of {person.name} is known here. Say what counts in "
            "its place, or let the learner record the award, and confirm it first.",
            "equivalence",
        )
    enrolment = Enrolment(
        learner_id=person.id,
        programme=programme,
        version=start.version_on(entry.started_on),
        in_cohort=start.cohort,
        started_on=entry.started_on,
        workplace=entry.around.workplace,
        funder=entry.around.funder,
        equivalence=entry.equivalence if missing else "",
    )
    session.add(enrolment)
    record(session, occasion.actor, "enrolled a learner", enrolment, now=occasion.now, name=person.name)
    queue_message(session, person.email, mails.enrolled(person, enrolment, occasion.home), occasion.now)
    if entry.supervisor is not None:
        session.flush()
        name_supervisor(session, occasion, [Learner(enrolment, person)], entry.supervisor, "", is_sure=is_sure)
    return enrolment


def refuse_twice(session: Session, person: Person, programme_id: int) -> None:
    """One enrolment for each learner and programme, for ever: whoever comes back goes on with it."""
    hers = (Enrolment.learner_id == person.id, Enrolment.programme_id == programme_id)
    known = session.scalar(select(Enrolment).where(*hers))
    if known is not None and known.ended_on is not None:
        raise Refused(f"{person.name} was on this programme before. Take {person.name} back on its page.", "start")
    if known is not None:
        raise Refused(f"{person.name} is on this programme already.", "start")


def change_details(
    session: Session, occasion: Occasion, enrolment: Enrolment, start: Start, around: Around, *, is_sure: bool
) -> None:
    """Set right the cohort, the workplace and the funder. Who changes cohort within a programme keeps her version."""
    ask_about(doubts_about_text((around.funder,), occasion.today), is_sure)
    if start.cohort and enrolment.version_id and start.cohort.version_id != enrolment.version_id:
        raise Refused("This cohort is on another version of the programme. Choose one of the learner’s own.", "start")
    enrolment.in_cohort, enrolment.cohort = start.cohort, "" if start.cohort else enrolment.cohort
    enrolment.workplace, enrolment.funder = around.workplace, around.funder
    record(session, occasion.actor, "changed the details of an enrolment", enrolment, now=occasion.now)
