"""Who may do what: permissions, the roles that hold them, and the marker that every view carries."""

import enum
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, NoReturn, TypeVar

from flask import abort, current_app, request
from flask_login import current_user

from app.models.people import Person, Role
from app.web.deeds.once import is_sent_once, once
from app.web.edge.false_alarms import keep_false_alarms

View = TypeVar("View", bound=Callable[..., Any])


class Permission(enum.Enum):
    """What a view can ask for; whose rows are reached is the loader's business."""

    USE_OWN_ACCOUNT = "use own account"
    REQUEST_PLACEMENT = "request a placement"
    ANSWER_OFFER = "answer an offer"
    SEE_PLACEMENT = "see a placement"
    SEE_READINESS = "see what a placement needs before it starts"
    CHECK_READINESS = "check what a placement needs before it starts"
    SET_READINESS = "set what is asked before a start everywhere"
    SEE_AGREEMENT = "see a learning agreement"
    WRITE_AGREEMENT = "write a learning agreement"
    SIGN_AGREEMENT = "sign a learning agreement"
    SET_AGREEMENT_TEMPLATE = "set what learning agreements begin with"
    SEE_RECORD = "see and take away the whole record of a placement"
    SEE_PROGRESS_REVIEW = "see progress reviews of a placement"
    HOLD_PROGRESS_REVIEW = "prepare, write down and sign a progress review"
    REOPEN_PROGRESS_REVIEW = "ask for a change of a progress review"
    READ_PROGRESS_REVIEW = "note that a progress review was read"
    SET_REVIEW_DATES = "set when progress reviews are due"
    MAKE_SIGNED_RECORD = "have the record of a placement signed"
    TAKE_SIGNED_RECORD = "take a signed record away"
    SEE_SIGNED_RECORD = "see which signed records were given out"
    SEE_SIGN_OFF = "see the sign-off of a placement"
    ASK_SIGN_OFF = "ask for the sign-off of a placement"
    ATTEST_SIGN_OFF = "attest what was seen in a placement"
    RETURN_SIGN_OFF = "return the sign-off of a placement"
    DECIDE_SIGN_OFF = "sign off a placement for a university"
    OVERSEE_SIGN_OFFS = "see to the sign-offs of a university"
    SAY_HOW_IT_WAS = "say how the supervision of a mentor was"
    LOG_HOURS = "log hours"
    SEE_CAPABILITIES = "see capabilities and their evidence"
    RATE_CAPABILITIES = "rate capabilities"
    KEEP_EVIDENCE = "keep evidence"
    SET_CAPABILITIES = "set the capabilities of a programme"
    VERIFY_HOURS = "verify hours"
    LOG_SESSION = "plan, log and confirm sessions"
    SEE_LEARNERS = "see own learners"
    OFFER_OPENINGS = "offer openings"
    SEE_STUDIES = "see studies"
    LIMIT_STUDY = "limit the learners of a study"
    PROMISE_LEARNERS = "say how many learners a round must give a mentor"
    RUN_ROUNDS = "run match rounds"
    SEE_PLAN = "see the plan of a round"
    OVERSEE_PLACEMENTS = "oversee the placements of a network"
    SEE_RISKS = "see who is at risk, and put a reason aside"
    ANSWER_QUESTIONS = "answer questions from the public"
    SEND_UPDATES = "write and send updates by email"
    SEE_PROGRESS = "see the progress of learners of a university"
    DECIDE_CREDIT = "decide credit"
    SEE_OWN_PROGRESS = "see how far one is oneself"
    SEE_LEDGERS = "see credits, hours and capabilities of a learner"
    SEE_TRANSCRIPT = "see the transcript of a learner"
    CLAIM_PRIOR_LEARNING = "claim credit for prior learning"
    SEE_PRIOR_LEARNING = "see claims of prior learning"
    DECIDE_PRIOR_LEARNING = "decide on claims of prior learning"
    SET_PRIOR_LEARNING = "set what a university recognises of prior learning"
    KEEP_BOARDS = "prepare boards and record what they decide"
    READ_BOARDS = "read boards on which one sits"
    SEE_OWN_CREDIT = "see what was decided about own credit"
    SEE_DISSERTATION = "see a dissertation"
    WRITE_DISSERTATION = "begin and propose a dissertation"
    ANSWER_DISSERTATION = "answer the proposal of a dissertation"
    RECORD_APPROVALS = "record approvals and steps of a dissertation"
    SET_MILESTONES = "set the days of a dissertation"
    OVERSEE_DISSERTATIONS = "see the dissertations of a university"
    EDIT_PROGRAMMES = "edit the programmes of a university"
    ENROL_LEARNERS = "enrol learners of a university and note their way"
    FOLLOW_OWN_WAY = "see own programmes and ask about them"
    SEE_COHORTS = "see who is where in each cohort of a university"
    NAME_SUPERVISORS = "name academic supervisors"
    SEE_NOTES = "see notes about learners"
    WRITE_NOTE = "write a note about a learner"
    ANSWER_NOTE = "answer a note about a learner"
    APPLY_FOR_BURSARY = "apply for a bursary"
    RUN_BURSARIES = "run calls for bursaries"
    ASSESS_BURSARIES = "assess applications for bursaries"
    MANAGE_PEOPLE = "manage people"
    IMPORT_REGISTRIES = "import registries"
    READ_AUDIT = "read the audit trail"
    READ_OUTBOX = "read outgoing mail"
    LOOK_AFTER_JOBS = "look after jobs"
    ANSWER_SURVEYS = "answer what is asked for the evaluation"
    ANSWER_MENTOR_SURVEYS = "answer what mentors are asked for the evaluation"
    READ_EVALUATION = "read published figures of the evaluation"
    EDIT_EVALUATION = "word questions of the evaluation, and decide on free text"
    ANSWER_LEFT_REVIEWS = "answer reviews that no coordinator may answer"


