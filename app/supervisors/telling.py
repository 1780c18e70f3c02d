"""Who is told that a supervisor is named or changed, and of notes and their answers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Protocol

from sqlalchemy.orm import Session

from app.models.academic.notes import SupervisorNote
from app.models.academic.supervisors import SupervisorAssignment
from app.models.people import Person
from app.models.programmes import Enrolment
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.rules.academic.supervisors import leads_at
from app.supervisors import mails


class Supervised(Protocol):
    """A learner on the programme for which she is supervised."""

    @property
    def enrolment(self) -> Enrolment: ...

    @property
    def person(self) -> Person: ...


def tell_named(
    session: Session,
    occasion: Occasion,
    learners: Sequence[Supervised],
    before: Mapping[int, SupervisorAssignment],
    supervisor: Person | None,
    reason: str,
) -> None:
    """Each learner; whoever supervises them from now on, and whoever no longer does, each with all names in one."""
    for one in learners:
        if one.person.is_active:
            mail = mails.named_to_learner(one.person, one.enrolment, supervisor, occasion.home)
            queue_message(session, one.person.email, mail, occasion.now)
    names = [one.person.name for one in learners]
    if supervisor is not None and supervisor.id != id_of_actor(occasion):
        mail = mails.named_to_supervisor(supervisor, names, reason, occasion.home)
        queue_message(session, supervisor.email, mail, occasion.now)
    for former, hers in by_former(learners, before):
        if former.is_active and former.id != id_of_actor(occasion):
            mail = mails.no_longer_supervises(former, hers, supervisor, reason, occasion.home)
            queue_message(session, former.email, mail, occasion.now)


def by_former(
    learners: Sequence[Supervised], before: Mapping[int, SupervisorAssignment]
) -> list[tuple[Person, list[str]]]:
    """Each who supervised some of them until now, with their names."""
    people: dict[int, Person] = {}
    names: defaultdict[int, list[str]] = defaultdict(list)
    for one in learners:
        former = before.get(one.enrolment.id)
        if former:
            people[former.supervisor_id] = former.supervisor
            names[former.supervisor_id].append(one.person.name)
    return [(people[id_], names[id_]) for id_ in people]


def tell_written(session: Session, occasion: Occasion, note: SupervisorNote, learner: Supervised) -> None:
    """The programme leads of the learner's university."""
    for lead in leads_at(session, learner.enrolment.programme.provider_id):
        if lead.id != id_of_actor(occasion):
            mail = mails.note_written(lead, note, learner.person, occasion.home)
            queue_message(session, lead.email, mail, occasion.now)


def tell_answered(session: Session, occasion: Occasion, note: SupervisorNote, learner: Person) -> None:
    if note.author.is_active and note.author_id != id_of_actor(occasion):
        queue_message(session, note.author.email, mails.note_answered(note, learner, occasion.home), occasion.now)


def id_of_actor(occasion: Occasion) -> int | None:
    return occasion.actor.id if occasion.actor else None
