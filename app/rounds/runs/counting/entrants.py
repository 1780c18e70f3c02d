"""Reads whom a run could place, and in which groups they are as it ends."""

from collections.abc import Iterator

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

import matching
from app.models.organisations import Network, Organisation
from app.models.people import LearnerProfile
from app.models.programmes import Module, Programme, Provider
from app.models.requests import PlacementRequest
from app.rounds.names_in_problem import LEARNERS
from app.rounds.runs.counting.numbers import Entrants
from app.rounds.runs.counting.shares import Member
from app.rounds.snapshot import Snapshot

PROFESSION, REGION, UNIVERSITY = "profession", "region", "university"
KINDS = (PROFESSION, REGION, UNIVERSITY)
NOT_KNOWN = "Not known"


def entrants_of(session: Session, snapshot: Snapshot) -> Entrants:
    """Those of the round as the run read it; one query."""
    problem, labels = snapshot.problem, labels_in(session, [one.id for one in snapshot.inputs.requests])
    return Entrants(
        requests=[one.id for one in problem.learners],
        could=with_a_possible_first_choice(problem),
        mentors=[one.id for one in problem.mentors],
        members={kind: list(members_by(kind, snapshot, labels)) for kind in KINDS},
    )


def with_a_possible_first_choice(problem: matching.Problem) -> list[str]:
    """The learners who have a pair of rank 1. O(m)."""
    pairs = matching.PairColumns.of(problem.pairs)
    return [pairs.ids[0][at] for at in np.unique(pairs.learner[pairs.rank == 1]).tolist()]


Labels = dict[int, dict[str, str]]


def labels_in(session: Session, request_ids: list[int]) -> Labels:
    """The groups of requests by their ids, as far as they are known; the region is that of the employer."""
    statement = (
        select(PlacementRequest.id, LearnerProfile.profession, Network.name, Provider.name)
        .outerjoin(LearnerProfile, LearnerProfile.person_id == PlacementRequest.learner_id)
        .outerjoin(Organisation, LearnerProfile.employer_id == Organisation.id)
        .outerjoin(Network, Organisation.network_id == Network.id)
        .outerjoin(Module, PlacementRequest.module_id == Module.id)
        .outerjoin(Programme, Module.programme_id == Programme.id)
        .outerjoin(Provider, Programme.provider_id == Provider.id)
        .where(PlacementRequest.id.in_(request_ids))
    )
    return {
        id_: {
            PROFESSION: profession.value.capitalize() if profession else "",
            REGION: region or "",
            UNIVERSITY: university or "",
        }
        for id_, profession, region, university in session.execute(statement)
    }


def members_by(kind: str, snapshot: Snapshot, labels: Labels) -> Iterator[Member]:
    """Every request with its group of one kind; where no employer is known, the only network that she can go to."""
    for request in snapshot.inputs.requests:
        label = labels.get(request.id, {}).get(kind, "")
        if kind == REGION and not label and len(request.networks) == 1:
            label = request.networks[0].name
        yield Member(LEARNERS.encode(request.id), request.learner_id, label or NOT_KNOWN)
