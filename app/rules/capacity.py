"""How many more learners an opening can take, within its own limit, its mentor's and its study's."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from app.models.course.better_places import BetterPlace
from app.models.course.next_places import NextPlace
from app.models.people import MentorProfile
from app.models.placements import Offer, Placement
from app.models.programmes import Module
from app.models.requests import PlacementRequest
from app.models.studies import Opening, Study


class Limits(NamedTuple):
    """What limits the learners of an opening: its places, its mentor and its study; None is no limit."""

    opening_id: int
    mentor_id: int
    study_id: int
    places: int
    learners_max: int | None
    hours_a_month: int | None
    learner_limit: int | None

    @classmethod
    def of(cls, opening: Opening) -> "Limits":
        profile = opening.mentor.mentor_profile
        learners, hours = (profile.learners_max, profile.hours_a_month) if profile else (None, None)
        limit = opening.study.learner_limit
        return cls(opening.id, opening.mentor_id, opening.study_id, opening.places, learners, hours, limit)


@dataclass(frozen=True)
class Held:
    """What learners who are placed, or wait with an offer, take up: learners by opening, mentor and study.

    `hours_by_mentor` are the hours a month that a mentor gives them; `by_learner` the openings that a learner holds.
    """

    by_opening: Mapping[int, int] = field(default_factory=dict)
    by_mentor: Mapping[int, int] = field(default_factory=dict)
    by_study: Mapping[int, int] = field(default_factory=dict)
    hours_by_mentor: Mapping[int, int] = field(default_factory=dict)
    by_learner: Mapping[int, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def on(cls, session: Session, day: date) -> "Held":
        """What the placements, the open offers, and the places kept beside them take up on a day; four queries."""
        return cls.from_rows(row for what in TAKEN for row in session.execute(what(day)))

    @classmethod
    def beside_placements(cls, session: Session, day: date, ids: Collection[int]) -> "Held":
        """The same without some placements, and without what was offered for them to go on."""
        hers = select(Placement.offer_id).where(Placement.id.in_(ids), Placement.offer_id.is_not(None))
        others = (
            Placement.id.not_in(ids),
            Offer.id.is_not(None),
            Placement.id.not_in(ids),
            BetterPlace.offer_id.not_in(hers),
        )
        return cls.from_rows(
            row
            for what, is_other in zip(TAKEN, others, strict=True)
            for row in session.execute(what(day).where(is_other))
        )

    @classmethod
    def around(
        cls, session: Session, day: date, openings: Iterable[Opening | Limits], learner_ids: Collection[int] = ()
    ) -> "Held":
        """What is taken up of these openings, their mentors and studies, and all that these learners hold."""
        near = beside(list(openings))
        placements = Placement.learner_id.in_(learner_ids)
        requests = PlacementRequest.learner_id.in_(learner_ids)
        of_learners = (placements, requests, placements, requests)
        return cls.from_rows(
            row
            for what, is_theirs in zip(TAKEN, of_learners, strict=True)
            for row in session.execute(what(day).where(or_(Opening.id.in_(near), is_theirs)))
        )

    @classmethod
    def without(cls, session: Session, day: date, *left_out: Offer) -> "Held":
        """What everything but some offers, what they became, and what could take their place, takes up."""
        ids = [offer.id for offer in left_out]
        placements = placed(day).where(or_(Placement.offer_id.is_(None), Placement.offer_id.not_in(ids)))
        offers = offered(day).where(Offer.id.not_in(ids))
        better = kept_to_move_up(day).where(BetterPlace.offer_id.not_in(ids))
        taken = (placements, offers, kept_to_go_on(day), better)
        return cls.from_rows(row for what in taken for row in session.execute(what))

    @classmethod
    def by_placements(cls, session: Session, day: date, *conditions: ColumnElement[bool]) -> "Held":
        """What placements alone take up: a waiting offer holds a place for its own learner, and never bars her."""
        return cls.from_rows(session.execute(placed(day).where(*conditions)))

    @classmethod
    def from_rows(cls, rows: Iterable[Any]) -> "Held":
        """Add up rows of `placed` and `offered`."""
        by_opening, by_mentor, by_study, hours_by_mentor = (defaultdict[int, int](int) for _ in range(4))
        by_learner = defaultdict[int, set[int]](set)
        for opening_id, mentor_id, study_id, learner_id, number, hours in rows:
            by_opening[opening_id] += number
            by_mentor[mentor_id] += number
            by_study[study_id] += number
            hours_by_mentor[mentor_id] += int(hours or 0)
            by_learner[learner_id].add(opening_id)
        openings_of = {learner_id: frozenset(ids) for learner_id, ids in by_learner.items()}
        return cls(dict(by_opening), dict(by_mentor), dict(by_study), dict(hours_by_mentor), openings_of)

    def with_one_more(self, request: PlacementRequest, opening: Opening) -> "Held":
        """The same once this learner has a place on the opening, too."""

        def more(counts: Mapping[int, int], key: int, number: int) -> dict[int, int]:
            return {**counts, key: counts.get(key, 0) + number}

        learner_id, mentor_id = request.learner_id, opening.mentor_id
        return Held(
            more(self.by_opening, opening.id, 1),
            more(self.by_mentor, mentor_id, 1),
            more(self.by_study, opening.study_id, 1),
            more(self.hours_by_mentor, mentor_id, hours_needed(request)),
            {**self.by_learner, learner_id: self.by_learner.get(learner_id, frozenset()) | {opening.id}},
        )

    def places_left(self, opening: Opening) -> int:
        """How many more learners the limits on their number leave room for."""
        return self.places_within(Limits.of(opening))

    def is_within_limits(self, opening: Opening) -> bool:
        """False when the learners of an opening, its mentor or its study are more than one of them can take."""
        profile, limit = opening.mentor.mentor_profile, opening.study.learner_limit
        return (
            self.by_opening.get(opening.id, 0) <= opening.places
            and (profile is None or self.by_mentor.get(opening.mentor_id, 0) <= profile.learners_max)
            and (profile is None or self.hours_by_mentor.get(opening.mentor_id, 0) <= profile.hours_a_month)
            and (limit is None or self.by_study.get(opening.study_id, 0) <= limit)
        )

    def places_for(self, request: PlacementRequest, opening: Opening) -> int:
        """The same for learners who need as many hours of the mentor as this one does."""
        return self.places_at(opening, hours_needed(request))

    def places_at(self, opening: Opening, hours: int) -> int:
        """The same for learners who each need so many hours of the mentor in a month."""
        return self.places_within(Limits.of(opening), hours)

    def places_within(self, limits: Limits, hours: int = 0) -> int:
        """The same for learners who need so many hours a month of the mentor."""
        left = [limits.places - self.by_opening.get(limits.opening_id, 0)]
        if limits.learners_max is not None:
            left.append(limits.learners_max - self.by_mentor.get(limits.mentor_id, 0))
        if limits.learner_limit is not None:
            left.append(limits.learner_limit - self.by_study.get(limits.study_id, 0))
        if limits.hours_a_month is not None and hours:
            left.append((limits.hours_a_month - self.hours_by_mentor.get(limits.mentor_id, 0)) // hours)
        return max(0, min(left))


def beside(openings: Collection[Opening | Limits]) -> Select[Any]:
    """The ids of all openings of the mentors and on the studies of these: what their limits are about."""
    mentors, studies = ({getattr(one, of) for one in openings} for of in ("mentor_id", "study_id"))
    return select(Opening.id).where(or_(Opening.mentor_id.in_(mentors), Opening.study_id.in_(studies)))


def hours_needed(request: PlacementRequest) -> int:
    """The hours a month that a learner needs of her mentor; none while she has not said for which module."""
    return request.module.supervision_hours_a_month if request.module else 0


def placed(day: date) -> Select[Any]:
    """Opening, mentor, study, learner, number and hours a month of the placements of a day.

    Of one that is to continue another the mentor or study that it shares with that is left out until it begins.
    """
    before, hers = aliased(Placement), aliased(Opening)
    mentor = case((hers.mentor_id == Opening.mentor_id, None), else_=Opening.mentor_id)
    study = case((hers.study_id == Opening.study_id, None), else_=Opening.study_id)
    columns: tuple[Any, ...] = (Opening.id, mentor, study, Placement.learner_id)
    return (
        select(*columns, *number_and_hours())
        .join_from(Placement, Opening, Placement.opening_id == Opening.id)
        .join(Module, Placement.module_id == Module.id)
        .outerjoin(before, and_(Placement.continues_id == before.id, before.is_current_on(day)))
        .outerjoin(hers, before.opening_id == hers.id)
        .where(Placement.is_current_on(day))
        .group_by(Opening.id, mentor, study, Placement.learner_id)
    )


def offered(day: date) -> Select[Any]:
    """The same of the offers that can still be answered."""
    columns: tuple[Any, ...] = (Opening.id, Opening.mentor_id, Opening.study_id, PlacementRequest.learner_id)
    return (
        select(*columns, *number_and_hours())
        .join_from(Offer, Opening, Offer.opening_id == Opening.id)
        .join(PlacementRequest, Offer.request_id == PlacementRequest.id)
        .outerjoin(Module, PlacementRequest.module_id == Module.id)
        .where(Offer.is_open_on(day))
        .group_by(Opening.id, Opening.mentor_id, Opening.study_id, PlacementRequest.learner_id)
    )


def kept_to_go_on(day: date) -> Select[Any]:
    """The same of the places that are kept for placements to go on with.

    A mentor or study that the learner takes up already is left out: she is not there twice, before the move or after.
    """
    hers, goes_on = aliased(Opening), Placement.is_current_on(day)
    return (
        select(
            Opening.id,
            case((and_(goes_on, hers.mentor_id == Opening.mentor_id), None), else_=Opening.mentor_id),
            case((and_(goes_on, hers.study_id == Opening.study_id), None), else_=Opening.study_id),
            Placement.learner_id,
            literal(1),
            Module.supervision_hours_a_month,
        )
        .join_from(NextPlace, Opening, NextPlace.opening_id == Opening.id)
        .join(Placement, NextPlace.placement_id == Placement.id)
        .join(hers, Placement.opening_id == hers.id)
        .join(Module, Placement.module_id == Module.id)
        .where(NextPlace.is_open_on(day))
    )


def kept_to_move_up(day: date) -> Select[Any]:
    """The same of the places that are kept for learners who can move up from what they have.

    A mentor or study that she takes up already is left out: she is not there twice, before the move or after.
    """
    hers = aliased(Opening)
    return (
        select(
            Opening.id,
            case((hers.mentor_id == Opening.mentor_id, None), else_=Opening.mentor_id),
            case((hers.study_id == Opening.study_id, None), else_=Opening.study_id),
            PlacementRequest.learner_id,
            literal(1),
            Module.supervision_hours_a_month,
        )
        .join_from(BetterPlace, Opening, BetterPlace.opening_id == Opening.id)
        .join(Offer, BetterPlace.offer_id == Offer.id)
        .join(hers, Offer.opening_id == hers.id)
        .join(PlacementRequest, Offer.request_id == PlacementRequest.id)
        .outerjoin(Module, PlacementRequest.module_id == Module.id)
        .where(BetterPlace.is_open_on(day))
    )


def number_and_hours() -> tuple[Any, ...]:
    return func.count(), func.sum(Module.supervision_hours_a_month)


TAKEN = (placed, offered, kept_to_go_on, kept_to_move_up)


def lock_limits(session: Session, openings: Iterable[Opening]) -> None:
    """Lock what limits the places of openings and read it afresh: mentors, studies, openings, each in order of id.

    One order for everybody means that two transactions wait for each other and never lock each other out. SQLite
    has no such locks; there the whole transaction holds the one write lock from its beginning.
    """
    wanted = list(openings)
    for model, key, opening_key in LIMITING:
        ids = sorted({getattr(opening, opening_key.key) for opening in wanted})
        statement = select(model).where(key.in_(ids)).order_by(key).with_for_update()
        session.scalars(statement.execution_options(populate_existing=True)).all()


def lock_limits_unread(session: Session, opening_ids: Select[int]) -> None:
    """The same locks for the many openings of a run, of which nothing was read before."""
    for _, key, opening_key in LIMITING:
        ids = select(opening_key).where(Opening.id.in_(opening_ids))
        session.execute(select(key).where(key.in_(ids)).order_by(key).with_for_update()).all()


# What limits the places of an opening, in the order in which everybody locks it: table, key, and the opening's own.
LIMITING: tuple[tuple[type[Any], Any, Any], ...] = (
    (MentorProfile, MentorProfile.person_id, Opening.mentor_id),
    (Study, Study.id, Opening.study_id),
    (Opening, Opening.id, Opening.id),
)
