"""From where somebody signs in: this browser, by a token that it keeps for long, and this address."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Response, after_this_request, current_app, request
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models.operations.sign_ins import KnownPlace
from app.models.people import Person, digest_of_secret
from app.platform import tallies
from app.web.security import sender

KNOWN_FOR = timedelta(days=180)  # after the last sign-in from there


@dataclass(frozen=True, slots=True)
class Place:
    """A browser and an address, as digests; `browser` is empty where nobody has ever signed in with it."""

    browser: str
    address: str

    @property
    def digests(self) -> tuple[str, ...]:
        return tuple(one for one in (self.browser, self.address) if one)


def this_place() -> Place:
    """Where this request comes from."""
    token = request.cookies.get(cookie_name(), "")
    return Place(digest_of_secret(token) if token else "", tallies.digest_of(sender()))


def known_of(session: Session, email: str, place: Place) -> frozenset[str]:
    """Those digests of the place from which the holder of the address has signed in before; none for nobody."""
    hers = select(KnownPlace.digest).join(Person, Person.id == KnownPlace.person_id).where(Person.email == email)
    return frozenset(session.scalars(hers.where(KnownPlace.digest.in_(place.digests))))


def know_this_place(session: Session, person: Person, now: datetime) -> None:
    """Remember that the person has signed in from here, and let the browser keep a token by which it is known again.

    To be asked with the person locked, so that two sign-ins at once do not both add the place.
    """
    place = this_place()
    if not place.browser:
        token = secrets.token_urlsafe(32)
        place = Place(digest_of_secret(token), place.address)
        hand_out(token)
    known = {one.digest: one for one in session.scalars(select(KnownPlace).where(KnownPlace.person_id == person.id))}
    for digest in place.digests:
        if digest in known:
            known[digest].seen_at = now
        else:
            session.add(KnownPlace(person_id=person.id, digest=digest, seen_at=now))


def hand_out(token: str) -> None:
    """Let the browser keep the token; it opens nothing, it only tells that somebody has signed in there."""

    @after_this_request
    def set_cookie(response: Response) -> Response:
        response.set_cookie(
            cookie_name(),
            token,
            max_age=KNOWN_FOR,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return response


def cookie_name() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-browser"


def forget_old_places(session: Session, now: datetime) -> None:
    """Forget the places from which nobody has signed in for long."""
    session.execute(delete(KnownPlace).where(KnownPlace.seen_at < now - KNOWN_FOR))
