"""Rows of three rounds: one closed with nearly all requests, one published that made the placements, one open."""

from datetime import datetime
from itertools import chain

import numpy as np

from app.models.course.better_places import BetterPlace, BetterPlaceState
from app.models.course.changes_asked import AskedKind, AskedState, ChangeAsked
from app.models.course.next_places import NextPlace, NextPlaceState
from app.models.course.swaps import Swap, SwapCode, SwapState
from app.models.figures import RunFigures
from app.models.people import Role
from app.models.placements import Cause, Offer, OfferState, OfferTerms, Placement, PlacementState
from app.models.programmes import Level
from app.models.requests import (
    ExcludedMentor,
    ExclusionKind,
    PlacementRequest,
    RankedOpening,
    RequestSpecialty,
    RequestState,
    request_networks,
)
from app.models.rounds import MatchRound, RoundSeed, digest_of_seed, round_networks
from app.models.runs import Proposal, QuestionKind, QuestionState, Run, RunQuestion, RunState, UnplacedRequest
from app.models.values.specialties import SPECIALTIES
from app.rounds.runs.counting.entrants import KINDS
from app.rounds.runs.counting.numbers import Entrants, numbers_of
from app.rounds.runs.counting.shares import Member
from benchmarks.full.people import NETWORKS, Row, Rows, rpe_of
from benchmarks.full.sizes import CAST, CLOSED_ROUND, NOW, OPEN_ROUND, PUBLISHED_ROUND, SWAP_CODE, TODAY, Size, days
from benchmarks.full.words import texts
from matching.problem import USUAL_STAGES
from matching.solution import Placed

ROUNDS = {
    CLOSED_ROUND: (Level.PGCERT, -30, -1),
    PUBLISHED_ROUND: (Level.PGCERT, -120, -90),
    OPEN_ROUND: (Level.PGDIP, -10, 20),
}
READABLE_SEED = "a seed that everybody may read"
LISTED = 5
ASKED_EVERY = 250


def match_rounds(size: Size) -> Rows:
    for n, (level, opens, closes) in ROUNDS.items():
        row = {"id": n, "name": f"Round {n}", "level": level, "created_by_id": CAST[Role.COORDINATOR]}
        dates = {"opens_on": TODAY + days(opens), "closes_on": TODAY + days(closes), "answer_by": TODAY + days(40)}
        dates |= {"opens_at": NOW + days(opens), "closes_at": NOW + days(closes), "answer_until": NOW + days(40)}
        published = NOW - days(85) if n == PUBLISHED_ROUND else None
        yield {**row, **dates, "created_at": NOW - days(121), "published_at": published}


def networks_of_rounds(size: Size) -> Rows:
    yield from ({"round_id": n, "network_id": at} for n in ROUNDS for at in range(1, NETWORKS + 1))


def seeds(size: Size) -> Rows:
    for n in ROUNDS:
        yield {
            "id": n,
            "round_id": n,
            "secret": READABLE_SEED,
            "digest": digest_of_seed(READABLE_SEED),
            "drawn_at": NOW - days(121),
        }


def requests(size: Size) -> Rows:
    """Those of the closed round, those that became placements, and three of the learner who walks."""
    said = texts(np.random.default_rng(3), size.requests + size.placements + 3, 30)
    for n in range(1, size.requests + 1):
        yield request(n, size.learner(size.placements + n - 1), 1, CLOSED_ROUND, said[n - 1])
    for n in range(1, size.placements + 1):
        at = size.requests + n
        yield request(at, size.learner(n - 1), 1, PUBLISHED_ROUND, said[at - 1])
    own = ((3, None, RequestState.DRAFT), (2, OPEN_ROUND, RequestState.SUBMITTED))
    for at, (programme, round_id, state) in enumerate((*own, (4, PUBLISHED_ROUND, RequestState.SUBMITTED))):
        id_ = size.of_cast + at
        yield request(id_, CAST[Role.LEARNER], programme, round_id, said[id_ - 1]) | {"state": state}


