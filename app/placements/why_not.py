"""Says in one sentence why a learner did not get an opening that stood higher on her list, as far as records tell."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.language.numbers import plural
from app.models.placements import Offer, OfferState, Placement, PlacementState
from app.models.requests import PlacementRequest, RankedOpening
from app.models.studies import Opening, OpeningState
from app.phrasebook.obstacles import sentence, to_learner
from app.rules.eligibility import obstacles


@dataclass(frozen=True, slots=True)
class BetterRanked:
    """An opening that the learner would have liked better, and why it is not this one."""

    ranked: RankedOpening
    why_not: str


@dataclass(frozen=True, slots=True)
class Taken:
    """How many learners have, or are offered, a place: by opening, mentor and study."""

    by_opening: Counter[int]
    by_mentor: Counter[int]
    by_study: Counter[int]


def better_ranked(session: Session, offer: Offer, rank: int | None) -> list[BetterRanked]:
    """What stood above the offered opening (everything, when it is not on the list), first choice first."""
    better = [row for row in offer.request.ranked if rank is None or row.position < rank]
    if not better:
        return []
    taken = taken_by_others(session, offer, [row.opening for row in better])
    return [BetterRanked(row, why_not(offer.request, row.opening, taken)) for row in better]


def why_not(request: PlacementRequest, opening: Opening, taken: Taken) -> str:
    """What stands in the way, else the limit that is used up, else who can say more.

    A round weighs all learners against each other, which the record of one cannot show.
    """
    profile, limit = opening.mentor.mentor_profile, opening.study.learner_limit
    if opening.state is not OpeningState.PUBLISHED:
        return "Its mentor has paused or withdrawn it."
    in_the_way = obstacles(request, opening, today)
    if in_the_way:
        return sentence(to_learner(in_the_way[0]))
    if taken.by_opening[opening.id] >= opening.places:
        return plural(
            opening.places,
            "Its only place went to another learner.",
            f"Its {opening.places} places went to other learners.",
        )
    if profile and taken.by_mentor[opening.mentor_id] >= profile.learners_max:
        return f"{opening.mentor.name} has as many learners as one mentor can support."
    if limit is not None and taken.by_study[opening.study_id] >= limit:
        return "The study has as many learners as it can take."
    return "The round did not pair you with it. Your coordinator can tell you more."


def taken_by_others(session: Session, offer: Offer, openings: Sequence[Opening]) -> Taken:
    """Count other learners' offers that wait or were accepted, and placements from before, in two queries."""
    near = or_(
        Opening.mentor_id.in_({opening.mentor_id for opening in openings}),
        Opening.study_id.in_({opening.study_id for opening in openings}),
    )
    columns = select(Opening.id, Opening.mentor_id, Opening.study_id)
    rows = [
        *session.execute(
            columns.join(Offer, Offer.opening_id == Opening.id).where(
                near, Offer.id != offer.id, Offer.state == OfferState.WAITING
            )
        ),
        *session.execute(
            columns.join(Placement, Placement.opening_id == Opening.id).where(
                near, Placement.offer_id != offer.id, Placement.state == PlacementState.ACTIVE
            )
        ),
    ]
    return Taken(*(Counter(row[column] for row in rows) for column in range(3)))
