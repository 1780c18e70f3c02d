"""The moves of learning agreements, and which of them void what was signed."""

from app.models.course.agreements import AgreementState
from app.platform.lifecycle import Move, Party
from app.platform.signing.lifecycle import SignedLifecycle
from app.rules.agreements.kind import AGREEMENT, SIGNERS

LEARNER = frozenset({Party.LEARNER})
DRAFT, TO_SIGN = frozenset({AgreementState.DRAFT}), frozenset({AgreementState.TO_SIGN})

WROTE, GAVE, TOOK_BACK, ASKED = (
    "wrote in a learning agreement",
    "gave a learning agreement to be signed",
    "took back a learning agreement to change it",
    "asked for a change of a learning agreement",
)
AGREEMENTS = SignedLifecycle(
    AGREEMENT,
    [
        Move(WROTE, DRAFT, AgreementState.DRAFT, LEARNER),
        Move(GAVE, DRAFT, AgreementState.TO_SIGN, LEARNER),
        Move(TOOK_BACK, TO_SIGN, AgreementState.DRAFT, LEARNER, needs_reason=True),
        Move(ASKED, TO_SIGN, AgreementState.DRAFT, frozenset(SIGNERS) - LEARNER, needs_reason=True),
    ],
    signed_in=AgreementState.TO_SIGN,
    voids={TOOK_BACK: SIGNERS, ASKED: SIGNERS},
)


def reopening_by(party: Party) -> str:
    """What it is called when somebody in this part lets it be written again."""
    return TOOK_BACK if party is Party.LEARNER else ASKED