def request(id_: int, learner_id: int, programme: int, round_id: int | None, interests: str) -> Row:
    row = {"id": id_, "learner_id": learner_id, "module_id": rpe_of(programme), "round_id": round_id}
    dates = {"start_from": TODAY - days(10), "start_until": TODAY + days(60 + id_ % 90)}
    answers = {"interests": interests, "nobody_excluded": bool(id_ % 20), "takes_any_other": True}
    moments = {"created_at": NOW - days(20), "submitted_at": NOW - days(15)}
    return {**row, "state": RequestState.SUBMITTED, **dates, **answers, **moments}


def all_requests(size: Size) -> range:
    return range(1, size.of_cast + 3)


def networks_of_requests(size: Size) -> Rows:
    """Most ask in two networks, the learner who walks in all."""
    for n in all_requests(size):
        chosen = {n % NETWORKS, (n + n % 2) % NETWORKS} if n < size.of_cast else set(range(NETWORKS))
        yield from ({"request_id": n, "network_id": at + 1} for at in chosen)


def specialties_of_requests(size: Size) -> Rows:
    for n in all_requests(size):
        for position in range(1, 1 + n % 3):
            yield {"request_id": n, "specialty_id": (n + position) % len(SPECIALTIES) + 1, "position": position}


def ranked(size: Size) -> Rows:
    """Up to five openings of the first network that was chosen; the learner who walks has five near the first."""
    for n in all_requests(size):
        count = n % (LISTED + 1) if n < size.of_cast else LISTED
        for position in range(1, count + 1):
            at = (n * 7 + position * 3) % (size.openings // NETWORKS) * NETWORKS + n % NETWORKS
            yield {"request_id": n, "opening_id": at or NETWORKS, "position": position}


def excluded(size: Size) -> Rows:
    """One learner in twenty of the closed round names somebody."""
    for n in range(20, size.requests + 1, 20):
        row = {"id": n, "learner_id": size.learner(size.placements + n - 1), "kind": ExclusionKind.LINE_MANAGER}
        yield {**row, "name": f"Manager {n}", "email": f"manager{n}@nowhere.example"}


PUBLISHED_RUN, COMPARED_RUNS = 1, (2, 3)


def runs(size: Size) -> Rows:
    """The run that was published, and two of the closed round; their problems are not kept."""
    yield run(PUBLISHED_RUN, PUBLISHED_ROUND, size, size.placements, NOW - days(85))
    yield from (run(n, CLOSED_ROUND, size, size.requests) for n in COMPARED_RUNS)


def run(id_: int, round_id: int, size: Size, learners: int, published_at: datetime | None = None) -> Row:
    outcome = {
        "placed": len(given(id_, size)),
        "learners": learners,
        "pairs": learners,
        "parts": 1,
        "status": "optimal",
        "stages": [],
        "methods": {},
        "places": {str(n): 1 for n in range(1, size.openings + 1)},
    }
    return {
        "id": id_,
        "round_id": round_id,
        "stages": list(USUAL_STAGES),
        "seed": READABLE_SEED,
        "state": RunState.SOLVED,
        "outcome": outcome,
        "seconds": 1.0,
        "problem": "{}",
        "solution": "{}",
        "created_at": (published_at or NOW) - days(1),
        "created_by_id": CAST[Role.COORDINATOR],
        "published_at": published_at,
    }


def given(run_id: int, size: Size) -> range:
    """The numbers of the requests that a run places: in the closed round each run leaves out others."""
    return range(1, size.placements + 1) if run_id == PUBLISHED_RUN else range(run_id, size.requests + 1)


def run_figures(size: Size) -> Rows:
    for run_id in (PUBLISHED_RUN, *COMPARED_RUNS):
        placed = [
            Placed(f"R{n}", f"M{n % size.mentors}", f"S{n}", 700, n % LISTED or None) for n in given(run_id, size)
        ]
        numbers = numbers_of(placed, entrants(run_id, size))
        yield {
            "run_id": run_id,
            "learners": numbers.learners,
            "placed": numbers.placed,
            "could_have_first": numbers.could,
            "first_choices": numbers.first_choices,
            "off_list": numbers.off_list,
            "score_sum": numbers.score_sum,
            "pinned": 0,
            "is_proved": True,
            "pairings": str(run_id),
            "details": {"run": numbers.as_json(), "random_order": numbers.as_json()},
        }


def entrants(run_id: int, size: Size) -> Entrants:
    """Everybody in a region of twelve."""
    names = [f"R{n}" for n in range(1, (size.placements if run_id == PUBLISHED_RUN else size.requests) + 1)]
    members = {kind: [Member(one, at, f"{kind} {at % NETWORKS}") for at, one in enumerate(names)] for kind in KINDS}
    return Entrants(names, names, [f"M{n}" for n in range(size.mentors)], members)


def questions(size: Size) -> Rows:
    """What was asked of the run, each with as many who would move as stand on several pages."""
    moves = [[size.requests + n, 1, (n % size.openings) + 1, 1, None] for n in range(1, size.placements + 1)]
    change = {"stages": [["placed", 1, 1], ["score", 700, 701]], "moves": moves[:1_000], "clash": None}
    forced = {**change, "moves": moves[:20]}
    alternatives = [{"opening": n, "rank": n, "score": 700, **forced} for n in range(2, 6)]
    short = [{"of": "opening", "id": n, "placed": 1, "bettered": 2} for n in range(1, 6)]
    pins = [{"request": size.requests + 1, "opening": 1, "reason": "agreed", **forced}]
    answers: tuple[tuple[QuestionKind, list[str], Row, int | None], ...] = (
        (QuestionKind.WHAT_IF, ["opening-1"], change, None),
        (QuestionKind.PINS, [], {"pins": pins}, None),
        (QuestionKind.SHORTAGES, [], {"places": short, "untried": 0}, None),
        (
            QuestionKind.EXPLANATION,
            [],
            {"without": forced, "alternatives": alternatives, "more": 0},
            size.requests + 1,
        ),
    )
    asked = {"run_id": 1, "asked_at": NOW, "asked_by_id": CAST[Role.COORDINATOR], "answered_at": NOW}
    for at, (kind, tokens, answer, request_id) in enumerate(answers, 1):
        state = {"state": QuestionState.ANSWERED, "complaint": "", "answer": answer}
        yield {"id": at, "kind": kind, "asked": tokens, "request_id": request_id, **state, **asked}


def places(size: Size) -> Rows:
    """What the published run gave: number, request and opening; the last one waits for the learner who walks."""
    for n in range(1, size.placements + 1):
        yield {"id": n, "request_id": size.requests + n, "opening_id": (n - 1) % size.openings + 1}
    yield {"id": size.placements + 1, "request_id": size.of_cast + 2, "opening_id": 4}


def proposals(size: Size) -> Rows:
    """Those that were published, and those of two runs that give most learners something else."""
    yield from ({**row, "run_id": PUBLISHED_RUN, "score": 700, "rank": 1} for row in places(size))
    first = size.placements + 2
    for run_id in COMPARED_RUNS:
        for at, n in enumerate(given(run_id, size), first):
            opening = (n * run_id) % size.openings + 1
            yield {"id": at, "request_id": n, "opening_id": opening, "run_id": run_id, "score": 700, "rank": 1}
        first += size.requests


def unplaced(size: Size) -> Rows:
    for run_id in COMPARED_RUNS:
        yield from ({"run_id": run_id, "request_id": n, "reason": "All is full."} for n in range(1, run_id))


def offers(size: Size) -> Rows:
    for row in places(size):
        waits = row["id"] > size.placements
        state = OfferState.WAITING if waits else OfferState.ACCEPTED
        dates = {"offered_at": NOW - days(85), "answer_by": TODAY + days(20)}
        dates["answer_until"] = NOW + days(20)
        yield {**row, "proposal_id": row["id"], "round_id": PUBLISHED_ROUND, "state": state, **dates}


def terms(size: Size) -> Rows:
    for row in places(size):
        dates = {"starts_on": TODAY - days(30), "ends_on": TODAY + days(300), "said_at": NOW - days(85)}
        yield {"offer_id": row["id"], "number": 1, "organisation_id": row["opening_id"], **dates}


def placements(size: Size) -> Rows:
    for row in places(size):
        n, opening = row["id"], row["opening_id"]
        if n <= size.placements:
            with_whom = {"learner_id": size.learner(n - 1), "mentor_id": size.mentor_of(opening), "offer_id": n}
            dates = {"starts_on": TODAY - days(60), "ends_on": TODAY + days(240), "agreed_at": NOW - days(70)}
            yield {"id": n, "opening_id": opening, "module_id": 1, "state": PlacementState.ACTIVE, **with_whom, **dates}


def wishes(size: Size) -> Rows:
    """One placement in two hundred and fifty is asked about; of every other one the mentor leaves."""
    for n in range(1, size.placements + 1, ASKED_EVERY):
        leaves = bool(n // ASKED_EVERY % 2)
        opening = (n - 1) % size.openings + 1
        by = size.mentor_of(opening) if leaves else size.learner(n - 1)
        row = {"id": n, "placement_id": n, "kind": AskedKind.MENTOR_LEAVES if leaves else AskedKind.PAUSE}
        asked = {"from_on": TODAY + days(20), "why": "A new job.", "asked_by_id": by, "asked_at": NOW - days(2)}
        yield {**row, **asked, "state": AskedState.WAITING}


def next_places(size: Size) -> Rows:
    """One for the learner who walks."""
    dates = {"starts_on": TODAY + days(20), "ends_on": TODAY + days(200), "answer_by": TODAY + days(7)}
    row = {"id": 1, "placement_id": 1, "opening_id": 4, "cause": Cause.MENTOR_LEAVES, **dates}
    yield {**row, "offered_at": NOW, "state": NextPlaceState.WAITING}


def swap_codes(size: Size) -> Rows:
    yield {"id": 1, "offer_id": 2, "code": SWAP_CODE, "made_at": NOW}


def swaps(size: Size) -> Rows:
    """That of the learner who walks, and as many others as there are wishes; all wait for a coordinator."""
    pairs = [(size.placements + 1, 2), *((n, n + 1) for n in range(3, size.placements, ASKED_EVERY))]
    for n, (one, other) in enumerate(pairs, 1):
        openings = {"one_opening_id": 4, "other_opening_id": 2, "one_agreed_to": "read", "other_agreed_to": "read"}
        row = {"id": n, "round_id": PUBLISHED_ROUND, "one_id": one, "other_id": other, **openings}
        yield {**row, "state": SwapState.AGREED, "asked_at": NOW - days(1)}


def better_places(size: Size) -> Rows:
    """That of the learner who walks, and as many others as there are wishes; all wait for an answer."""
    offers = (size.placements + 1, *range(3, size.placements, ASKED_EVERY))
    for n, offer in enumerate(offers, 1):
        row = {"id": n, "round_id": PUBLISHED_ROUND, "offer_id": offer, "opening_id": 2, "from_opening_id": 4}
        dates = {"answer_by": TODAY + days(7), "offered_at": NOW - days(1)}
        yield {**row, **dates, "terms": "read", "state": BetterPlaceState.WAITING}


TABLES = tuple(
    chain(
        ((MatchRound, match_rounds), (round_networks, networks_of_rounds), (RoundSeed, seeds)),
        ((PlacementRequest, requests), (request_networks, networks_of_requests)),
        ((RequestSpecialty, specialties_of_requests), (RankedOpening, ranked), (ExcludedMentor, excluded)),
        ((Run, runs), (RunFigures, run_figures), (Proposal, proposals), (UnplacedRequest, unplaced)),
        ((RunQuestion, questions),),
        ((Offer, offers), (OfferTerms, terms), (Placement, placements)),
        ((ChangeAsked, wishes), (NextPlace, next_places), (SwapCode, swap_codes), (Swap, swaps)),
        ((BetterPlace, better_places),),
    )
)
