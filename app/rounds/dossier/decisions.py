"""The log of what people decided about a round: coded reasons, and nobody's name or words."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

import matching
from app.models.operations.audit import AuditLine
from app.models.publications import Publication
from app.models.runs import Pin, Run
from app.rounds.names_in_problem import LEARNERS, MENTORS, STUDIES
from app.rounds.service import OPENED_AGAIN

FIRST_SEED, AGAIN, OTHER = "the round was set up", "the round was opened again", "another reason"
OF_THE_ROUND = {
    "opened a round": "round set up",
    "changed the dates of a round": "dates changed",
    "closed a round early": "closed early",
}
DAYS_KEPT = ("before", "planned")  # of the details of such a line


def decisions_before(session: Session, publication: Publication, problem: matching.Problem) -> list[dict[str, Any]]:
    """Every decision up to the publication, the oldest first.

    Where another kind of human decision comes to rounds, its lines belong here.
    """
    found = [
        *seeds_drawn(publication),
        *deeds_on_the_round(session, publication),
        *pins_fixed(session, publication, problem),
        *runs_started(session, publication),
        *publications_made(session, publication),
    ]
    return sorted((one for one in found if one["at"] <= moment(publication.published_at)), key=in_order)


def in_order(decision: dict[str, Any]) -> tuple[str, str, str]:
    return decision["at"], decision["what"], repr(sorted(decision.items(), key=lambda pair: pair[0]))


def moment(at: Any) -> str:
    """A moment in UTC, as every part of a dossier says it."""
    return str(at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))


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
