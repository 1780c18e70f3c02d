"""The limit of learners on a study: who may set it, and who is told.

It counts over all openings wherever they are, so it belongs to whoever hosts the study: the coordinators of networks in
which it has an opening that is not withdrawn. Each of them may set it, and the others and the mentors hear of it.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.language.refusal import Refused
from app.models.people import Person
from app.models.studies import Opening, OpeningState, Study
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.consequences import refuse_to_crowd_out
from app.rules.coordinators import coordinators_of_networks
from app.studies import mails


def limit_study(session: Session, actor: Person, occasion: Occasion, study: Study, learner_limit: int | None) -> None:
    """Let a study take so many learners at once over all its openings; None is no limit. Who is there stays.

    Raises Refused for a coordinator of elsewhere, and where offers that wait would no longer have room.
    """
    if not may_limit(session, actor, study):
        raise Refused(
            "Only coordinators of a network in which the study has an opening can limit it. Ask one of them.",
            "learner_limit",
        )
    before, study.learner_limit = study.learner_limit, learner_limit
    refuse_to_crowd_out(session, occasion.today, "learner_limit", Opening.study_id == study.id)
    record(
        session,
        actor,
        "limited the learners of a study",
        study,
        now=occasion.now,
        name=study.name,
        before=before,
        after=learner_limit,
    )
    for reader in concerned(session, study) if before != learner_limit else ():
        if reader is not actor:
            mail = mails.limit_changed(reader, study, actor, before, occasion.home)
            queue_message(session, reader.email, mail, occasion.now)


def may_limit(session: Session, person: Person, study: Study) -> bool:
    """True for a coordinator of a network in which the study has an opening that is not withdrawn."""
    return not person.network_ids().isdisjoint(one.network_id for one in live_openings(session, study))


def concerned(session: Session, study: Study) -> list[Person]:
    """The mentors of the study's openings and the coordinators of their networks, each once."""
    openings = live_openings(session, study)
    coordinators = coordinators_of_networks(session, {one.network_id for one in openings})
    mentors = [one.mentor for one in openings if one.mentor.is_active]
    return list({person.id: person for person in [*mentors, *coordinators]}.values())


def live_openings(session: Session, study: Study) -> Sequence[Opening]:
    is_live = Opening.state != OpeningState.WITHDRAWN
    hosted = select(Opening).where(Opening.study_id == study.id, is_live).order_by(Opening.id)
    return session.scalars(hosted.options(joinedload(Opening.mentor))).all()