EVERYBODY = frozenset({Permission.USE_OWN_ACCOUNT})

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.LEARNER: frozenset(
        {
            Permission.FOLLOW_OWN_WAY,
            Permission.REQUEST_PLACEMENT,
            Permission.ANSWER_SURVEYS,
            Permission.SEE_PLAN,
            Permission.ANSWER_OFFER,
            Permission.SEE_PLACEMENT,
            Permission.SEE_READINESS,
            Permission.SEE_AGREEMENT,
            Permission.SEE_RECORD,
            Permission.WRITE_AGREEMENT,
            Permission.SIGN_AGREEMENT,
            Permission.SEE_PROGRESS_REVIEW,
            Permission.HOLD_PROGRESS_REVIEW,
            Permission.REOPEN_PROGRESS_REVIEW,
            Permission.MAKE_SIGNED_RECORD,
            Permission.TAKE_SIGNED_RECORD,
            Permission.SEE_SIGNED_RECORD,
            Permission.SAY_HOW_IT_WAS,
            Permission.LOG_HOURS,
            Permission.LOG_SESSION,
            Permission.SEE_CAPABILITIES,
            Permission.RATE_CAPABILITIES,
            Permission.KEEP_EVIDENCE,
            Permission.SEE_SIGN_OFF,
            Permission.ASK_SIGN_OFF,
            Permission.SEE_OWN_PROGRESS,
            Permission.CLAIM_PRIOR_LEARNING,
            Permission.SEE_PRIOR_LEARNING,
            Permission.SEE_OWN_CREDIT,
            Permission.SEE_DISSERTATION,
            Permission.WRITE_DISSERTATION,
            Permission.RECORD_APPROVALS,
            Permission.APPLY_FOR_BURSARY,
        }
    ),
    Role.MENTOR: frozenset(
        {
            Permission.OFFER_OPENINGS,
            Permission.ANSWER_MENTOR_SURVEYS,
            Permission.SEE_PLAN,
            Permission.SEE_STUDIES,
            Permission.SEE_PLACEMENT,
            Permission.SEE_READINESS,
            Permission.CHECK_READINESS,
            Permission.SEE_AGREEMENT,
            Permission.SEE_RECORD,
            Permission.SIGN_AGREEMENT,
            Permission.SEE_PROGRESS_REVIEW,
            Permission.HOLD_PROGRESS_REVIEW,
            Permission.REOPEN_PROGRESS_REVIEW,
            Permission.SEE_SIGNED_RECORD,
            Permission.VERIFY_HOURS,
            Permission.LOG_SESSION,
            Permission.SEE_CAPABILITIES,
            Permission.RATE_CAPABILITIES,
            Permission.SEE_LEARNERS,
            Permission.SEE_LEDGERS,
            Permission.SEE_SIGN_OFF,
            Permission.ASK_SIGN_OFF,
            Permission.ATTEST_SIGN_OFF,
            Permission.RETURN_SIGN_OFF,
            Permission.ASSESS_BURSARIES,
        }
    ),
    Role.COORDINATOR: frozenset(
        {
            Permission.RUN_ROUNDS,
            Permission.READ_EVALUATION,
            Permission.ANSWER_QUESTIONS,
            Permission.OVERSEE_PLACEMENTS,
            Permission.SEE_RISKS,
            Permission.SEE_RECORD,
            Permission.SEE_READINESS,
            Permission.CHECK_READINESS,
            Permission.SEE_PLAN,
            Permission.SEE_STUDIES,
            Permission.LIMIT_STUDY,
            Permission.PROMISE_LEARNERS,
            Permission.ASSESS_BURSARIES,
        }
    ),
    Role.ACADEMIC_SUPERVISOR: frozenset(
        {
            Permission.SEE_PROGRESS,
            Permission.SEE_RISKS,
            Permission.SEE_AGREEMENT,
            Permission.SEE_RECORD,
            Permission.SIGN_AGREEMENT,
            Permission.SEE_PROGRESS_REVIEW,
            Permission.REOPEN_PROGRESS_REVIEW,
            Permission.READ_PROGRESS_REVIEW,
            Permission.TAKE_SIGNED_RECORD,
            Permission.SEE_SIGNED_RECORD,
            Permission.SEE_CAPABILITIES,
            Permission.SEE_SIGN_OFF,
            Permission.RETURN_SIGN_OFF,
            Permission.DECIDE_SIGN_OFF,
            Permission.OVERSEE_SIGN_OFFS,
            Permission.SEE_NOTES,
            Permission.WRITE_NOTE,
            Permission.SEE_LEDGERS,
            Permission.SEE_TRANSCRIPT,
            Permission.SEE_PRIOR_LEARNING,
            Permission.READ_BOARDS,
            Permission.SEE_DISSERTATION,
            Permission.ANSWER_DISSERTATION,
            Permission.RECORD_APPROVALS,
            Permission.SET_MILESTONES,
            Permission.OVERSEE_DISSERTATIONS,
            Permission.ASSESS_BURSARIES,
        }
    ),
    Role.PROGRAMME_LEAD: frozenset(
        {
            Permission.SEE_PROGRESS,
            Permission.SEE_RISKS,
            Permission.ANSWER_QUESTIONS,
            Permission.DECIDE_CREDIT,
            Permission.SEE_LEDGERS,
            Permission.SEE_TRANSCRIPT,
            Permission.SEE_PRIOR_LEARNING,
            Permission.DECIDE_PRIOR_LEARNING,
            Permission.SET_PRIOR_LEARNING,
            Permission.KEEP_BOARDS,
            Permission.READ_BOARDS,
            Permission.SEE_DISSERTATION,
            Permission.SET_MILESTONES,
            Permission.OVERSEE_DISSERTATIONS,
            Permission.READ_EVALUATION,
            Permission.EDIT_PROGRAMMES,
            Permission.ENROL_LEARNERS,
            Permission.SEE_COHORTS,
            Permission.NAME_SUPERVISORS,
            Permission.SEE_NOTES,
            Permission.ANSWER_NOTE,
            Permission.SEE_AGREEMENT,
            Permission.SEE_RECORD,
            Permission.SET_AGREEMENT_TEMPLATE,
            Permission.SEE_PROGRESS_REVIEW,
            Permission.SET_REVIEW_DATES,
            Permission.TAKE_SIGNED_RECORD,
            Permission.SEE_SIGNED_RECORD,
            Permission.SEE_CAPABILITIES,
            Permission.SET_CAPABILITIES,
            Permission.SEE_SIGN_OFF,
            Permission.OVERSEE_SIGN_OFFS,
            Permission.RUN_BURSARIES,
            Permission.ASSESS_BURSARIES,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.RUN_BURSARIES,
            Permission.ASSESS_BURSARIES,
            Permission.ANSWER_QUESTIONS,
            Permission.SEND_UPDATES,
            Permission.MANAGE_PEOPLE,
            Permission.READ_EVALUATION,
            Permission.EDIT_EVALUATION,
            Permission.SET_READINESS,
            Permission.EDIT_PROGRAMMES,
            Permission.IMPORT_REGISTRIES,
            Permission.SEE_STUDIES,
            Permission.READ_AUDIT,
            Permission.READ_OUTBOX,
            Permission.LOOK_AFTER_JOBS,
            Permission.ANSWER_LEFT_REVIEWS,
        }
    ),
}


