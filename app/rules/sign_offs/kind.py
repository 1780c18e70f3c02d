"""The sign-off as something that three people sign: what a signature covers, and in which words."""

from typing import Any

from app.models.course.sign_offs import SignOff
from app.models.operations.parties import Party
from app.rules.signing.kinds import SignedKind, Wording

SIGNERS = (Party.MENTOR, Party.STUDY_TEAM, Party.ACADEMIC_SUPERVISOR)


def content_of(sign_off: SignOff) -> dict[str, Any]:
    """The record as it was attested, the mentor's words, and whom she named; people stand there by id where they have
    one, because names may change."""
    placement = sign_off.placement
    return {
        "placement": placement.id,
        "module": placement.module_id,
        "learner": placement.learner_id,
        "mentor": placement.mentor_id,
        "attested": sign_off.attested,
        "confirmer": {
            "person": sign_off.confirmer_id,
            "name": sign_off.confirmer_name,
            "role": sign_off.confirmer_role,
            "email": sign_off.confirmer_email,
        },
        "facts": sign_off.facts,
    }


SIGN_OFF = SignedKind(
    "sign-off",
    SIGNERS,
    content_of,
    (
        Wording(
            "sign-off-1",
            "I have read this record. As far as my part goes, it says what happened: as mentor, what I saw; for the "
            "study team, what its records show; for the university, what it decides on.",
        ),
    ),
)
