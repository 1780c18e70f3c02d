"""What is recorded about a learner beside her requests, in plain words and values that fit her own copy."""

from datetime import date
from typing import Any

from app.language.dates_and_times import day_of
from app.models.academic.notes import SupervisorNote
from app.models.academic.prior_learning import PriorLearningClaim
from app.models.academic.supervisors import SupervisorAssignment
from app.models.academic.unplaced import UnplacedAcknowledgement
from app.models.course.acknowledged import Acknowledgement
from app.models.course.agreements import LearningAgreement
from app.models.course.capabilities import CapabilityRating
from app.models.course.evidence import Evidence
from app.models.course.progress_reviews import ProgressReview
from app.models.course.records_of_elsewhere import RecordOfElsewhere
from app.models.course.signed_records import IssuedRecord
from app.models.evaluation.askings import Asking
from app.models.operations.false_alarms import FalseAlarm
from app.models.operations.parties import Party
from app.models.pairs.conflicts import Conflict
from app.models.pairs.nominations import Nomination
from app.models.values.free_text import DetailKind
from app.requests.own_copy.bursaries import bursary_as_kept
from app.requests.own_copy.concerning import Concerning
from app.requests.own_copy.credit import decision_in_copy
from app.requests.own_copy.dissertations import dissertation_in_copy
from app.requests.own_copy.way import as_plain
from app.rules.agreements.kind import content_of
from app.rules.course.risks import Risk
from app.rules.progress_reviews.kind import content_of as content_of_review
from app.rules.sign_offs.issued import standing_of
from app.rules.sign_offs.kind import content_of as content_of_sign_off
from app.rules.sign_offs.standing import PlacementSignOff
from app.rules.signing.standing import Standing


def beside_in_copy(beside: Concerning) -> dict[str, Any]:
    """Days are ISO dates, moments are in UTC."""
    return {
        "supervisors_i_named": [_nomination(one) for one in beside.nominations],
        "conflicts_recorded": [_conflict(one) for one in beside.conflicts],
        "academic_supervisors": [_supervisor(one) for one in beside.supervisors],
        **as_plain(beside.way),
        "notes_about_me": [_note(one) for one in beside.notes],
        "risks_put_aside": [_put_aside(one) for one in beside.put_aside],
        "put_aside_without_a_placement": [_unplaced(one) for one in beside.unplaced],
        "learning_agreements": [_agreement(*one) for one in beside.agreements],
        "progress_reviews": [
            _progress_review(review, one.standings[kind])
            for one in beside.reviews
            for kind, review in one.reviews.items()
        ],
        "sign_offs": [_sign_off(one) for one in beside.sign_offs],
        "evidence_of_capabilities": [_evidence(one) for one in beside.evidence],
        "ratings_of_capabilities": [_rating(one) for one in beside.ratings],
        "signed_records": [_signed_record(one) for one in beside.signed_records],
        "records_from_elsewhere": [_from_elsewhere(one) for one in beside.from_elsewhere],
        "claims_of_prior_learning": [_claim(one) for one in beside.claims],
        "mentors_i_was_asked_about": list(beside.mentors_settled),
        "decisions_about_my_credit": [decision_in_copy(one) for one in beside.credit],
        "my_dissertations": [dissertation_in_copy(one) for one in beside.dissertations],
        "surveys_i_was_asked": [_asking(one) for one in beside.surveys],
        "words_i_kept_for_a_reason": [_false_alarm(one) for one in beside.false_alarms],
        "bursaries": [bursary_as_kept(one) for one in beside.bursaries],
        "reminders": _reminders(beside),
    }


def _from_elsewhere(one: RecordOfElsewhere) -> dict[str, Any]:
    """What her university took as prior learning; the file is that which she gave."""
    return {
        "module": one.name,
        "issued_by": one.issuer_name,
        "issuer": one.issuer,
        "address": one.address,
        "issued_at": one.issued_at.isoformat(),
        "key": one.key_id,
        "sha256": one.file_digest,
        "taken_at": one.taken_at.isoformat() if one.taken_at else None,
        "taken_by": one.taken_by_name,
    }


