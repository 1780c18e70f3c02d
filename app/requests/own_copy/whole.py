"""All that is kept about somebody as a learner, whether or not she has asked for a placement, to take away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.models.people import Person
from app.models.placements import Placement
from app.models.programmes import Module, Programme
from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.requests.own_copy.beside import beside_in_copy
from app.requests.own_copy.concerning import Concerning, concerning
from app.requests.own_copy.record import profile_in_copy, request_in_copy
from app.requests.queries import load_whole


@dataclass(frozen=True)
class OwnCopy:
    """The requests, withdrawn ones among them, and the placements, the oldest first, with all that stands beside."""

    person: Person
    requests: Sequence[PlacementRequest]
    placements: Sequence[Placement]
    beside: Concerning


def own_copy_of(session: Session, person: Person) -> OwnCopy:
    """A few queries, however much there is."""
    hers = select(PlacementRequest).where(PlacementRequest.learner_id == person.id).order_by(PlacementRequest.id)
    requests = session.scalars(hers).all()
    load_whole(session, requests)
    return OwnCopy(person, requests, placements_of(session, person), concerning(session, person))


def placements_of(session: Session, person: Person) -> Sequence[Placement]:
    return session.scalars(
        select(Placement)
        .where(Placement.learner_id == person.id)
        .order_by(Placement.starts_on, Placement.id)
        .options(
            joinedload(Placement.mentor),
            joinedload(Placement.module).joinedload(Module.programme).joinedload(Programme.provider),
            joinedload(Placement.opening).joinedload(Opening.study),
        )
    ).all()


def as_plain(copy: OwnCopy, now: datetime) -> dict[str, Any]:
    """The same as values that fit JSON; what was done in a placement is a file of its own, its whole record."""
    person = copy.person
    return {
        "format": "rpe-own-copy/1",
        "copied_at": now.isoformat(),
        "name": person.name,
        "email": person.email,
        "roles": [
            {
                "role": grant.role.value,
                "since": grant.granted_at.isoformat(),
                "until": grant.ended_at.isoformat() if grant.ended_at else None,
            }
            for grant in person.grants
        ],
        "about_me": profile_in_copy(person.learner_profile),
        "requests": [request_in_copy(one, now) for one in copy.requests],
        "placements": [_placement(one) for one in copy.placements],
        **beside_in_copy(copy.beside),
    }


def _placement(one: Placement) -> dict[str, Any]:
    return {
        "placement": one.id,
        "mentor": one.mentor.name,
        "study": one.opening.study.title,
        "module": one.module.title,
        "university": one.module.programme.provider.name,
        "from": one.starts_on.isoformat(),
        "until": one.ends_on.isoformat(),
        "state": one.state.value,
        "outcome": one.outcome.value if one.outcome else None,
    }
