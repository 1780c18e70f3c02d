"""The log of what people decided about a round: coded reasons, and nobody's name or words."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

import matching
from app.models.operations.audit import AuditLine
from app.models.pairs.conflicts import Conflict
from app.models.publications import Publication
from app.models.requests import PlacementRequest
from app.models.runs import Pin, Run
from app.rounds.dossier.after_publication import better_places_offered, free_places_offered, swaps_decided, turns_opened
from app.rounds.dossier.moments import moment
from app.rounds.names_in_problem import LEARNERS, MENTORS, STUDIES
from app.rounds.service import OPENED_AGAIN

FIRST_SEED, AGAIN, OTHER = "the round was set up", "the round was opened again", "another reason"
OF_THE_ROUND = {
    "let learners move up": "learners can move up",
    "let no learner move up": "learners cannot move up",
    "opened a round": "round set up",
    "changed the dates of a round": "dates changed",
    "closed a round early": "closed early",
}
DAYS_KEPT = ("before", "planned")  # of the details of such a line


def decisions_before(session: Session, publication: Publication, problem: matching.Problem) -> list[dict[str, Any]]:
    """Every decision up to the publication, those of earlier turns too, the oldest first.

    Where another kind of human decision comes to rounds, its lines belong here.
    """
    round_ = publication.round
    found = [
        *seeds_drawn(publication),
        *deeds_on_the_round(session, publication),
        *policies_announced(publication),
        *pins_fixed(session, publication, problem),
        *exceptions_made(session, problem),
        *runs_started(session, publication),
        *publications_made(session, publication),
        *turns_opened(round_),
        *free_places_offered(session, round_),
        *swaps_decided(session, round_),
        *better_places_offered(session, round_),
    ]
    return sorted((one for one in found if one["at"] <= moment(publication.published_at)), key=in_order)


def decisions_since(session: Session, publication: Publication) -> list[tuple[datetime, dict[str, Any]]]:
    """Those after it, which stand in no dossier before the next turn is published, each with its moment."""
    round_ = publication.round
    found = [
        *turns_opened(round_),
        *free_places_offered(session, round_),
        *swaps_decided(session, round_),
        *better_places_offered(session, round_),
    ]
    since = sorted((one for one in found if one["at"] > moment(publication.published_at)), key=in_order)
    return [(datetime.fromisoformat(one["at"]), one) for one in since]


def in_order(decision: dict[str, Any]) -> tuple[str, str, str]:
    return decision["at"], decision["what"], repr(sorted(decision.items(), key=lambda pair: pair[0]))


def why_drawn(number: int, reason: str) -> str:
    return FIRST_SEED if number == 0 else AGAIN if reason == OPENED_AGAIN else OTHER


def seeds_drawn(publication: Publication) -> Iterator[dict[str, Any]]:
    for number, seed in enumerate(publication.round.seeds):
        yield {
            "at": moment(seed.drawn_at),
            "what": "seed drawn",
            "digest": seed.digest,
            "why": why_drawn(number, seed.reason),
        }


def deeds_on_the_round(session: Session, publication: Publication) -> Iterator[dict[str, Any]]:
    lines = session.scalars(
        select(AuditLine).where(
            AuditLine.subject_type == "MatchRound",
            AuditLine.subject_id == publication.round_id,
            AuditLine.deed.in_(OF_THE_ROUND),
        )
    )
    for line in lines:
        known: dict[str, Any] = {name: line.details[name] for name in DAYS_KEPT if name in line.details}
        yield {"at": moment(line.at), "what": OF_THE_ROUND[line.deed], **known}


def policies_announced(publication: Publication) -> Iterator[dict[str, Any]]:
    for one in publication.round.announcements:
        yield {"at": moment(one.announced_at), "what": "policy announced", "policy": list(one.stages)}


def exceptions_made(session: Session, problem: matching.Problem) -> Iterator[dict[str, Any]]:
    """When a pair of the round could be formed again that a conflict had kept apart.

    Not which: its mentor does not read of the conflict, and may read this.
    """
    learners = {LEARNERS.decode(one.id) for one in problem.learners}
    mentors = {MENTORS.decode(one.id) for one in problem.mentors}
    excepted = (
        select(PlacementRequest.id, Conflict.mentor_id, Conflict.excepted_at)
        .join(Conflict, Conflict.learner_id == PlacementRequest.learner_id)
        .where(Conflict.excepted_at.is_not(None))
        .order_by(Conflict.id, PlacementRequest.id)
    )
    for request_id, mentor_id, at in session.execute(excepted):
        if request_id in learners and mentor_id in mentors:
            yield {"at": moment(at), "what": "exception from a conflict"}


def pins_fixed(session: Session, publication: Publication, problem: matching.Problem) -> Iterator[dict[str, Any]]:
    """Each pin when it was fixed and when it was lifted, by the numbers that the problem has."""
    kept = {pin.key for pin in problem.pins}
    run = publication.run
    pins = select(Pin).where(Pin.round_id == publication.round_id).order_by(Pin.id)
    for pin in session.scalars(pins.options(joinedload(Pin.opening))):
        names = (
            LEARNERS.encode(pin.request_id),
            MENTORS.encode(pin.opening.mentor_id),
            STUDIES.encode(pin.opening.study_id),
        )
        held = pin.created_at <= (run.started_at or run.created_at)
        held = held and (pin.lifted_at is None or pin.lifted_at > (run.started_at or run.created_at))
        told = dict(zip(("learner", "mentor", "study"), names, strict=True)) | {"why": pin.kind.value}
        yield {"at": moment(pin.created_at), "what": "pin fixed", **told, "kept_by_the_run": held and names in kept}
        if pin.lifted_at:
            yield {"at": moment(pin.lifted_at), "what": "pin lifted", **told}


def runs_started(session: Session, publication: Publication) -> Iterator[dict[str, Any]]:
    for run in session.scalars(select(Run).where(Run.round_id == publication.round_id).order_by(Run.id)):
        yield {
            "at": moment(run.created_at),
            "what": "run started",
            "run": run.id,
            "policy": list(run.stages),
            "outcome": run.state.value,
            "problem_digest": run.problem_digest,
        }


def publications_made(session: Session, publication: Publication) -> Iterator[dict[str, Any]]:
    earlier = select(Publication).where(Publication.round_id == publication.round_id, Publication.id <= publication.id)
    for one in session.scalars(earlier.order_by(Publication.id)):
        yield {"at": moment(one.published_at), "what": "published", "run": one.run_id}
        if one.taken_back_at and one.taken_back_kind:
            why = one.taken_back_kind.value
            yield {"at": moment(one.taken_back_at), "what": "publication taken back", "run": one.run_id, "why": why}
