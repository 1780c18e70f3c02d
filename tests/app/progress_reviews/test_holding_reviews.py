"""Both prepare a review, meet, write down what they agree and sign it; then an academic supervisor reads it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.course.progress_reviews import ProgressReviewState, ReviewKind
from app.models.operations.audit import AuditLine
from app.models.operations.parties import Party
from app.models.placements import Outcome, PlacementState
from app.progress_reviews.forms import ASKED_OF
from app.rules.course.numbers import numbers_of
from app.rules.progress_reviews.kind import PROGRESS_REVIEW
from tests.pages import form_to
from tests.screen import shown

HARD, AGREED = "What should be worked on? (optional)", "What did you agree?"
LEARNERS, MENTORS = "I take consent.", "Quick and careful."
DAY = timedelta(days=1)
MET = {"met_on-day": "2", "met_on-month": "3", "met_on-year": "2026", "agreed": "To screen alone from May."}


@pytest.fixture
def learner(sign_in, placement, plan):
    return sign_in(placement.learner)


@pytest.fixture
def mentor(sign_in, placement, plan):
    return sign_in(placement.mentor)


@pytest.fixture
def to_sign(build, session, placement, plan):
    review = build.progress_review(placement)
    session.commit()
    return review


def words(answer):
    return " ".join(shown(answer).paragraphs)


def press(browser, page, deed):
    """Press a button of the page, as a browser sends it."""
    form = form_to(f"{page}/{deed}", browser.get(page))
    return browser.post(form.action, data=form.fields)


def sign(browser, page):
    return press(browser, page, "sign")


def test_from_the_first_word_to_what_the_supervisor_has_read(supervisor, learner, mentor, sign_in, page, known, mails):
    assert learner.post(f"{page}/prepare", data={"goes_well": LEARNERS}).status_code == 303
    assert not shown(mentor.get(page)).says(LEARNERS)
    assert mentor.post(f"{page}/prepare", data={"goes_well": MENTORS}).status_code == 303
    assert shown(mentor.get(page)).says(LEARNERS)
    assert shown(learner.get(page)).says(MENTORS)
    assert press(learner, page, "meet").location == f"{page}/write"
    assert learner.post(f"{page}/write", data=MET).status_code == 303
    assert sign(learner, page).status_code == 303
    assert "It waits for Dr A. Mentor to sign." in words(mentor.get(page))
    assert sign(mentor, page).status_code == 303
    university = sign_in(supervisor)
    assert shown(university.get(page)).says(MET["agreed"])
    assert not shown(university.get(page)).says(LEARNERS)
    assert press(university, page, "read").status_code == 303
    assert known().read_by.name == "Sam Supervisor"
    assert "Sam Supervisor has read it." in words(learner.get(page))
    assert [(to, subject) for to, subject, _ in mails()] == [
        (known().placement.mentor.email, "Robin Learner has prepared the initial review"),
        (known().placement.learner.email, "Dr A. Mentor has prepared the initial review"),
        (known().placement.mentor.email, "Please read and sign the initial review"),
        (known().placement.learner.email, "The initial review is signed by both of you"),
    ]


def test_the_numbers_are_those_of_the_day_on_which_it_was_written(learner, mentor, page, known, today):
    press(mentor, page, "meet")
    mentor.post(f"{page}/write", data=MET)
    numbers = known().numbers
    assert (numbers["day"], numbers["sessions"], numbers["band_hours"]) == (today.isoformat(), 0, [50, 100])
    assert "The numbers on 3 March 2026" in shown(learner.get(page)).headings


def test_what_is_handed_in_can_be_changed_until_the_other_has_too_and_stays_as_history(learner, mentor, page, known):
    learner.post(f"{page}/prepare", data={"goes_well": "First."})
    learner.post(f"{page}/prepare", data={"goes_well": LEARNERS})
    assert [one.goes_well for one in known().preparations] == ["First.", LEARNERS]
    mentor.post(f"{page}/prepare", data={"goes_well": MENTORS})
    assert not shown(mentor.get(page)).says("First.")
    late = learner.post(f"{page}/prepare", data={"goes_well": "Another."})
    assert late.status_code == 422
    assert "Both of you have handed in" in " ".join(shown(late).errors)
    assert learner.get(f"{page}/prepare").status_code == 303


def test_when_they_meet_each_reads_what_there_is(learner, mentor, page):
    learner.post(f"{page}/prepare", data={"goes_well": LEARNERS})
    press(mentor, page, "meet")
    assert shown(mentor.get(f"{page}/write")).says(LEARNERS)


@pytest.mark.parametrize(
    ("deed", "typed", "error", "label", "value"),
    [
        ("prepare", {"is_hard": "Time."}, "Say what goes well", HARD, "Time."),
        ("write", {**MET, "agreed": ""}, "Say what you agreed", AGREED, ""),
        ("write", {**MET, "met_on-year": "2027"}, "The day must be today or in the past.", AGREED, MET["agreed"]),
        ("write", {**MET, "met_on-year": "2020"}, "The day is before the placement began.", AGREED, MET["agreed"]),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_what_was_typed_stays(mentor, page, deed, typed, error, label, value):
    if deed == "write":
        press(mentor, page, "meet")
    answer = mentor.post(f"{page}/{deed}", data=typed)
    assert (answer.status_code, list(shown(answer).errors)) == (422, [error])
    assert shown(answer).field(label).value == value


def test_words_that_may_name_a_patient_are_asked_about(learner, page):
    answer = learner.post(f"{page}/prepare", data={"goes_well": "With 943 476 5919."})
    assert answer.status_code == 422
    assert shown(answer).says("943 476 5919")


def test_sent_twice_it_is_written_down_once(mentor, page, known, mails):
    press(mentor, page, "meet")
    form = form_to(f"{page}/write", mentor.get(f"{page}/write"))
    answers = [mentor.post(form.action, data=form.fields | MET) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert known().state is ProgressReviewState.TO_SIGN
    assert len(mails()) == 1


def test_the_other_was_faster(learner, mentor, page, known):
    press(mentor, page, "meet")
    learner.post(f"{page}/write", data=MET)
    assert mentor.post(f"{page}/write", data=MET | {"agreed": "Something else."}).status_code == 409
    assert known().agreed == MET["agreed"]
    assert mentor.post(f"{page}/meet").status_code == 409


def test_what_was_changed_while_it_was_read_is_not_signed(learner, to_sign, page, session, build):
    seen = PROGRESS_REVIEW.digest_of(to_sign)
    to_sign.agreed = "Something else."
    session.commit()
    answer = learner.post(f"{page}/sign", data={"seen": seen})
    assert answer.status_code == 409
    assert shown(answer).says("was changed while you read it")


def test_a_change_voids_what_was_signed_and_tells_all_whom_it_concerns(
    sign_in, learner, to_sign, build, session, supervisor, page, known, mails, now
):
    build.review_signature(to_sign, Party.LEARNER, Party.MENTOR)
    to_sign.read_by, to_sign.read_at = supervisor, now
    session.commit()
    assert learner.post(f"{page}/reopen", data={"reason": ""}).status_code == 422
    assert learner.post(f"{page}/reopen", data={"reason": "The date is wrong."}).status_code == 303
    review = known()
    assert (review.state, review.revision, review.read_by) == (ProgressReviewState.WRITING, 2, None)
    standing = PROGRESS_REVIEW.standing(session, review)
    assert not standing.signatures
    assert [one.voided_because for one in standing.past] == ["The date is wrong."] * 2
    assert sorted(to for to, _, _ in mails()) == sorted([review.placement.mentor.email, supervisor.email])
    assert shown(sign_in(review.placement.mentor).get(page)).says("The date is wrong.")
    signed = standing.past[0]
    assert shown(learner.get(f"{page}/signatures/{signed.id}")).tags == ["Counts no longer"]


def test_a_supervisor_asks_for_a_change_and_does_not_note_as_read_what_is_not_signed(
    sign_in, to_sign, build, session, supervisor, page, known
):
    university = sign_in(supervisor)
    assert university.post(f"{page}/read", data={"seen": PROGRESS_REVIEW.digest_of(to_sign)}).status_code == 422
    assert university.post(f"{page}/reopen", data={"reason": "Say when."}).status_code == 303
    assert known().state is ProgressReviewState.WRITING


def test_only_the_two_hold_it_and_only_their_university_reads_it(
    sign_in, build, session, to_sign, supervisor, lead, page
):
    stranger, other_learner = build.mentor(), build.learner()
    session.commit()
    for person in (stranger, other_learner):
        assert sign_in(person).get(page).status_code == 404
    assert sign_in(lead).get(page).status_code == 200
    for person in (supervisor, lead):
        assert sign_in(person).post(f"{page}/sign").status_code == 403
    assert sign_in(lead).post(f"{page}/read").status_code == 403


def test_the_mentor_says_in_the_final_one_which_capabilities_she_saw(
    learner, mentor, build, session, placement, known, page
):
    _, second = build.capabilities(placement.module.programme, "Consent", "Screening")
    session.commit()
    page = page.replace("initial", "final")
    assert learner.post(f"{page}/meet").status_code == 422
    press(mentor, page, "meet")
    assert learner.get(f"{page}/write").status_code == 303
    seen = MET | {"seen": str(second.id), "statement": "Screened alone."}
    assert list(shown(mentor.post(f"{page}/write", data=MET)).errors) == ["Say what you saw the learner do"]
    assert mentor.post(f"{page}/write", data=seen).status_code == 303
    assert [one.name for one in known().seen] == ["Screening"]
    said = shown(learner.get(page))
    assert (said.row("Capabilities seen").value, said.row("Not seen").value) == ("Screening", "Consent")


def test_a_mentor_whose_learner_goes_on_elsewhere_writes_a_closing_review_and_open_ones_rest(
    learner, mentor, session, look_again, placement, page, today
):
    learner.post(f"{page}/prepare", data={"goes_well": LEARNERS})
    look_again()
    placement.outcome, placement.ends_on = Outcome.MOVED, today - DAY
    session.commit()
    assert learner.post(f"{page}/prepare", data={"goes_well": "More."}).status_code == 422
    assert shown(learner.get(page)).tags[0] == "Not held"
    closing = page.replace("initial", "closing")
    assert shown(mentor.get("/")).says("Write the closing review with Robin Learner")
    press(mentor, closing, "meet")
    said = MET | {"agreed": "Consent is learnt, screening not yet.", "statement": "Saw consent."}
    mentor.post(f"{closing}/write", data=said)
    for browser in (mentor, learner):
        assert sign(browser, closing).status_code == 303
    assert shown(learner.get(closing)).tags[0] == "Signed by both"
    assert mentor.get(page.replace("initial", "final")).status_code == 404


def test_the_final_one_can_be_held_once_the_placement_has_ended(mentor, session, placement, page, today):
    placement.ends_on, placement.state = today - DAY, PlacementState.ENDED
    session.commit()
    assert mentor.post(f"{page}/meet").status_code == 422
    assert press(mentor, page.replace("initial", "final"), "meet").status_code == 303


def test_nothing_is_prepared_before_it_begins(learner, session, placement, page, today):
    placement.starts_on = today + DAY
    session.commit()
    assert learner.post(f"{page}/prepare", data={"goes_well": "All."}).status_code == 422


def test_each_deed_leaves_a_line_in_the_audit_trail(session, look_again, mentor, page):
    mentor.post(f"{page}/prepare", data={"goes_well": MENTORS})
    press(mentor, page, "meet")
    mentor.post(f"{page}/write", data=MET)
    sign(mentor, page)
    look_again()
    deeds = [line.deed for line in session.scalars(select(AuditLine).order_by(AuditLine.id))]
    assert [deed for deed in deeds if "progress review" in deed] == [
        "handed in a preparation of a progress review",
        "met for a progress review",
        "wrote down a progress review",
        "signed a progress review",
    ]


def test_who_reads_it_is_said_beside_each_box(mentor, page):
    boxes = [shown(mentor.get(f"{page}/prepare")).field(label) for label in ASKED_OF[Party.MENTOR]]
    assert all("Robin Learner reads it once both of you have handed in" in box.hint for box in boxes)


def test_it_can_be_printed_with_numbers_and_signatures(sign_in, to_sign, build, session, supervisor, page, today):
    to_sign.numbers = numbers_of(session, to_sign.placement, today)
    build.review_signature(to_sign, Party.MENTOR)
    session.commit()
    printed = shown(sign_in(supervisor).get(f"{page}/print"))
    assert printed.headings[-2:] == ["The numbers on 3 March 2026", "Signatures"]
    assert to_sign.kind is ReviewKind.INITIAL
