"""Who may do what: permissions, the roles that hold them, and the marker that every view carries."""

import enum
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn, TypeVar

from flask import abort, current_app, request
from flask_login import current_user

from app.models.people import Person, Role
from app.web.deeds.once import is_sent_once, once

View = TypeVar("View", bound=Callable[..., Any])


class Permission(enum.Enum):
    """What a view can ask for; whose rows are reached is the loader's business."""

    USE_OWN_ACCOUNT = "use own account"
    REQUEST_PLACEMENT = "request a placement"
    ANSWER_OFFER = "answer an offer"
    SEE_PLACEMENT = "see a placement"
    LOG_HOURS = "log hours"
    CONFIRM_SESSION = "confirm a session"
    LOG_SESSION = "log a session"
    OFFER_OPENINGS = "offer openings"
    SEE_STUDIES = "see studies"
    LIMIT_STUDY = "limit the learners of a study"
    RUN_ROUNDS = "run match rounds"
    SEE_PLAN = "see the plan of a round"
    OVERSEE_PLACEMENTS = "oversee the placements of a network"
    SEE_PROGRESS = "see the progress of learners of a university"
    DECIDE_CREDIT = "decide credit"
    MANAGE_PEOPLE = "manage people"
    IMPORT_REGISTRIES = "import registries"
    READ_AUDIT = "read the audit trail"
    READ_OUTBOX = "read outgoing mail"
    LOOK_AFTER_JOBS = "look after jobs"


EVERYBODY = frozenset({Permission.USE_OWN_ACCOUNT})

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.LEARNER: frozenset(
        {
            Permission.REQUEST_PLACEMENT,
            Permission.SEE_PLAN,
            Permission.ANSWER_OFFER,
            Permission.SEE_PLACEMENT,
            Permission.LOG_HOURS,
            Permission.CONFIRM_SESSION,
        }
    ),
    Role.MENTOR: frozenset(
        {
            Permission.OFFER_OPENINGS,
            Permission.SEE_PLAN,
            Permission.SEE_STUDIES,
            Permission.SEE_PLACEMENT,
            Permission.LOG_SESSION,
        }
    ),
    Role.COORDINATOR: frozenset(
        {
            Permission.RUN_ROUNDS,
            Permission.OVERSEE_PLACEMENTS,
            Permission.SEE_PLAN,
            Permission.SEE_STUDIES,
            Permission.LIMIT_STUDY,
        }
    ),
    Role.ACADEMIC_SUPERVISOR: frozenset({Permission.SEE_PROGRESS}),
    Role.PROGRAMME_LEAD: frozenset({Permission.SEE_PROGRESS, Permission.DECIDE_CREDIT}),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.MANAGE_PEOPLE,
            Permission.IMPORT_REGISTRIES,
            Permission.SEE_STUDIES,
            Permission.READ_AUDIT,
            Permission.READ_OUTBOX,
            Permission.LOOK_AFTER_JOBS,
        }
    ),
}


def permissions_of(person: Person) -> frozenset[Permission]:
    """What all of a person's roles together allow."""
    return EVERYBODY.union(*(ROLE_PERMISSIONS[role] for role in person.roles))


def may(permission: Permission) -> bool:
    """True when the person who is signed in holds the permission."""
    return current_user.is_authenticated and permission in current_user.permissions


def requires(permission: Permission) -> Callable[[View], View]:
    """Mark a view: whoever is not signed in is asked to, and whoever lacks the permission gets 403."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
            if not may(permission):
                refuse(403)
            if is_sent_once(view):
                return once(signed_in(), lambda: view(*args, **kwargs))
            return view(*args, **kwargs)

        guarded.access = permission  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return mark


def open_to_all(view: View) -> View:
    """Mark a view that anybody may see, signed in or not."""
    view.access = None  # type: ignore[attr-defined]
    return view


def signed_in() -> Person:
    """The person who asks; only for views behind `requires`."""
    person: Person = current_user.person
    return person


def found(row: Any) -> Any:
    """The row that a loader found, or 404: a stranger is not told that it exists."""
    if row is None:
        refuse(404)
    return row


def refuse(status: int) -> NoReturn:
    """Refuse somebody who is signed in, and log whom and what by numbers alone: neither names nor words of anybody."""
    of = {name: value for name, value in (request.view_args or {}).items() if isinstance(value, int)}
    who = current_user.person.id if current_user.is_authenticated else "nobody"
    current_app.logger.warning(
        "Refused with %s: person %s at %s %s %s", status, who, request.method, request.endpoint, of
    )
    abort(status)
