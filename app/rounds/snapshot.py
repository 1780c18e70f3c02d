"""The bridge between our rows and the matching package: a round becomes a Problem, a Solution becomes proposals."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

import matching
from app.language.refusal import Refused
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.runs import Pin, Proposal
from app.models.studies import Opening
from app.phrasebook.fits import why, why_about_learner
from app.phrasebook.obstacles import to_coordinator
from app.rounds.inputs import Inputs, inputs_of
from app.rounds.names_in_problem import LEARNERS, MENTORS, STUDIES
from app.rounds.policies import keeps_to_an_earlier_run
from app.rounds.possible_pairs import pairs_in
from app.rounds.unplaced_advice import reasons_and_next_steps
from app.rules.fit import OpeningFit, index_of, interest_of
from matching.interest import InterestIndex


@dataclass(frozen=True)
class Snapshot:
    """A round at one moment: its problem, and the rows that the names in the problem stand for.

    A learner is named by her request, a mentor as a person (see `app.rounds.names_in_problem`). A pair is listed when
    nothing stands in its way and the learner wants it. Its score is how well interests and length fit, and nothing
    else; its rank is the place on the learner's list: the two are kept apart, and the policy says which counts first.
    """

    problem: matching.Problem
    inputs: Inputs
    index: InterestIndex

    @cached_property
    def openings(self) -> Mapping[tuple[str, str], Opening]:
        """Each opening by mentor and study, as the problem names them."""
        return {(mentor_key(opening), study_key(opening)): opening for opening in self.inputs.openings}

    @cached_property
    def requests(self) -> Mapping[str, PlacementRequest]:
        return {learner_key(request): request for request in self.inputs.requests}


def learner_key(request: PlacementRequest) -> str:
    return LEARNERS.encode(request.id)


def mentor_key(opening: Opening) -> str:
    return MENTORS.encode(opening.mentor_id)


def study_key(opening: Opening) -> str:
    return STUDIES.encode(opening.study_id)


def snapshot_of(
    session: Session, round_: MatchRound, stages: Sequence[str], seed: str, today: date, previous_id: int | None = None
) -> Snapshot:
    """The round as it stands today, under a policy; `previous_id` is the run that a stage may keep to.

    Raises Refused when a pin cannot be kept as things stand. A constant number of queries.
    """
    inputs = inputs_of(session, round_, today)
    index = index_of(inputs.openings)
    problem = problem_of(
        inputs,
        index,
        pins_of(session, round_, inputs),
        stages,
        seed,
        tuple(previous_in(session, previous_id)) if keeps_to_an_earlier_run(stages) else (),
    )
    return Snapshot(problem, inputs, index)


def problem_of(
    inputs: Inputs,
    index: InterestIndex,
    pins: Sequence[Pin],
    stages: Sequence[str],
    seed: str,
    previous: tuple[matching.Previous, ...] = (),
) -> matching.Problem:
    """The problem of these inputs."""
    return matching.Problem(
        learners=tuple(matching.Learner(learner_key(request)) for request in inputs.requests),
        mentors=tuple(mentors_in(inputs)),
        studies=tuple(studies_in(inputs)),
        openings=tuple(
            matching.Opening(mentor_key(opening), study_key(opening), inputs.places[opening.id])
            for opening in inputs.openings
        ),
        pairs=pairs_in(inputs, index, {pin.request_id: pin.opening_id for pin in pins}),
        pins=tuple(
            matching.Pin(learner_key(pin.request), mentor_key(pin.opening), study_key(pin.opening), pin.kind.value)
            for pin in pins
        ),
        previous=previous,
        stages=tuple(stages),
        seed=seed,
    )


def mentors_in(inputs: Inputs) -> Iterator[matching.Mentor]:
    """Each mentor once, with the learners and hours a month that are left of what she said she can give.

    Who is with her already counts towards the learners that she starts with, and that she was promised.
    """
    mentors = {opening.mentor_id: opening.mentor for opening in inputs.openings}
    for mentor_id, mentor in sorted(mentors.items()):
        profile, taken = mentor.mentor_profile, inputs.held.by_mentor.get(mentor_id, 0)
        yield matching.Mentor(
            MENTORS.encode(mentor_id),
            capacity=max(0, profile.learners_max - taken)
            if profile
            else sum(inputs.places[opening.id] for opening in inputs.openings if opening.mentor_id == mentor_id),
            minimum=max(0, profile.promised - taken) if profile and inputs.holds_minimums else 0,
            minimum_if_used=max(0, profile.minimum_if_used - taken) if profile else 0,
            hours=max(0, profile.hours_a_month - inputs.held.hours_by_mentor.get(mentor_id, 0)) if profile else None,
        )


def studies_in(inputs: Inputs) -> Iterator[matching.Study]:
    """Each study once, with what is left of its limit, or with all the places of its openings where it has none.

    Who is there already counts towards its minimums. A study without a limit whose openings have fewer places than it
    must get has room for as many: the places of its openings are what clashes, and what is told to the coordinator.
    """
    studies = {opening.study_id: opening.study for opening in inputs.openings}
    offered: dict[int, int] = {}
    for opening in inputs.openings:
        offered[opening.study_id] = offered.get(opening.study_id, 0) + inputs.places[opening.id]
    for study_id, study in sorted(studies.items()):
        taken, limit = inputs.held.by_study.get(study_id, 0), study.learner_limit
        must_have = max(0, study.learner_minimum - taken) if inputs.holds_minimums else 0
        starts_with = max(0, study.minimum_if_used - taken)
        yield matching.Study(
            STUDIES.encode(study_id),
            max(offered[study_id], must_have, starts_with) if limit is None else max(0, limit - taken),
            minimum=must_have,
            minimum_if_used=starts_with,
        )


def pins_of(session: Session, round_: MatchRound, inputs: Inputs) -> list[Pin]:
    """The pins of learners who are still in the round; raises Refused when one of them cannot be kept."""
    learners = {request.id: request for request in inputs.requests}
    openings = {opening.id: opening for opening in inputs.openings}
    held = select(Pin).where(Pin.round_id == round_.id, Pin.lifted_at.is_(None)).options(joinedload(Pin.evidence))
    pins = session.scalars(held.order_by(Pin.id))
    kept = [pin for pin in pins if pin.request_id in learners]
    for pin in kept:
        hindrance = hindrance_of_pin(pin, learners[pin.request_id], openings.get(pin.opening_id), inputs)
        if hindrance:
            raise Refused(
                f"The pin of {learners[pin.request_id].learner.name} cannot be kept: {hindrance}. "
                "Lift the pin, or put right what stands in its way."
            )
    return kept


def hindrance_of_pin(pin: Pin, request: PlacementRequest, opening: Opening | None, inputs: Inputs) -> str:
    """Why a pin cannot be kept as things stand; one whose evidence nobody has seen holds every run back."""
    if pin.lacks_evidence:
        return "its evidence has not been seen by a second person yet"
    return hindrance_of(request, opening, inputs)


def hindrance_of(request: PlacementRequest, opening: Opening | None, inputs: Inputs) -> str:
    """Why a pairing cannot be formed as things stand; empty when it can."""
    if opening is None:
        return "the opening is no longer published for this round"
    found = inputs.obstacles_between(request, opening)
    return to_coordinator(found[0]) if found else ""


def previous_in(session: Session, run_id: int | None) -> Iterator[matching.Previous]:
    """What an earlier run proposed."""
    rows = session.execute(
        select(Proposal.request_id, Opening.mentor_id, Opening.study_id)
        .join(Opening, Proposal.opening_id == Opening.id)
        .where(Proposal.run_id == run_id)
        .order_by(Proposal.request_id)
    )
    for request_id, mentor_id, study_id in rows:
        yield matching.Previous(LEARNERS.encode(request_id), MENTORS.encode(mentor_id), STUDIES.encode(study_id))


def proposals_in(snapshot: Snapshot, solution: matching.Solution) -> Iterator[dict[str, Any]]:
    """A proposal for each learner whom a solution placed, as values of its row without the run."""
    pinned = {pin.learner for pin in snapshot.problem.pins}
    pairs = [(snapshot.requests[one.learner], snapshot.openings[one.mentor, one.study]) for one in solution.placed]
    reasons = snapshot.index.fits_of_pairs([(interest_of(request), str(opening.id)) for request, opening in pairs])
    for placed, (request, opening), reason in zip(solution.placed, pairs, reasons, strict=True):
        fit = OpeningFit(opening, placed.score, request, snapshot.index, snapshot.inputs.today)
        fit.reasons = reason
        yield {
            "request_id": request.id,
            "opening_id": opening.id,
            "score": placed.score,
            "rank": placed.rank,
            "is_pinned": placed.learner in pinned,
            "why": why(fit),
            "why_about_learner": why_about_learner(fit),
        }


def unplaced_in(snapshot: Snapshot, solution: matching.Solution) -> Iterator[dict[str, Any]]:
    """A reason and a next step for every other learner, as values of its row without the run."""
    unplaced = [(snapshot.requests[one.learner], one) for one in solution.unplaced]
    said = reasons_and_next_steps(snapshot.inputs, unplaced)
    for (request, _), (reason, step) in zip(unplaced, said, strict=True):
        yield {"request_id": request.id, "reason": reason, "next_step": step}
