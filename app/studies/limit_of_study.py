"""The coordinator's limit of learners on a study."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.models.people import Person
from app.models.studies import Opening, Study
from app.platform.audit import record
from app.promises.consequences import refuse_to_crowd_out


def limit_study(
    session: Session, actor: Person, study: Study, learner_limit: int | None, today: date, now: datetime
) -> None:
    """Let a study take so many learners at once over all its openings; None is no limit. Who is there stays.

    Raises Refused where offers that wait would no longer have room.
    """
    before, study.learner_limit = study.learner_limit, learner_limit
    refuse_to_crowd_out(session, today, "learner_limit", Opening.study_id == study.id)
    record(
        session,
        actor,
        "limited the learners of a study",
        study,
        now=now,
        name=study.name,
        before=before,
        after=learner_limit,
    )