def permissions_of(person: Person) -> frozenset[Permission]:
    """What all of a person's roles together allow."""
    return EVERYBODY.union(*(ROLE_PERMISSIONS[role] for role in person.roles))


def may(permission: Permission) -> bool:
    """True when the person who is signed in holds the permission."""
    return current_user.is_authenticated and permission in current_user.permissions


def coordinates_any(network_ids: Iterable[int]) -> bool:
    """True when the person who is signed in coordinates one of the networks."""
    return current_user.is_authenticated and not signed_in().network_ids().isdisjoint(network_ids)


def requires(permission: Permission) -> Callable[[View], View]:
    """Mark a view: whoever is not signed in is asked to, and whoever lacks the permission gets 403."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
            if not may(permission):
                refuse(403)
            done = once(signed_in(), lambda: view(*args, **kwargs)) if is_sent_once(view) else view(*args, **kwargs)
            keep_false_alarms(done)
            return done

        guarded.access = permission  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return mark


def open_to_all(view: View) -> View:
    """Mark a view that anybody may see, signed in or not."""

    @wraps(view)
    def opened(*args: Any, **kwargs: Any) -> Any:
        done = view(*args, **kwargs)
        keep_false_alarms(done)
        return done

    opened.access = None  # type: ignore[attr-defined]
    return opened  # type: ignore[return-value]


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
