"""Saying how many learners a round must give a mentor; it may leave a round without a result, so she does not do it."""

from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.people import MentorProfile, Person
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.studies.promised import mails
from app.studies.promised.queries import coordinators_hosting

FIELD = "learner_minimum"


def promise_learners(session: Session, actor: Person, occasion: Occasion, mentor: Person, learners: int) -> None:
    """Let every round give her so many learners, 0 for none, those who are with her counted in.

    Raises Refused for oneself, and for more learners than she takes at once.
    """
    profile = profile_to_promise(actor, mentor)
    if learners > profile.learners_max:
        raise Refused(
            f"{mentor.name} takes at most {profile.learners_max} at once, so {learners} can never be there. Ask her to "
            "raise it, or lower this number.",
            FIELD,
        )
    before, profile.learner_minimum = profile.promised, learners
    record(
        session,
        actor,
        "said how many learners a round must give a mentor",
        mentor,
        now=occasion.now,
        name=mentor.name,
        before=before,
        after=learners,
    )
    for reader in {one.id: one for one in (mentor, *coordinators_hosting(session, mentor))}.values():
        if before != learners and reader is not actor and reader.is_active:
            mail = mails.promise_changed(reader, mentor, actor, before, learners, occasion.home)
            queue_message(session, reader.email, mail, occasion.now)


def profile_to_promise(actor: Person, mentor: Person) -> MentorProfile:
    """Raises Refused where the actor cannot promise her anything."""
    if actor is mentor:
        raise Refused("You cannot set this for yourself. Ask another coordinator of your network.", FIELD)
    if mentor.mentor_profile is None:
        raise Refused(f"{mentor.name} has not said yet how many learners she takes. Ask her to do so first.", FIELD)
    return mentor.mentor_profile
