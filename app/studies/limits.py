"""The coordinator's limit of learners on a study."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.models.people import Person
from app.models.studies import Study
from app.platform.audit import record


def limit_study(session: Session, actor: Person, study: Study, learner_limit: int | None, now: datetime) -> None:
    """Let a study take so many learners at once over all its openings; None is no limit. Who is there stays."""
    before, study.learner_limit = study.learner_limit, learner_limit
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
