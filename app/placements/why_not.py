"""Says in one sentence why a learner did not get an opening that stood higher on her list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.numbers import plural
from app.models.placements import Offer
from app.models.requests import PlacementRequest, RankedOpening
from app.models.runs import Proposal, QuestionKind, QuestionState, RunQuestion
from app.models.studies import Opening
from app.phrasebook.answers import explanations
from app.phrasebook.obstacles import sentence, to_learner
from app.rules.advice.forced import Forced
from app.rules.capacity import Held
from app.rules.eligibility import obstacles


@dataclass(frozen=True, slots=True)
class BetterRanked:
    """An opening that the learner would have liked better, and why it is not this one."""

    ranked: RankedOpening
    why_not: str


def better_ranked(session: Session, offer: Offer, rank: int | None, today: date) -> list[BetterRanked]:
    """What stood above the offered opening (everything, when it is not on the list), first choice first.

    Where the round has worked out what each would have cost, that is the answer; else what the records tell.
    """
    better = [row for row in offer.request.ranked if rank is None or row.position < rank]
    if not better:
        return []
    worked_out = worked_out_for(session, offer)
    held = Held.without(session, today, offer)
    return [
        BetterRanked(row, worked_out.get(row.opening_id) or why_not(offer.request, row.opening, held, today))
        for row in better
    ]


def worked_out_for(session: Session, offer: Offer) -> Mapping[int, str]:
    """What forcing each opening would have done in the run that made the offer, in counts, by the opening's id."""
    proposal = session.get_one(Proposal, offer.proposal_id)
    if proposal.is_pinned:
        return {row.opening_id: explanations.FIXED for row in offer.request.ranked}
    answer = session.scalar(
        select(RunQuestion.answer)
        .where(
            RunQuestion.run_id == proposal.run_id,
            RunQuestion.kind == QuestionKind.EXPLANATION,
            RunQuestion.request_id == offer.request_id,
            RunQuestion.state == QuestionState.ANSWERED,
        )
        .order_by(RunQuestion.id.desc())
        .limit(1)
    )
    alternatives: list[Mapping[str, Any]] = answer["alternatives"] if answer else []
    return {
        one["opening"]: explanations.to_learner(Forced.of(one, offer.request_id)) for one in alternatives if one["rank"]
    }


def why_not(request: PlacementRequest, opening: Opening, held: Held, today: date) -> str:
    """What stands in the way, else the limit that others use up (`held`), else who can say more.

    A round weighs all learners against each other, which the record of one cannot show.
    """
    profile, limit = opening.mentor.mentor_profile, opening.study.learner_limit
    in_the_way = obstacles(request, opening, today)
    if in_the_way:
        return sentence(to_learner(in_the_way[0]))
    if held.by_opening.get(opening.id, 0) >= opening.places:
        return plural(
            opening.places,
            "Its only place went to another learner.",
            f"Its {opening.places} places went to other learners.",
        )
    if profile and held.by_mentor.get(opening.mentor_id, 0) >= profile.learners_max:
        return f"{opening.mentor.name} has as many learners as one mentor can support."
    if limit is not None and held.by_study.get(opening.study_id, 0) >= limit:
        return "The study has as many learners as it can take."
    if not held.places_for(request, opening):
        return f"{opening.mentor.name} has no hours left for another learner."
    groups = [(opening.study.minimum_if_used, held.by_study.get(opening.study_id, 0))]
    groups += [(profile.minimum_if_used, held.by_mentor.get(opening.mentor_id, 0))] if profile else []
    for starts_with, there in groups:
        if there + 1 < starts_with:
            return f"It starts with {starts_with} learners at least, and fewer came together."
    return "The round did not pair you with it. Your coordinator can tell you more."