def _claim(one: PriorLearningClaim) -> dict[str, Any]:
    """What she claimed, what it rests on, and what was decided by whom; files are hers to download."""
    return {
        "programme": one.enrolment.programme.title,
        "for": one.aim,
        "credits": one.credits,
        "words": one.words,
        "state": one.state.value,
        "sent_at": one.sent_at.isoformat() if one.sent_at else None,
        "learnt_before": [
            {
                "what": source.title,
                "where": source.body,
                "kind": source.kind.value,
                "level": source.level,
                "credits": source.credits,
                "finished_on": source.finished_on.isoformat(),
                "words": source.words,
                "link": source.link,
                "file": source.file.name if source.file else None,
                "taken_out": source.removed_at is not None,
            }
            for source in one.every_source
        ],
        "decisions": [
            {
                "credits": decision.credits,
                "decided_on": decision.decided_on.isoformat(),
                "decided_by": decision.decided_by.name,
                "reason": decision.reason,
                "exempted_by": decision.exempted_by,
            }
            for decision in one.decisions
        ],
    }


def _false_alarm(one: FalseAlarm) -> dict[str, Any]:
    return {
        "looked_like": [DetailKind[kind].words for kind in one.kinds],
        "why_it_identifies_nobody": one.reason,
        "when": one.at.isoformat(),
        "what_i_did": one.deed,
    }


def _signed_record(one: IssuedRecord) -> dict[str, Any]:
    """That it was given out, and how it stands; the file itself is for her to download."""
    return {
        "placement": one.placement_id,
        "number": one.number,
        "made_at": one.issued_at.isoformat(),
        "standing": standing_of(one).value,
        "address": one.address,
        "sha256": one.file_digest,
    }


def _reminders(beside: Concerning) -> dict[str, Any]:
    """What she chose, where she has chosen; a weekday is counted from Monday, 0."""
    digest, calendar = beside.digest, beside.calendar
    chosen_at = digest.chosen_at if digest else None
    return {
        "digest": digest.rhythm.value if digest and chosen_at else None,
        "weekday": digest.weekday if digest and chosen_at else None,
        "chosen_at": chosen_at.isoformat() if chosen_at else None,
        "calendar_since": calendar.made_at.isoformat() if calendar and not calendar.ended_at else None,
    }


def _nomination(one: Nomination) -> dict[str, Any]:
    return {
        "module": one.module.title,
        "name": one.name,
        "email": one.email,
        "job_title": one.job_title,
        "study": one.study_name,
        "study_number": one.study_numbers or None,
        "organisation": one.organisation.name,
        "network": one.network.name,
        "starts_on": _iso(one.starts_on),
        "ends_on": _iso(one.ends_on),
        "state": one.state.value,
        "named_on": _iso(day_of(one.created_at)),
    }


def _conflict(one: Conflict) -> dict[str, Any]:
    return {
        "mentor": one.mentor.name,
        "kind": one.kind.value,
        "recorded_on": _iso(day_of(one.created_at)),
        "lifted_on": _iso(day_of(one.excepted_at)) if one.excepted_at else None,
    }


def _supervisor(one: SupervisorAssignment) -> dict[str, Any]:
    return {
        "name": one.supervisor.name,
        "programme": one.enrolment.programme.title,
        "from": _iso(one.starts_on),
        "until": _iso(one.ended_on),
    }


def _note(one: SupervisorNote) -> dict[str, Any]:
    return {
        "by": one.author.name,
        "written_at": one.written_at.isoformat(),
        "says": one.words,
        "answered_by": one.answered_by.name if one.answered_by else None,
        "answer": one.answer or None,
    }


def _asking(one: Asking) -> dict[str, Any]:
    """That she was asked; what she answered, or that she would rather not, is kept without her name."""
    return {"survey": one.survey.value, "level": one.level.value, "asked_on": one.asked_on.isoformat()}


