"""Who is signed in: the person behind a session, as long as the session is still good."""

from datetime import datetime, timedelta
from functools import cache, cached_property

from flask import Flask, Response, after_this_request, session
from flask_login import LoginManager, UserMixin, login_user
from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import joinedload

from app.config import Settings
from app.models.operations.sign_ins import SignIn
from app.models.people import Person, RoleGrant, digest_of_secret
from app.platform.clock import now
from app.platform.db import db, is_busy, transaction
from app.web.access import Permission, permissions_of

SEEN_EVERY = timedelta(minutes=5)  # so that looking at pages does not write all the time

login_manager = LoginManager()


class SignedIn(UserMixin):
    """A person with a running session; `get_id` is the token that her browser keeps, and not who she is."""

    def __init__(self, sign_in: SignIn, token: str) -> None:
        self.sign_in, self.person, self.token = sign_in, sign_in.person, token

    def get_id(self) -> str:
        return self.token

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        return permissions_of(self.person)


def keep_sessions(app: Flask, settings: Settings) -> None:
    """Let the app know its people: a session is good while its row is there and neither too old nor idle too long."""
    life, idle = timedelta(hours=settings.session_hours), timedelta(minutes=settings.session_idle_minutes)
    login_manager.init_app(app)

    @login_manager.user_loader
    def load(token: str) -> SignedIn | None:
        found = db.session().scalars(sign_in_of_digest(), {"digest": digest_of_secret(token)})
        sign_in = found.unique().one_or_none()
        if sign_in is None or not sign_in.is_good(now(), life, idle):
            return None
        note_seen(sign_in, now())
        return SignedIn(sign_in, token)


@cache
def sign_in_of_digest() -> Select[SignIn]:
    """The session with its person and all that every page asks of her: one query, built once for all pages."""
    grants = joinedload(Person.grants).options(joinedload(RoleGrant.network), joinedload(RoleGrant.provider))
    profiles = joinedload(Person.learner_profile), joinedload(Person.mentor_profile)
    of_person = joinedload(SignIn.person, innerjoin=True).options(grants, *profiles)
    return select(SignIn).where(SignIn.token_digest == bindparam("digest")).options(of_person)


def begin_session(sign_in: SignIn, token: str) -> None:
    """Let this browser hold the session from now on; whatever it held before is forgotten."""
    session.clear()
    session.permanent = True
    login_user(SignedIn(sign_in, token))


def note_seen(sign_in: SignIn, moment: datetime) -> None:
    """Note every few minutes that the session is used, in a short transaction of its own after this request's."""
    if moment - sign_in.seen_at < SEEN_EVERY:
        return
    seen = update(SignIn).where(SignIn.id == sign_in.id, SignIn.seen_at < moment).values(seen_at=moment)

    @after_this_request
    def write(response: Response) -> Response:
        try:
            with transaction(alone=False) as own:
                own.execute(seen)
        except SQLAlchemyError as error:
            if not is_busy(error):
                raise  # where others are at work, her next page notes it
        return response
