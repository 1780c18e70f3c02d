"""How a learner stands in each capability: evidence, her own rating and her mentor's, side by side."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.course.capabilities import Capability, CapabilityRating, CapabilityWording, Rater
from app.models.course.evidence import Evidence
from app.models.placements import Placement
from app.rules.course.evidenced import counts
from app.rules.record_totals import part_ids_of


@dataclass(frozen=True, slots=True)
class CapabilityLine:
    """One capability; ratings are the oldest first, `evidence` is what counts."""

    capability: Capability
    ratings: Sequence[CapabilityRating]
    evidence: Sequence[Evidence]

    def newest(self, rater: Rater) -> CapabilityRating | None:
        return next((one for one in reversed(self.ratings) if one.rater is rater), None)

    @property
    def learner(self) -> CapabilityRating | None:
        return self.newest(Rater.LEARNER)

    @property
    def mentor(self) -> CapabilityRating | None:
        return self.newest(Rater.MENTOR)

    @property
    def is_worth_reading(self) -> bool:
        """True where something was said, so that it is shown although it is asked of nobody any more."""
        return bool(self.ratings or self.evidence)


@dataclass(frozen=True, slots=True)
class CapabilityPage:
    """All of a placement together with the parts that it continues."""

    lines: Sequence[CapabilityLine]
    retired: Sequence[CapabilityLine]
    evidence: Sequence[Evidence]
    counting: set[int]


def page_of_placement(session: Session, placement: Placement) -> CapabilityPage:
    """Eight queries, however much there is."""
    parts = part_ids_of(session, placement)
    ratings, evidence = ratings_in(session, parts), evidence_in(session, parts)
    counting = counting_ids(session, parts)
    lines = [
        CapabilityLine(
            one,
            [rating for rating in ratings if rating.wording.capability_id == one.id],
            [piece for piece in evidence if piece.id in counting and one.id in capability_ids(piece)],
        )
        for one in capabilities_of(session, placement.module.programme_id)
    ]
    return CapabilityPage(
        [line for line in lines if not line.capability.is_retired],
        [line for line in lines if line.capability.is_retired and line.is_worth_reading],
        evidence,
        counting,
    )


def capability_ids(piece: Evidence) -> set[int]:
    return {wording.capability_id for wording in piece.wordings}


def capabilities_of(session: Session, programme_id: int) -> Sequence[Capability]:
    """All that a programme asks for or has asked for, in its order, each with its wordings."""
    return session.scalars(
        select(Capability)
        .where(Capability.programme_id == programme_id)
        .options(selectinload(Capability.wordings).joinedload(CapabilityWording.said_by))
        .order_by(Capability.position, Capability.id)
    ).all()


def ratings_in(session: Session, part_ids: Collection[int]) -> Sequence[CapabilityRating]:
    """Every rating of a placement's parts, the oldest first."""
    return session.scalars(
        select(CapabilityRating)
        .where(CapabilityRating.placement_id.in_(part_ids))
        .options(joinedload(CapabilityRating.wording), joinedload(CapabilityRating.rated_by))
        .order_by(CapabilityRating.rated_at, CapabilityRating.id)
    ).all()


def evidence_in(session: Session, part_ids: Collection[int]) -> Sequence[Evidence]:
    """Every piece of a placement's parts, the newest first; those that were withdrawn as well."""
    wanted = pieces().where(Evidence.placement_id.in_(part_ids))
    return session.scalars(wanted.order_by(Evidence.added_at.desc(), Evidence.id.desc())).all()


def counting_ids(session: Session, part_ids: Collection[int]) -> set[int]:
    """The ids of what counts among the evidence of these parts."""
    among = Evidence.placement_id.in_(part_ids)
    return set(session.scalars(select(Evidence.id).where(among, counts(among))))


def pieces() -> Select[Evidence]:
    return select(Evidence).options(
        joinedload(Evidence.placement),
        joinedload(Evidence.file),
        joinedload(Evidence.hours_entry),
        joinedload(Evidence.session),
        selectinload(Evidence.wordings),
    )