def _put_aside(one: Acknowledgement) -> dict[str, Any]:
    return {
        "by": one.by.name,
        "at": one.at.isoformat(),
        "reason": Risk[one.risk].value,
        "until": _iso(one.until_on),
        "says": one.words,
    }


def _unplaced(one: UnplacedAcknowledgement) -> dict[str, Any]:
    return {
        "by": one.by.name,
        "at": one.at.isoformat(),
        "module": one.module.title,
        "was_to_start_by": _iso(one.starts_by),
        "until": _iso(one.until_on),
        "says": one.words,
    }


def _agreement(one: LearningAgreement, standing: Standing) -> dict[str, Any]:
    """What it says now, word for word as it is signed, and every signature with what was signed."""
    return {
        "mentor": one.placement.mentor.name,
        "state": one.state.value,
        "says": content_of(one),
        "signatures": _signatures(standing),
    }


def _progress_review(review: ProgressReview, standing: Standing) -> dict[str, Any]:
    """What she handed in, what the mentor did once she may read it, what was agreed, and every signature."""
    return {
        "mentor": review.placement.mentor.name,
        "review": review.kind.value,
        "state": review.state.value,
        "handed_in": [
            {
                "by": one.party,
                "at": one.handed_in_at.isoformat(),
                "goes_well": one.goes_well,
                "is_hard": one.is_hard,
                "comes_next": one.comes_next,
            }
            for one in review.preparations
            if one.party == Party.LEARNER.value or (review.is_open and one is review.handed_in_by(Party.MENTOR))
        ],
        "says": content_of_review(review),
        "read_by": review.read_by.name if review.read_by else None,
        "signatures": _signatures(standing),
    }


def _sign_off(one: PlacementSignOff) -> dict[str, Any]:
    """What was attested, what each said, what was returned, exceptions, and every signature with what was signed."""
    row = one.sign_off
    return {
        "mentor": row.placement.mentor.name,
        "state": row.state.value,
        "asked_by": row.asked_by.name,
        "asked_at": row.asked_at.isoformat(),
        "says": content_of_sign_off(row),
        "said": [
            {"by": words.author_name, "as": words.party, "words": words.words, "why_all_the_same": words.reason}
            for words in row.words
        ],
        "returned": [
            {"by": line.by_name, "at": line.at.isoformat(), "part": line.part.value, "words": line.words}
            for line in row.returns
        ],
        "exceptions": [
            {"of": line.person.name, "by": line.granted_by.name, "why": line.reason, "at": line.granted_at.isoformat()}
            for line in row.exceptions
        ],
        "ended_because": one.ended.reason if one.ended else None,
        "signatures": _signatures(one.standing),
    }


def _signatures(standing: Standing) -> list[dict[str, Any]]:
    """All that were ever made, with what was signed."""
    return [
        {
            "name": row.signer_name,
            "as": row.party,
            "signed_at": row.signed_at.isoformat(),
            "digest": row.digest,
            "stands": row in standing.signatures.values(),
            "ended_at": row.voided_at.isoformat() if row.voided_at else None,
            "ended_because": row.voided_because,
            "signed": row.signed.content,
        }
        for row in sorted([*standing.signatures.values(), *standing.past], key=lambda row: row.id)
    ]


def _evidence(one: Evidence) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "title": one.title,
        "what_it_shows": one.words,
        "link": one.link or None,
        "file": {"name": one.file.name, "sha256": one.file.digest} if one.file else None,
        "capabilities": [wording.name for wording in one.wordings],
        "added_on": _iso(day_of(one.added_at)),
        "withdrawn_on": _iso(day_of(one.withdrawn_at)) if one.withdrawn_at else None,
    }


def _rating(one: CapabilityRating) -> dict[str, Any]:
    return {
        "capability": one.wording.name,
        "level": one.level.value,
        "by": one.rater.value,
        "name": one.rated_by.name,
        "rated_on": _iso(day_of(one.rated_at)),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
