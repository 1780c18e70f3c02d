"""What of a record somebody reads: its words are for those of its part, its days and hours for coordinators as well."""

from collections.abc import Collection
from dataclasses import replace

from app.rules.record.content import AgreementIn, RecordContent, ReviewIn, SessionIn, SignatureIn


def with_words_of(record: RecordContent, placement_ids: Collection[int]) -> RecordContent:
    """The record as somebody reads it who reads the words of some of its parts.

    A mentor reads what was said with her, and of a part with another mentor that it was said. Evidence and ratings go
    along with the learner, to whoever reads the words of the last part.
    """
    read = {one.number for one in record.parts if one.placement_id in placement_ids}
    if len(read) == len(record.parts):
        return record
    lessened = replace(
        record,
        agreements=tuple(one if one.part in read else agreement_without_words(one) for one in record.agreements),
        sessions=tuple(one if one.part in read else session_without_words(one) for one in record.sessions),
        reviews=tuple(one if one.part in read else review_without_words(one) for one in record.reviews),
    )
    return lessened if record.part.number in read else without_evidence(lessened)


def agreement_without_words(agreement: AgreementIn) -> AgreementIn:
    signatures = tuple(signature_without_words(one) for one in agreement.signatures)
    return replace(agreement, objectives=(), working_pattern="", signatures=signatures)


def session_without_words(meeting: SessionIn) -> SessionIn:
    return replace(meeting, topics="", actions=())


def review_without_words(review: ReviewIn) -> ReviewIn:
    signatures = tuple(signature_without_words(one) for one in review.signatures)
    return replace(review, agreed="", statement="", seen=(), signatures=signatures)


def signature_without_words(signature: SignatureIn) -> SignatureIn:
    return replace(signature, voided_because="")


def without_evidence(record: RecordContent) -> RecordContent:
    """Of each capability how much evidence it has, and neither what that is nor what anybody thinks of the learner."""
    capabilities = tuple(replace(one, by_learner=None, by_mentor=None, evidence=()) for one in record.capabilities)
    return replace(record, capabilities=capabilities, evidence=())
