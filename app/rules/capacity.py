"""How many more learners an opening can take, within its own limit, its mentor's and its study's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.people import MentorProfile
from app.models.placements import Offer, Placement
from app.models.studies import Opening, Study


def places_left(session: Session, openings: Sequence[Opening], today: date) -> dict[int, int]:
    """How many more learners each opening can take, by its id: within its own, its mentor's and its study's limit."""
    held = Held.on(session, today)
    return {opening.id: held.places_left(opening) for opening in openings}


@dataclass(frozen=True)
class Held:
    """How many learners are placed, or wait with an offer, by opening, mentor and study."""

    by_opening: Mapping[int, int]
    by_mentor: Mapping[int, int]
    by_study: Mapping[int, int]

    @classmethod
    def on(cls, session: Session, day: date) -> "Held":
        """Count the placements and the open offers of a day."""
        by_opening: dict[int, int] = {}
        by_mentor: dict[int, int] = {}
        by_study: dict[int, int] = {}
        for model, condition in (
            (Placement, Placement.is_current_on(day)),
            (Offer, Offer.is_open_on(day)),
        ):
            rows = session.execute(
                select(Opening.id, Opening.mentor_id, Opening.study_id, func.count())
                .join_from(model, Opening, model.opening_id == Opening.id)
                .where(condition)
                .group_by(Opening.id, Opening.mentor_id, Opening.study_id)
            )
            for opening_id, mentor_id, study_id, number in rows:
                for counts, key in ((by_opening, opening_id), (by_mentor, mentor_id), (by_study, study_id)):
                    counts[key] = counts.get(key, 0) + number
        return cls(by_opening, by_mentor, by_study)

    def places_left(self, opening: Opening) -> int:
        limits = [opening.places - self.by_opening.get(opening.id, 0)]
        profile = opening.mentor.mentor_profile
        if profile is not None:
            limits.append(profile.learners_max - self.by_mentor.get(opening.mentor_id, 0))
        if opening.study.learner_limit is not None:
            limits.append(opening.study.learner_limit - self.by_study.get(opening.study_id, 0))
        return max(0, min(limits))


def lock_limits(session: Session, openings: Iterable[Opening]) -> None:
    """Lock what limits the places of openings and read it afresh: mentors, studies, openings, each in order of id.

    One order for everybody means that two transactions wait for each other and never lock each other out. SQLite
    has no such locks; there the whole transaction holds the one write lock from its beginning.
    """
    wanted = list(openings)
    rows: tuple[tuple[type[Any], Any, set[int]], ...] = (
        (MentorProfile, MentorProfile.person_id, {opening.mentor_id for opening in wanted}),
        (Study, Study.id, {opening.study_id for opening in wanted}),
        (Opening, Opening.id, {opening.id for opening in wanted}),
    )
    for model, key, ids in rows:
        statement = select(model).where(key.in_(sorted(ids))).order_by(key).with_for_update()
        session.scalars(statement.execution_options(populate_existing=True)).all()
