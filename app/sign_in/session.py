"""Who is signed in: the person behind a session, as long as the session is still good."""

from datetime import UTC, datetime, timedelta

from flask import Flask, session
from flask_login import LoginManager, UserMixin
from sqlalchemy.orm import joinedload, selectinload

from app.config import Settings
from app.models.people import Person, RoleGrant
from app.platform.clock import now
from app.platform.db import db

login_manager = LoginManager()


class SignedIn(UserMixin):
    """A person with a running session."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def get_id(self) -> str:
        return str(self.person.id)


def keep_sessions(app: Flask, settings: Settings) -> None:
    """Let the app know its people; a session ends by age, by idleness and when the person's sessions are ended."""
    app.config["SESSION_IDLE"] = timedelta(minutes=settings.session_idle_minutes)
    app.config["SESSION_LIFE"] = timedelta(hours=settings.session_hours)
    login_manager.init_app(app)

    @login_manager.user_loader
    def load(person_id: str) -> SignedIn | None:
        person = db.session.get(
            Person,
            int(person_id),
            options=[
                selectinload(Person.grants).options(joinedload(RoleGrant.network), joinedload(RoleGrant.provider)),
                joinedload(Person.learner_profile),
                joinedload(Person.mentor_profile),
            ],
        )
        if person is None or not person.is_active or has_ended(person, app.config):
            return None
        session["seen"] = now().timestamp()
        return SignedIn(person)


def begin_session(moment: datetime) -> None:
    """Note when this session began; called at sign-in."""
    session.permanent = True
    session["began"] = session["seen"] = moment.timestamp()


def has_ended(person: Person, limits: dict[str, timedelta]) -> bool:
    """True when the session is too old, was idle too long, or began before the person's sessions were ended."""
    began = datetime.fromtimestamp(session.get("began", 0), UTC)
    seen = datetime.fromtimestamp(session.get("seen", 0), UTC)
    return (
        began < person.sessions_valid_from
        or now() - began > limits["SESSION_LIFE"]
        or now() - seen > limits["SESSION_IDLE"]
    )
