"""Nothing that was signed off rests on a record that is no longer so; what was added since ends nothing."""

from datetime import timedelta

import pytest

from app.evidence.service import withdraw_evidence
from app.models.course.progress_reviews import ReviewKind
from app.models.course.sign_offs import SignOffState
from app.models.hours import HoursState
from app.models.operations.parties import Party
from app.models.placements import Outcome
from app.models.supervision import SessionForm, SupervisionSession
from app.platform.occasion import Occasion
from app.progress_reviews.service import reopen as reopen_review
from app.promises.course.hours import reopen
from app.promises.sign_offs.changed import end_what_covers
from app.rules.sign_offs.facts import Lacking, facts_of, lacks_in
from app.rules.sign_offs.standing import PlacementSignOff, is_signed_off, sign_off_of
from app.supervision.answering import withdraw_session

WHY = "The session of 3 February 2026 was corrected."
BEFORE, AFTER = timedelta(days=-1), timedelta(days=1)


def latest(session, placement) -> PlacementSignOff:
    found = sign_off_of(session, placement)
    assert found
    return found


@pytest.fixture
def signed(build, placement, supervisor):
    return build.signed_off(placement, supervisor)


def test_a_placement_is_signed_off_once_all_three_have_signed(session, signed, placement, supervisor):
    found = latest(session, placement)
    assert found.is_signed_off
    assert is_signed_off(session, placement)
    assert [(one.party, one.name) for one in found.parts] == [
        (Party.MENTOR, "Dr A. Mentor"),
        (Party.STUDY_TEAM, "Dr P. Investigator"),
        (Party.ACADEMIC_SUPERVISOR, "Sam Supervisor"),
    ]
    assert {one.digest for one in found.parts} == {found.digest}
    assert found.signed_off_at
    assert not found.ended


def test_nothing_is_signed_off_before_all_three_have_signed(session, build, placement):
    build.sign_off_signature(build.sign_off(placement), Party.MENTOR, placement.mentor)
    assert not is_signed_off(session, placement)


def test_what_it_covers_and_counts_no_longer_ends_it_and_all_are_told(session, signed, placement, now, mails):
    end_what_covers(session, placement.mentor, placement, now + BEFORE, WHY, now)
    found = latest(session, placement)
    assert not found.is_signed_off
    assert found.sign_off.state is SignOffState.SUPERSEDED
    assert found.ended
    assert found.ended.reason == WHY
    assert not found.parts
    assert len(found.parts_before) == 3
    session.commit()
    told = {recipient for recipient, _, _ in mails()}
    assert {placement.learner.email, placement.mentor.email, signed.confirmer_email} <= told


@pytest.mark.parametrize("counted_since", [None, AFTER])
def test_what_never_counted_or_was_added_since_ends_nothing(session, signed, placement, now, counted_since):
    since = None if counted_since is None else now + counted_since
    end_what_covers(session, placement.mentor, placement, since, WHY, now)
    assert is_signed_off(session, placement)


def test_one_under_way_is_attested_anew(session, build, placement, now):
    sign_off = build.sign_off(placement)
    build.sign_off_signature(sign_off, Party.MENTOR, placement.mentor)
    end_what_covers(session, placement.learner, placement, now + BEFORE, WHY, now)
    found = latest(session, placement)
    assert found.sign_off.state is SignOffState.OPEN
    assert Party.MENTOR in found.standing.missing


def test_what_is_missing_is_named(session, placement, today):
    lacks = {one.what for one in lacks_in(facts_of(session, placement, today))}
    assert {Lacking.BELOW_BAND, Lacking.NO_LAST_REVIEW, Lacking.NO_AGREEMENT} <= lacks
    assert Lacking.RETURNED_HOURS not in lacks


def test_a_last_review_that_both_have_signed_is_not_missing(session, build, placement, today):
    review = build.progress_review(placement, ReviewKind.FINAL)
    build.review_signature(review, Party.LEARNER, Party.MENTOR)
    facts = facts_of(session, placement, today)
    assert Lacking.NO_LAST_REVIEW not in {one.what for one in lacks_in(facts)}
    assert facts["reviews"]["final"]


def test_hours_that_are_reopened_end_it(session, build, placement, supervisor, now, today):
    entry = build.entry(placement, state=HoursState.VERIFIED)
    entry.verify(placement.mentor, now - timedelta(days=2))
    build.signed_off(placement, supervisor)
    occasion = Occasion(placement.mentor, today, now, "")
    reopen(session, occasion, entry, Party.MENTOR, "It was shorter.", "", is_sure=True)
    assert not is_signed_off(session, placement)


def test_evidence_that_is_withdrawn_ends_it(session, build, placement, supervisor, now, today):
    piece = build.evidence(placement, build.capability(placement.module.programme), added_at=now - timedelta(days=2))
    build.signed_off(placement, supervisor)
    withdraw_evidence(session, Occasion(placement.learner, today, now, ""), piece, "A wrong file.", is_sure=True)
    assert not is_signed_off(session, placement)


def test_a_session_that_is_withdrawn_ends_it(session, build, placement, supervisor, now, today):
    logged = {"logged_by": placement.mentor, "logged_at": now, "form_key": "x", "confirmed_at": now + BEFORE}
    said = {"held_on": today, "minutes": 60, "form": SessionForm.PHONE, "topics": "Consent."}
    meeting = build.add(SupervisionSession(placement=placement, **said, **logged))
    build.signed_off(placement, supervisor)
    withdraw_session(session, placement.mentor, meeting, "Another day.", is_sure=True, now=now, today=today)
    assert not is_signed_off(session, placement)


def test_a_review_that_is_reopened_ends_it(session, build, placement, supervisor, now, today):
    placement.outcome = Outcome.COMPLETED_EARLY
    review = build.progress_review(placement, ReviewKind.FINAL)
    build.review_signature(review, Party.LEARNER, Party.MENTOR)
    build.signed_off(placement, supervisor)
    occasion = Occasion(placement.learner, today, now, "")
    reopen_review(session, occasion, placement, ReviewKind.FINAL, "Too short.", is_sure=True)
    assert not is_signed_off(session, placement)


def test_a_sign_off_covers_the_part_that_the_placement_continues(session, build, placement, supervisor, now):
    earlier = build.placement(placement.learner, build.mentor())
    placement.continues_id = earlier.id
    build.signed_off(placement, supervisor)
    end_what_covers(session, earlier.mentor, earlier, now + BEFORE, WHY, now)
    assert not is_signed_off(session, placement)
