"""The whole record of a placement as one structure: what stands in it, what never does, and what each reads of it."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.models.hours import HoursState
from app.models.operations.parties import Party
from app.models.operations.signatures import Signature
from app.models.placements import Outcome, PlacementState
from app.rules.record.content import SignatureIn, plain
from app.rules.record.reach import with_words_of
from app.rules.record.reading import record_of
from app.rules.signing.canonical import canonical_text
from tests.app.record.conftest import HEALTH, SECRET


@pytest.fixture
def record(session, whole, today):
    return record_of(session, whole, today)


def test_it_has_something_of_everything(record, whole, today):
    assert record.learner.name == "Robin Learner"
    assert record.part.mentor == "Dr A. Mentor"
    assert record.part.organisation == whole.opening.organisation.name
    assert [one.is_signed for one in record.agreements] == [True]
    assert [one.kind for one in record.reviews] == ["initial"]
    assert [(one.held_on, one.topics) for one in record.sessions] == [
        (today - timedelta(days=10), "Consent and the protocol")
    ]
    assert [(one.name, one.evidence) for one in record.capabilities] == [
        ("Takes consent", ("A consent that I took",)),
        ("Keeps a site file", ()),
    ]
    assert record.capabilities[0].by_mentor.level == "core"
    assert record.capabilities[0].by_learner is None


def test_hours_are_planned_submitted_and_verified_by_category(record):
    workplace = next(one for one in record.categories if one.category == "workplace learning")
    assert (workplace.planned, workplace.submitted, workplace.verified, workplace.logged_only) == (3600, 150, 90, 0)
    teaching = next(one for one in record.categories if one.category == "teaching")
    assert (teaching.submitted, teaching.logged_only) == (0, 30)
    supervision = next(one for one in record.categories if one.category == "supervision")
    assert (supervision.submitted, supervision.verified) == (120, 120)


def test_weeks_add_up_to_what_was_logged(record, today):
    [week] = [one for one in record.weeks if one.first_day <= today <= one.last_day]
    assert week.submitted == {"workplace learning": 150}
    assert week.verified == {"workplace learning": 90}
    assert week.logged_only == {"teaching": 30}


def test_what_is_planned_by_week_adds_up_to_what_is_planned_by_then(session, whole, today):
    at_its_end = record_of(session, whole, whole.ends_on)
    assert sum(one.planned_in_workplace for one in at_its_end.weeks) == 3600


def test_it_is_one_text_whenever_it_is_read(session, record, whole, today):
    """Plain JSON with one way to be written: texts, whole numbers, true and false."""
    text = canonical_text(plain(record))
    assert canonical_text(plain(record_of(session, whole, today))) == text
    assert json.loads(text)["learner"]["name"] == "Robin Learner"


def test_private_notes_and_adjustments_are_no_part_of_it(record):
    text = canonical_text(plain(record))
    assert SECRET not in text
    assert HEALTH not in text


def test_evidence_that_was_taken_back_is_no_part_of_it(record):
    assert "Taken back" not in canonical_text(plain(record))


def test_hours_that_were_withdrawn_count_nowhere(record):
    assert record.submitted_minutes == 90 + 60 + 120


def test_a_signature_stands_until_what_it_covers_changes(session, record, agreement, whole, today):
    assert [one.stands for one in record.agreements[0].signatures] == [True, True, True]
    agreement.working_pattern = "Mondays."
    session.flush()
    [changed] = record_of(session, whole, today).agreements
    assert not changed.is_signed
    assert [(one.stands, one.voided_at) for one in changed.signatures] == [(False, None)] * 3


def test_a_voided_signature_stays_with_its_reason_and_does_not_stand(session, whole, today, now):
    given = session.scalars(select(Signature).where(Signature.party == Party.MENTOR.value)).first()
    given.voided_at, given.voided_because = now, "The hours were wrong."
    session.flush()
    [agreement] = record_of(session, whole, today).agreements
    assert not agreement.is_signed
    assert {one.party: one.stands for one in agreement.signatures} == {
        "learner": True,
        "mentor": False,
        "academic supervisor": True,
    }
    [voided] = [one for one in agreement.signatures if one.voided_at]
    assert voided.voided_because == "The hours were wrong."


def test_a_signed_plan_counts_no_longer_once_a_signature_is_voided(session, whole, today, now):
    session.scalars(select(Signature)).first().voided_at = now
    session.flush()
    assert {one.planned for one in record_of(session, whole, today).categories} == {None}


def test_a_review_says_what_was_agreed_once_both_have_signed(session, record, review, whole, today):
    assert record.reviews[0].agreed == "To take consent under supervision."
    review.agreed = "Something else."
    session.flush()
    assert record_of(session, whole, today).reviews[0].agreed == ""


@pytest.fixture
def going_on(session, build, whole, today, meet):
    """The placement goes on with another mentor since yesterday, who has met the learner once."""
    whole.end(Outcome.MOVED, None, today - timedelta(days=1))
    whole.state = PlacementState.ENDED
    following = build.placement(whole.learner, build.mentor(name="Dr B. Mentor"), starts_on=today)
    following.module, following.continues_id = whole.module, whole.id
    following.first_part_on = whole.starts_on
    meet(following, today, topics="Where we begin")
    build.agreement(following)
    session.flush()
    return following


def test_it_has_the_parts_that_a_placement_continues(session, going_on, today):
    record = record_of(session, going_on, today)
    assert [(one.number, one.mentor) for one in record.parts] == [(1, "Dr A. Mentor"), (2, "Dr B. Mentor")]
    assert [(one.part, one.topics) for one in record.sessions] == [
        (1, "Consent and the protocol"),
        (2, "Where we begin"),
    ]
    assert [(one.part, one.is_signed) for one in record.agreements] == [(1, True), (2, False)]
    assert record.submitted_minutes == 90 + 60 + 120 + 120


def test_a_mentor_reads_the_words_of_her_own_part(session, going_on, today):
    read = with_words_of(record_of(session, going_on, today), {going_on.id})
    assert [one.topics for one in read.sessions] == ["", "Where we begin"]
    assert [one.minutes for one in read.sessions] == [120, 120]
    assert [len(one.objectives) for one in read.agreements] == [0, 1]
    assert [one.agreed for one in read.reviews] == [""]
    assert read.evidence


def test_a_coordinator_reads_days_and_hours_and_no_words(record):
    read = with_words_of(record, ())
    text = canonical_text(plain(read))
    for words in ("Consent and the protocol", "A consent that I took", "To take consent", "To screen", "Tuesdays"):
        assert words not in text
    assert read.categories == record.categories
    assert [one.number_of_evidence for one in read.capabilities] == [1, 0]
    assert [one.stands for one in read.agreements[0].signatures] == [True, True, True]


def test_whoever_reads_all_words_reads_the_record_itself(record, whole):
    assert with_words_of(record, {whole.id}) is record


def test_a_long_record_costs_as_many_queries_as_a_short_one(session, queries, build, whole, today, meet):
    def number_of_queries():
        session.expire_all()
        with queries() as statements:
            record_of(session, whole, today)
        return len(statements)

    few = number_of_queries()
    for back in range(1, 20):
        meet(whole, today - timedelta(days=back), minutes=back)
        build.entry(whole, worked_on=today - timedelta(days=back), state=HoursState.SUBMITTED)
        capability = build.capability(whole.module.programme)
        build.evidence(whole, capability)
    assert number_of_queries() == few


@given(st.lists(st.tuples(st.text(), st.booleans()), max_size=4))
def test_plain_keeps_every_word_and_its_order(said):
    day = {"signed_at": "2026-03-03", "digest": "", "revision": 1, "wording": "", "voided_at": None}
    signatures = tuple(
        SignatureIn("mentor", words, stands=stands, voided_because="", **day)  # type: ignore[arg-type]
        for words, stands in said
    )
    assert [(one["name"], one["stands"]) for one in plain(signatures)] == said
    assert plain(tuple(replace(one) for one in signatures)) == plain(signatures)
