"""What the demo prints of whole ways: who came to a master's degree, where each level was, and the dissertation."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.language.numbers import count, listed
from app.models.academic.dissertations import Dissertation
from app.models.people import Person
from app.models.programmes import Enrolment, Level, Programme
from app.rules.credit.held import held_of
from app.web.addresses import full_address


def about_whole_ways(session: Session) -> Iterator[str]:
    """A line for each learner whose dissertation has brought her a master's degree, and one for the dissertation."""
    learners = (
        select(Dissertation, Person)
        .join(Dissertation.enrolment)
        .join(Person, Person.id == Enrolment.learner_id)
        .options(joinedload(Dissertation.study))
        .order_by(Dissertation.id)
    )
    for dissertation, learner in session.execute(learners):
        enrolments = enrolments_of(session, learner)
        held = held_of(session, enrolments)
        complete = [one.programme for one in enrolments if held[one.id].is_complete]
        if Level.MSC not in {one.level for one in complete}:
            continue
        levels = listed([f"{one.level.value} at {one.provider.name}" for one in complete])
        total = sum(one.total for one in held.values())
        yield f"  {learner.name} has {count(total, 'credit')}: {levels}. See {full_address('ledgers.transcript.mine')}"
        rooted = f" on “{dissertation.study.title}”" if dissertation.study else ""
        yield f"    The dissertation{rooted}: “{dissertation.title}”. {learner.email} reads both."


def enrolments_of(session: Session, learner: Person) -> list[Enrolment]:
    """All of a learner, what she began first first."""
    hers = select(Enrolment).where(Enrolment.learner_id == learner.id)
    programme = joinedload(Enrolment.programme).joinedload(Programme.provider)
    return list(session.scalars(hers.options(programme).order_by(Enrolment.started_on, Enrolment.id)))
