"""A learner says once, without a name, how the supervision was; the mentor reads it once five have, five at a time."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.models.meetings.feedback import MentorAnswers, MentorAsked, MentorWords
from app.models.operations.audit import AuditLine
from app.models.operations.sendings import SentForm
from app.models.placements import PlacementState
from app.supervision.feedback.service import SETTLED
from app.supervision.feedback.words import QUESTIONS
from tests.screen import shown

MINE = {"met_enough": "yes", "could_ask": "mostly", "helped": "yes", "belonged": "no"}
WORDS = "What should your mentor go on with, or do otherwise? (optional)"


@pytest.fixture
def mentor_person(build):
    return build.mentor(name="Dr A. Mentor")


@pytest.fixture
def ended(build, session, mentor_person, today):
    """ended() is a placement with the mentor that is over, of a learner of its own."""

    def make():
        placement = build.placement(mentor=mentor_person, ends_on=today - timedelta(days=3))
        session.commit()
        return placement

    return make


@pytest.fixture
def say(sign_in):
    def send(placement, **said):
        address = f"/placements/{placement.id}/feedback"
        return sign_in(placement.learner).post(address, data={**MINE, "form_key": "f" * 20, **said})

    return send


@pytest.fixture
def reads(sign_in, mentor_person):
    return lambda: shown(sign_in(mentor_person).get("/my-contribution"))


def test_home_asks_when_a_placement_has_ended_and_nobody_before(sign_in, build, session, ended, mentor_person, say):
    placement, running = ended(), build.placement(mentor=mentor_person)
    session.commit()
    task = "Say how the supervision by Dr A. Mentor was, or that you would rather not"
    page = f"/placements/{placement.id}/feedback"
    assert shown(sign_in(placement.learner).get("/")).link(task) == page
    assert task not in shown(sign_in(running.learner).get("/")).links
    assert say(running).status_code == 422
    assert say(placement).status_code == 303
    assert task not in shown(sign_in(placement.learner).get("/")).links
    assert shown(sign_in(placement.learner).get(page)).says("You are asked once about each mentor")


def test_the_mentor_reads_five_at_once_and_nothing_before(ended, say, reads):
    for n in range(4):
        say(ended(), words=f"Words {n}.")
        assert reads().says("What they say is shown here once 5 have answered")
    say(ended(), words="Words 4.", belonged="yes")
    page = reads()
    row = page.table("What your learners say").row(QUESTIONS["belonged"])
    assert [row[name] for name in ("Yes", "Mostly", "Partly", "No")] == ["1", "0", "0", "4"]
    assert all(page.says(f"Words {n}.") for n in range(5))
    say(ended(), belonged="partly", words="The sixth.")
    later = reads()
    assert later.table("What your learners say").row(QUESTIONS["belonged"]).cells == row.cells
    assert not later.says("The sixth.")


def test_words_of_fewer_than_five_stay_unread_beside_answers_of_five(ended, say, reads):
    for n in range(5):
        say(ended(), words="Only one." if n == 2 else "")
    assert reads().says("5 learners answered")
    assert not reads().says("Only one.")


def test_what_is_kept_does_not_tell_who_said_what(ended, say, session, look_again):
    placements = [ended() for _ in range(3)]
    for placement in placements:
        say(placement, words="Mine.")
    look_again()
    assert {one.name for one in MentorAnswers.__table__.columns} == {"id", "mentor_id", "batch", *QUESTIONS}
    assert {one.name for one in MentorWords.__table__.columns} == {"id", "mentor_id", "batch", "words"}
    lines = session.scalars(select(AuditLine).where(AuditLine.deed == SETTLED)).all()
    assert [line.details for line in lines] == [{}] * 3
    assert (
        session.scalars(
            select(SentForm.said).where(SentForm.person_id.in_([one.learner_id for one in placements]))
        ).all()
        == []
    )


def test_whoever_would_rather_not_leaves_the_same_traces_and_is_not_asked_again(
    sign_in, ended, say, session, look_again
):
    one, other = ended(), ended()
    say(one)
    assert sign_in(other.learner).post(f"/placements/{other.id}/feedback/none").status_code == 303
    look_again()
    assert session.scalar(select(func.count()).select_from(MentorAsked)) == 2
    assert session.scalar(select(func.count()).select_from(MentorAnswers)) == 1
    lines = session.scalars(select(AuditLine).where(AuditLine.deed.in_([SETTLED]))).all()
    assert [(line.subject_type, line.details) for line in lines] == [("Placement", {})] * 2
    assert say(other).status_code == 422


def test_a_learner_answers_once_about_a_mentor_however_many_placements(
    build, session, ended, say, mentor_person, today
):
    first = ended()
    second = build.placement(first.learner, mentor=mentor_person, ends_on=today - timedelta(days=1))
    session.commit()
    assert say(first).status_code == 303
    assert say(second).status_code == say(first).status_code == 422
    assert session.scalar(select(func.count()).select_from(MentorAnswers)) == 1


def test_a_missing_answer_is_said_at_its_question_and_what_was_typed_stays(ended, say):
    answer = say(ended(), helped="", words="I wrote this.")
    assert answer.status_code == 422
    assert shown(answer).complaint == (QUESTIONS["helped"], f"Choose how far this was so: “{QUESTIONS['helped']}”")
    assert shown(answer).field(WORDS).value == "I wrote this."
    assert shown(answer).field(QUESTIONS["met_enough"]).value == "Yes"


def test_words_like_a_patients_details_are_asked_about(ended, say, session):
    assert say(placement := ended(), words="About 943 476 5919.").status_code == 422
    assert session.scalar(select(func.count()).select_from(MentorAsked)) == 0
    sure = {"is_sure": "y", "why_sure": "It is made up."}
    assert say(placement, words="About 943 476 5919.", **sure).status_code == 303


def test_nobody_else_reaches_the_form(sign_in, build, ended):
    page = f"/placements/{ended().id}/feedback"
    assert sign_in(build.learner()).get(page).status_code == 404
    assert sign_in(build.mentor()).get(page).status_code == 403


def test_what_ended_long_ago_is_not_asked_about(sign_in, build, session, say, mentor_person, today):
    old = build.placement(
        mentor=mentor_person, starts_on=today - timedelta(days=400), ends_on=today - timedelta(days=181)
    )
    never = build.placement(
        mentor=mentor_person, starts_on=today - timedelta(days=3), ends_on=today - timedelta(days=4)
    )
    never.state = PlacementState.ENDED
    session.commit()
    assert say(old).status_code == say(never).status_code == 422
