"""Of which kind each mail is: what cannot wait is sent at once, what a digest says is only sent where none comes.

Whoever words a new mail says here what kind it is: a test finds those that are missing.
"""

import enum


class Kind(enum.Enum):
    """Why a mail is sent when it is, in words for the page on which people choose when a digest comes."""

    OFFER = "offers and places, and what becomes of them"
    DEADLINE = "an answer that somebody waits for, and a day that is near"
    NEWS = "what somebody else has done that concerns you"
    ACCOUNT = "your account: how to get in, its password and address, and tries to get in as you"
    REMINDER = "something that is for you to see to, some days before it is due"
    DIGEST = "all that waits for you"

    @property
    def is_at_once(self) -> bool:
        return self not in (Kind.REMINDER, Kind.DIGEST)


# The functions of each module `mails` that word a mail, by the kind of the mail.
_WORDED: dict[str, dict[Kind, str]] = {
    "app.admin.mails": {
        Kind.ACCOUNT: "invitation address_corrected",
    },
    "app.agreements.mails": {
        Kind.DEADLINE: "to_sign",
        Kind.NEWS: "complete reopened",
    },
    "app.dissertations.mails": {
        Kind.DEADLINE: "to_answer",
        Kind.NEWS: "agreed returned submitted not_submitted day_set",
    },
    "app.enrolments.mails": {
        Kind.NEWS: (
            "enrolled stepped_to_learner stepped_to_others not_agreed withdrawn_to_lead "
            "award_confirmed award_not_confirmed shared"
        ),
        Kind.DEADLINE: "asked award_named",
        Kind.ACCOUNT: "choose_password",
    },
    "app.bursaries.applying.mails": {
        Kind.NEWS: "sent",
    },
    "app.bursaries.assessing.mails": {
        Kind.DEADLINE: "named",
        Kind.NEWS: "stood_down interest_declared interest_taken_back",
    },
    "app.bursaries.calls.mails": {
        Kind.NEWS: "cancelled nothing_to_assess doctors_said",
    },
    "app.bursaries.outcome.mails": {
        Kind.OFFER: "offered reminder on_waiting_list not_eligible handed_back lapsed not_awarded",
        Kind.NEWS: "accepted is_free",
    },
    "app.evaluation.answering.mails": {
        Kind.DEADLINE: "what_became",
    },
    "app.hours.approval.mails": {
        Kind.DEADLINE: "submitted",
        Kind.NEWS: "decided",
    },
    "app.home.digests.mails": {
        Kind.DIGEST: "digest",
    },
    "app.nominations.mails": {
        Kind.DEADLINE: "asked_to_supervise to_verify nobody_can_verify",
        Kind.NEWS: (
            "withdrawn_to_mentor withdrawn_to_coordinator confirmed_to_learner declined_to_learner "
            "verified_to_learner verified_to_mentor not_verified_to_learner not_verified_to_mentor "
            "request_gave_way not_answered"
        ),
        Kind.ACCOUNT: "choose_password",
    },
    "app.oversight.mails": {
        Kind.NEWS: "said_to paused goes_on_again ended not_agreed",
        Kind.OFFER: "next_place_to_learner next_place_taken_back",
    },
    "app.placements.changes.mails": {
        Kind.NEWS: "taken_back declined",
    },
    "app.placements.mails": {
        Kind.OFFER: (
            "accepted_to_learner accepted_to_mentor declined_to_mentor more_time_to_learner more_time "
            "lapsed_to_learner lapsed_to_mentor lost_place"
        ),
        Kind.DEADLINE: "reminder",
    },
    "app.placements.moving_up.mails": {
        Kind.OFFER: "moved_up comes_to_you goes_elsewhere place_free lapsed",
        Kind.DEADLINE: "reminder",
    },
    "app.placements.swaps.mails": {
        Kind.NEWS: (
            "asked agreed to_decide declined taken_back taken_back_to_coordinator not_agreed "
            "swapped_to_learner swapped_to_mentor swapped_to_coordinator"
        ),
    },
    "app.progress_reviews.mails": {
        Kind.DEADLINE: "to_sign",
        Kind.NEWS: "complete handed_in reopened",
    },
    "app.programmes.telling.mails": {
        Kind.NEWS: "version_published",
    },
    "app.promises.course.mails": {
        Kind.NEWS: "goes_on place_broken_to_coordinator change_asked plan_cancelled deputy_ended hours_reopened",
        Kind.OFFER: "place_broken",
    },
    "app.promises.credit.mails": {
        Kind.NEWS: "decided voided earned_no_more",
    },
    "app.promises.supervising.mails": {
        Kind.NEWS: "named_to_learner named_to_supervisor no_longer_supervises",
    },
    "app.promises.mails": {
        Kind.OFFER: ("taken_back taken_back_to_mentor taken_back_to_coordinator changed_terms moved_first_day paused"),
        Kind.DEADLINE: "name_to_check",
        Kind.NEWS: "small_groups partner_left learner_stepped_away",
    },
    "app.promises.moving_up.mails": {
        Kind.OFFER: "over changed broken not_coming free_again broken_to_coordinator",
    },
    "app.promises.swaps.mails": {
        Kind.NEWS: "over over_to_coordinator",
    },
    "app.questions.mails": {
        Kind.NEWS: "published answered set_aside",
    },
    "app.readiness.mails": {
        Kind.NEWS: "entered all_in_place sent_back excepted taken_away",
        Kind.REMINDER: "reminder lapses",
        Kind.DEADLINE: "missing exception_ends",
    },
    "app.prior_learning.mails": {
        Kind.DEADLINE: "to_decide to_decide_appeal nobody_can_decide",
        Kind.NEWS: "sent_back decided appeal_decided known_to_supervisor made_void",
    },
    "app.requests.mails": {
        Kind.NEWS: "submitted",
    },
    "app.reviews.mails": {
        Kind.DEADLINE: "asked no_coordinator_can_answer",
        Kind.NEWS: "answered to_put_right put_right",
    },
    "app.rounds.clearing.mails": {
        Kind.OFFER: "place_offered in_turn turn_ended",
    },
    "app.rounds.clearing.moving_up.mails": {
        Kind.OFFER: "place_for_you kept_for taken_back",
    },
    "app.rounds.pins.mails": {
        Kind.DEADLINE: "evidence_wanted",
    },
    "app.rounds.plan.mails": {
        Kind.NEWS: "policy_changed",
    },
    "app.rounds.publishing.mails": {
        Kind.OFFER: (
            "offer no_place to_mentor offer_gone_with_all answer_gone_with_all offers_gone_to_mentor "
            "taken_back_to_colleague"
        ),
    },
    "app.sign_in.mails": {
        Kind.ACCOUNT: "password_link password_changed new_address address_changed tries_refused",
    },
    "app.promises.sign_offs.mails": {
        Kind.NEWS: "superseded",
        Kind.DEADLINE: "to_attest_anew",
    },
    "app.sign_offs.mails": {
        Kind.DEADLINE: "asked to_confirm to_decide exception_wanted excepted",
        Kind.NEWS: "confirmed signed_off returned void",
    },
    "app.studies.confirming.mails": {
        Kind.DEADLINE: "please_confirm",
    },
    "app.studies.mails": {
        Kind.NEWS: "limits_changed",
    },
    "app.studies.promised.mails": {
        Kind.NEWS: "promise_changed",
    },
    "app.studies.openings.mails": {
        Kind.NEWS: "opening_withdrawn",
    },
    "app.signed_records.elsewhere.mails": {
        Kind.NEWS: "taken",
    },
    "app.updates.mails": {
        Kind.DEADLINE: "to_confirm",
        Kind.NEWS: "update",
    },
    "app.supervisors.mails": {
        Kind.NEWS: "note_answered",
        Kind.DEADLINE: "note_written",
    },
    "app.supervision.deputies.mails": {
        Kind.DEADLINE: "asked",
        Kind.NEWS: "agreed declined",
    },
    "app.supervision.mails": {
        Kind.NEWS: "to_confirm questioned withdrawn you_withdrew you_withdrew_for_all same_meeting "
        "corrected_for_you withdrawn_for_you",
    },
    "app.supervision.planning.mails": {
        Kind.NEWS: "planned changed cancelled",
    },
}

KINDS: dict[str, Kind] = {
    f"{module}.{name}": kind
    for module, by_kind in _WORDED.items()
    for kind, names in by_kind.items()
    for name in names.split()
}
