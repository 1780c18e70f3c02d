"""Agreements and reviews as the record has them, with every signature and whether it stands."""

from collections.abc import Sequence

from app.models.course.agreements import LearningAgreement
from app.models.course.progress_reviews import ProgressReview
from app.models.operations.signatures import Signature
from app.rules.record.content import AgreementIn, ObjectiveIn, ReviewIn, SignatureIn
from app.rules.signing.standing import Standing


def signatures_in(standing: Standing) -> tuple[SignatureIn, ...]:
    """All that were ever made, the oldest first."""
    stand = [(one, True) for one in standing.signatures.values()]
    every: Sequence[tuple[Signature, bool]] = [*((one, False) for one in standing.past), *stand]
    return tuple(signature_in(one, stands) for one, stands in sorted(every, key=lambda pair: pair[0].id))


def signature_in(signature: Signature, stands: bool) -> SignatureIn:
    return SignatureIn(
        signature.party,
        signature.signer_name,
        signature.signed_at,
        signature.digest,
        signature.revision,
        signature.wording,
        stands,
        signature.voided_at,
        signature.voided_because,
    )


def agreement_in(part: int, agreement: LearningAgreement, standing: Standing) -> AgreementIn:
    return AgreementIn(
        part,
        agreement.state.value,
        agreement.revision,
        standing.is_complete,
        standing.digest,
        tuple(ObjectiveIn(one.words, tuple(named.name for named in one.capabilities)) for one in agreement.objectives),
        agreement.minutes_by_category,
        agreement.minutes_by_month,
        agreement.sessions.value if agreement.sessions else "",
        agreement.working_pattern,
        signatures_in(standing),
    )


def review_in(part: int, review: ProgressReview, standing: Standing) -> ReviewIn:
    """What was agreed is left out until both have signed it: before that it is a draft of one of them."""
    is_signed = standing.is_complete
    return ReviewIn(
        part,
        review.kind.value,
        review.state.value,
        review.revision,
        is_signed,
        standing.digest,
        review.met_on,
        review.agreed if is_signed else "",
        review.statement if is_signed else "",
        tuple(one.name for one in review.seen) if is_signed else (),
        signatures_in(standing),
    )
