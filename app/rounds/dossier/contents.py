"""Makes the parts of a dossier out of a publication; nothing in them names a person."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, type_coerce
from sqlalchemy.orm import Session, joinedload, load_only, selectinload
from sqlalchemy.types import LargeBinary

import matching
from app.models.compressed import unpacked
from app.models.organisations import Network
from app.models.people import LearnerProfile, Person
from app.models.programmes import Module, Programme, Provider
from app.models.publications import Publication
from app.models.requests import PlacementRequest
from app.models.runs import Run
from app.platform.files.plain_zip import json_of
from app.rounds.dossier import archive
from app.rounds.dossier.decisions import decisions_before, why_drawn
from app.rounds.dossier.fair_shares import Labels, people_in, shares_of, with_labels
from app.rounds.dossier.measures import aims_of, measures_from
from app.rounds.dossier.moments import moment
from app.rounds.dossier.transparency import Facts, record_in_words, record_of
from app.rounds.dossier.words import policy_in_words, read_me
from app.rounds.names_in_problem import LEARNERS
from app.rounds.policies import meaning_of

SEVERAL, NOT_SAID = "several regions", "not said"


def parts_of(session: Session, publication: Publication, service: str) -> dict[str, bytes]:
    """The parts by their names, the same bytes each time; `service` is what the service is called."""
    run = publication.run
    texts = {name: text_of(session, run, name) for name in ("problem", "solution")}
    problem, solution = matching.read_problem(texts["problem"]), matching.read_solution(texts["solution"])
    labels, person_of = labels_of(session, problem)
    labelled = with_labels(problem, labels)
    quality = matching.quality(labelled, solution)
    round_facts = facts_of(publication, matching.check(problem, solution))
    record = record_of(Facts.of(publication, service, len(problem.learners)))
    return {
        archive.READ_ME: read_me(publication).encode(),
        archive.ROUND: json_of(round_facts),
        archive.POLICY_TEXT: policy_in_words(run.stages).encode(),
        archive.PROBLEM: texts["problem"],
        archive.SOLUTION: texts["solution"],
        archive.QUALITY: json_of(measures_from(problem, solution, quality)),
        archive.SHARES: json_of(shares_of(quality.groups, people_in(labels, person_of))),
        archive.DECISIONS: json_of(decisions_before(session, publication, problem)),
        archive.RECORD: json_of(record),
        archive.RECORD_TEXT: record_in_words(record).encode(),
    }


def text_of(session: Session, run: Run, name: str) -> bytes:
    """The problem or the solution as it is kept and downloaded."""
    column = getattr(Run, name)
    kept = session.execute(select(type_coerce(column, LargeBinary)).where(Run.id == run.id)).scalar_one()
    return b"".join(unpacked(kept))


def facts_of(publication: Publication, report: matching.CheckReport) -> dict[str, Any]:
    """What was decided before anybody knew what would come of it, and what came of it."""
    round_, run = publication.round, publication.run
    return {
        "format": archive.FORMAT,
        "name": round_.name,
        "level": round_.level.value,
        "networks": [network.name for network in round_.networks],
        **{day: getattr(round_, day).isoformat() for day in ("opens_on", "closes_on")},
        "closes_at": moment(round_.closes_at),
        "answer_by": publication.answer_by.isoformat(),
        "published_at": moment(publication.published_at),
        "run": run.id,
        "stages": list(run.stages),
        "policy": meaning_of(run.stages),
        "aims": aims_of(report),
        "seed": run.seed,
        "seeds": [
            {"digest": seed.digest, "drawn_at": moment(seed.drawn_at), "why": why_drawn(number, seed.reason)}
            for number, seed in enumerate(round_.seeds)
        ],
        "problem_digest": run.problem_digest,
    }


def labels_of(session: Session, problem: matching.Problem) -> tuple[Labels, dict[str, int]]:
    """What each learner of the problem is counted among (her profession, where she can go, her university), and who."""
    ids = [LEARNERS.decode(one.id) for one in problem.learners]
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    person_of: dict[str, int] = {}
    for start in range(0, len(ids), 500):
        for request in requests_with_labels(session, ids[start : start + 500]):
            name = LEARNERS.encode(request.id)
            found[name], person_of[name] = labels_of_request(request), request.learner_id
    return found, person_of


def requests_with_labels(session: Session, ids: Sequence[int]) -> Sequence[PlacementRequest]:
    learner = joinedload(PlacementRequest.learner).load_only(Person.id)
    programme = joinedload(PlacementRequest.module).load_only(Module.id).joinedload(Module.programme)
    return session.scalars(
        select(PlacementRequest)
        .where(PlacementRequest.id.in_(ids))
        .options(
            load_only(PlacementRequest.id, PlacementRequest.learner_id),
            learner.joinedload(Person.learner_profile).load_only(LearnerProfile.profession),
            programme.load_only(Programme.id).joinedload(Programme.provider).load_only(Provider.name),
            selectinload(PlacementRequest.networks).load_only(Network.name),
        )
    ).all()


def labels_of_request(request: PlacementRequest) -> tuple[tuple[str, str], ...]:
    profile, networks = request.learner.learner_profile, [network.name for network in request.networks]
    return (
        ("profession", profile.profession.value if profile and profile.profession else NOT_SAID),
        ("region", networks[0] if len(networks) == 1 else SEVERAL),
        ("university", request.module.programme.provider.name if request.module else NOT_SAID),
    )
