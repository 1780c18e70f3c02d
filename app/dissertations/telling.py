"""Who is told of a dissertation: its learner, and whoever supervises her for the university."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.dissertations import mails
from app.models.academic.dissertations import Dissertation, Milestone
from app.models.people import Person
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.rules.academic.supervisors import assignments_of, supervisors_at


def supervisors_of(session: Session, dissertation: Dissertation) -> Sequence[Person]:
    """The learner's academic supervisor; while nobody is named, all of the university."""
    enrolment = dissertation.enrolment
    named = assignments_of(session, [enrolment.id]).get(enrolment.id)
    everybody = supervisors_at(session, [enrolment.programme.provider_id])
    return [named.supervisor] if named else [one for one in everybody if one.id != enrolment.learner_id]


def tell_sent(session: Session, occasion: Occasion, dissertation: Dissertation) -> None:
    learner = occasion.actor
    assert learner is not None
    for supervisor in supervisors_of(session, dissertation):
        mail = mails.to_answer(supervisor, learner, dissertation, occasion.home)
        queue_message(session, supervisor.email, mail, occasion.now)


def tell_agreed(session: Session, occasion: Occasion, dissertation: Dissertation, learner: Person) -> None:
    queue_message(session, learner.email, mails.agreed(learner, dissertation, occasion.home), occasion.now)


def tell_returned(
    session: Session, occasion: Occasion, dissertation: Dissertation, learner: Person, reason: str
) -> None:
    queue_message(session, learner.email, mails.returned(learner, dissertation, reason, occasion.home), occasion.now)


def tell_submitted(session: Session, occasion: Occasion, dissertation: Dissertation, learner: Person) -> None:
    """Learner and supervisors, but for whoever noted it."""
    for reader in [learner, *supervisors_of(session, dissertation)]:
        if occasion.actor is None or reader.id != occasion.actor.id:
            mail = mails.submitted(reader, learner, dissertation, occasion.home)
            queue_message(session, reader.email, mail, occasion.now)


def tell_not_submitted(
    session: Session, occasion: Occasion, dissertation: Dissertation, learner: Person, reason: str
) -> None:
    mail = mails.not_submitted(learner, dissertation, reason, occasion.home)
    queue_message(session, learner.email, mail, occasion.now)


def tell_day(
    session: Session,
    occasion: Occasion,
    dissertation: Dissertation,
    learner: Person,
    milestone: Milestone,
    reason: str,
) -> None:
    mail = mails.day_set(learner, dissertation, milestone, reason, occasion.home)
    queue_message(session, learner.email, mail, occasion.now)
