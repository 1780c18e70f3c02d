"""What can become of a session that was written down: who may move it from which state."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.language.refusal import Refused
from app.models.people import Person
from app.models.supervision import SessionState, SupervisionSession
from app.platform.lifecycle import Lifecycle, Move, Party
from app.platform.links import end_links_to
from app.promises.sign_offs.changed import end_what_covers

CONFIRM, QUESTION = "confirmed a session", "questioned a session"
CONFIRM_BY_LINK = "confirm a session"  # the purpose of a link
CORRECT, WITHDRAW, WITHDRAW_CONFIRMED = "corrected a session", "withdrew a session", "withdrew a confirmed session"

OPEN, CONFIRMED = frozenset({SessionState.TO_CONFIRM, SessionState.DISPUTED}), frozenset({SessionState.CONFIRMED})
AUTHOR, ANSWERER = frozenset({Party.AUTHOR}), frozenset({Party.ANSWERER})

SESSIONS = Lifecycle(
    "session",
    (
        Move(CONFIRM, OPEN, SessionState.CONFIRMED, ANSWERER),
        Move(QUESTION, OPEN, SessionState.DISPUTED, ANSWERER, needs_reason=True),
        Move(CORRECT, OPEN | CONFIRMED, SessionState.WITHDRAWN, AUTHOR),
        Move(WITHDRAW, OPEN, SessionState.WITHDRAWN, AUTHOR),
        # Both have put their name to it, so either can take hers back, and says why.
        Move(WITHDRAW_CONFIRMED, CONFIRMED, SessionState.WITHDRAWN, AUTHOR | ANSWERER, needs_reason=True),
    ),
    enter=SupervisionSession.enter,
)


def party_of(meeting: SupervisionSession, person: Person) -> Party | None:
    """What somebody who may see the session is to it: whoever does the mentor's part answers what the learner wrote.

    A mentor answers for what a deputy wrote as well, who may be gone when it is to be corrected; another deputy reads.
    """
    is_by_learner, is_learner = meeting.is_by_learner, person.id == meeting.placement.learner_id
    if is_learner or is_by_learner:
        return Party.AUTHOR if is_learner is is_by_learner else Party.ANSWERER
    return Party.AUTHOR if person.id in (meeting.logged_by_id, meeting.placement.mentor_id) else None


def deeds_of(meeting: SupervisionSession, person: Person) -> frozenset[str]:
    """What learner or mentor can do to the session as it stands."""
    party = party_of(meeting, person)
    return frozenset(move.deed for move in SESSIONS.possible(meeting.state, party)) if party else frozenset()


def withdrawing(meeting: SupervisionSession) -> str:
    """How a session is withdrawn as it stands."""
    return WITHDRAW_CONFIRMED if meeting.state is SessionState.CONFIRMED else WITHDRAW


def move_session(
    session: Session,
    actor: Person,
    meeting: SupervisionSession,
    deed: str,
    now: datetime,
    reason: str = "",
    *,
    by_link: bool = False,
) -> None:
    """Move a session that is held, and end the links to it; raises Refused where it is not the actor's to do, or no
    longer possible."""
    party = party_of(meeting, actor)
    if party is None:
        raise Refused("This session is for the learner and for whoever wrote it down.")
    # By a link it was whoever reads that mail, and the audit trail says so.
    details: dict[str, Any] = {"by_link": True} if by_link else {}
    confirmed_at = meeting.confirmed_at
    SESSIONS.move(session, meeting, deed, party, actor, now, reason=reason, **details)
    if deed in (CONFIRM, QUESTION):
        meeting.answered_by = actor
    end_links_to(session, meeting, CONFIRM_BY_LINK, now)
    if deed in (CORRECT, WITHDRAW_CONFIRMED):
        why = f"The session of {day_in_words(meeting.held_on)} was {'corrected' if deed == CORRECT else 'withdrawn'}."
        end_what_covers(session, actor, meeting.placement, confirmed_at, why, now)
