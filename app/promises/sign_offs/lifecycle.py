"""The moves of sign-offs, and which of them void what was signed."""

from app.models.course.sign_offs import SignOffState
from app.platform.lifecycle import Move, Party
from app.platform.signing.lifecycle import SignedLifecycle
from app.rules.sign_offs.kind import SIGN_OFF, SIGNERS

MENTOR, SUPERVISOR = frozenset({Party.MENTOR}), frozenset({Party.ACADEMIC_SUPERVISOR})
UNIVERSITY = SUPERVISOR | {Party.PROGRAMME_LEAD}
OPEN, RETURNED, SIGNED_OFF = (
    frozenset({one}) for one in (SignOffState.OPEN, SignOffState.RETURNED, SignOffState.SIGNED_OFF)
)
ASKED = "asked for a sign-off"
ASKED_AGAIN, ATTESTED_ANEW, RETURN, CHANGED = (
    "asked again for a sign-off",
    "attested a placement anew",
    "returned a sign-off",
    "let a sign-off be attested anew, because its record changed",
)
DECIDED, VOIDED, SUPERSEDED = "signed off a placement", "voided a sign-off", "superseded a sign-off"

SIGN_OFFS = SignedLifecycle(
    SIGN_OFF,
    [
        Move(ASKED_AGAIN, RETURNED, SignOffState.OPEN, MENTOR | {Party.LEARNER}),
        Move(ATTESTED_ANEW, OPEN, SignOffState.OPEN, MENTOR),
        Move(RETURN, OPEN, SignOffState.RETURNED, frozenset(SIGNERS), needs_reason=True),
        # What was attested is no longer so: whoever signed would have signed something that is not there.
        Move(CHANGED, OPEN, SignOffState.OPEN, frozenset({Party.SERVICE}), needs_reason=True),
        Move(DECIDED, OPEN, SignOffState.SIGNED_OFF, SUPERVISOR),
        Move(VOIDED, SIGNED_OFF, SignOffState.VOID, UNIVERSITY, needs_reason=True),
        Move(SUPERSEDED, SIGNED_OFF, SignOffState.SUPERSEDED, frozenset({Party.SERVICE}), needs_reason=True),
    ],
    signed_in=SignOffState.OPEN,
    voids=dict.fromkeys((ATTESTED_ANEW, RETURN, CHANGED, VOIDED, SUPERSEDED), SIGNERS),
)
