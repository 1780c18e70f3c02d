"""The record of a placement as it would be given out now: with its sign-off, as the one text that is signed."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.placements import Placement
from app.rules.record.content import RecordContent, plain
from app.rules.record.reading import record_of
from app.rules.sign_offs.section import section_of
from app.rules.sign_offs.standing import PlacementSignOff, sign_off_of
from app.rules.signing.canonical import canonical_text, digest_of
from app.signed_records.bundle.credential import Achieved

NOT_SIGNED_OFF = (
    "This placement is not signed off, so there is nothing to take away signed yet. Mentor, study team and university "
    "sign it off at its end."
)


@dataclass(frozen=True)
class Draft:
    """What would be signed, as a text of which `digest` is the digest, and the sign-off on which it rests."""

    record: RecordContent
    sign_off: PlacementSignOff
    text: str
    digest: str


def draft_of(session: Session, placement: Placement, today: date) -> Draft:
    """Raises Refused while the placement is not signed off; a few queries, however long the record is."""
    sign_off = sign_off_of(session, placement)
    if sign_off is None or not sign_off.is_signed_off:
        raise Refused(NOT_SIGNED_OFF)
    record = replace(record_of(session, placement, today), sign_off=section_of(sign_off))
    text = canonical_text(plain(record))
    return Draft(record, sign_off, text, digest_of(text))


def achieved_in(record: RecordContent) -> Achieved:
    """What the credential says in words."""
    module = record.module
    return Achieved(
        learner=record.learner.name,
        name=module.title,
        description=(
            f"Research Practice Experience for {module.title}, {module.credits} credits, {module.programme}, "
            f"{module.university}."
        ),
        criteria=(
            "Supervised practice in an approved clinical study. The mentor attested what was seen, the study team "
            "confirmed it from its records, and the university signed it off."
        ),
    )
