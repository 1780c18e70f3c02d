"""Who is told of notes about learners, and of their answers."""

from sqlalchemy.orm import Session

from app.models.academic.notes import SupervisorNote
from app.models.people import Person
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.supervising.naming import Learner
from app.rules.academic.supervisors import leads_at
from app.supervisors import mails


def tell_written(session: Session, occasion: Occasion, note: SupervisorNote, learner: Learner) -> None:
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
