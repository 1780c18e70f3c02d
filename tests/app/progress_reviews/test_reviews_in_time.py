"""Overdue reviews are known: on the homes of those who hold them, as a risk, and in the lists of the university."""

from datetime import timedelta

import pytest

from app.models.course.progress_reviews import ReviewKind
from app.models.operations.parties import Party
from app.models.people import Role
from app.models.placements import Pause, PlacementState
from app.phrasebook.risks import risks_in_words
from app.rules.course.courses import risks_by_placement
from app.rules.course.risks import Risk
from tests.in_between import in_between
from tests.pages import form_to
from tests.screen import shown

DAY = timedelta(days=1)
BOTH = (Party.LEARNER, Party.MENTOR)
DATES = {
    "is_asked": "yes",
    "from_on-day": "1",
    "from_on-month": "1",
    "from_on-year": "2026",
    "initial_weeks": "4",
    "final_weeks": "2",
    "short_weeks": "12",
}


def overdue_words(session, today):
    return [
        words
        for risks in risks_by_placement(session, today).values()
        for words in risks_in_words([one for one in risks if one.risk is Risk.REVIEW_OVERDUE], today)
    ]


def test_an_overdue_review_is_a_risk_with_its_reason_until_both_have_signed(build, session, placement, plan, today):
    assert overdue_words(session, today) == [
        "The initial review was due by 30 January 2026, and both have not signed it yet."
    ]
    review = build.progress_review(placement)
    build.review_signature(review, Party.MENTOR)
    assert overdue_words(session, today)
    build.review_signature(review, Party.LEARNER)
    assert overdue_words(session, today) == []


def test_where_no_programme_asks_for_reviews_none_is_overdue(session, placement, today):
    assert overdue_words(session, today) == []


def test_nobody_is_asked_while_it_is_paused(build, session, placement, plan, sign_in, today):
    build.add(Pause(placement_id=placement.id, starts_on=today - DAY, resumes_on=today + 9 * DAY))
    session.commit()
    assert overdue_words(session, today) == []
    assert not shown(sign_in(placement.mentor).get("/")).says("initial review")


def test_both_find_on_their_home_what_waits_for_them(build, session, placement, plan, sign_in, page):
    learner, mentor = sign_in(placement.learner), sign_in(placement.mentor)
    assert shown(learner.get("/")).says("Prepare the initial review with Dr A. Mentor")
    assert shown(mentor.get("/")).says("It was due by 30 January 2026.")
    learner.post(f"{page}/prepare", data={"goes_well": "Much."})
    assert shown(learner.get("/")).says("Dr A. Mentor has not prepared the initial review yet")
    assert shown(mentor.get("/")).says("Robin Learner has.")
    mentor.post(f"{page}/prepare", data={"goes_well": "Much."})
    assert shown(mentor.get("/")).says("Meet for the initial review with Robin Learner")


def test_a_supervisor_finds_on_her_home_what_both_have_signed_until_one_of_them_has_read_it(
    build, session, placement, plan, supervisor, sign_in, page
):
    build.review_signature(build.progress_review(placement), *BOTH)
    session.commit()
    university = sign_in(supervisor)
    assert shown(university.get("/")).says("Read the initial review of Robin Learner")
    assert shown(university.get("/progress-reviews/unread")).says("Robin Learner")
    form = form_to(f"{page}/read", university.get(page))
    university.post(form.action, data=form.fields)
    assert not shown(university.get("/")).says("Read the initial review")
    assert shown(university.get("/progress-reviews/unread")).says("Nothing waits to be read.")


def test_the_university_lists_reviews_due_and_done_of_its_own_learners(
    build, session, placement, plan, supervisor, sign_in
):
    other = build.placement(build.learner(name="Done Learner"))
    other.module = placement.module
    build.review_signature(build.progress_review(other), *BOTH)
    build.placement(build.learner(name="Elsewhere Learner"))
    session.commit()
    university = sign_in(supervisor)
    every, overdue = (shown(university.get(f"/progress-reviews{query}")).rows for query in ("", "?overdue=1"))
    assert sorted(every) == ["Done Learner", "Robin Learner"]
    assert overdue == ["Robin Learner"]


@pytest.mark.parametrize(("days", "is_listed"), [(1, True), (56, True), (57, False)])
def test_a_final_review_is_overdue_once_it_has_ended_and_forgotten_after_eight_weeks(
    build, session, placement, plan, supervisor, sign_in, today, days, is_listed
):
    placement.ends_on, placement.starts_on = today - days * DAY, today - 200 * DAY
    placement.state = PlacementState.ENDED
    plan.from_on = placement.starts_on
    session.commit()
    overdue = shown(sign_in(supervisor).get("/progress-reviews?overdue=1"))
    assert overdue.says("Robin Learner") is is_listed
    assert shown(sign_in(placement.mentor).get("/")).says("Prepare the final review") is is_listed


def test_a_placement_says_how_its_reviews_stand_to_both_and_to_the_university(
    build, session, placement, plan, supervisor, sign_in
):
    session.commit()
    enrolled = shown(sign_in(placement.learner).get(f"/placements/{placement.id}"))
    stand = [enrolled.row(f"{kind} review").value for kind in ("Initial", "Middle", "Final")]
    assert [words.startswith(word) for words, word in zip(stand, ("Overdue", "Not begun", "Not begun"), strict=True)]
    assert stand[0].startswith("Overdue It was due by 30 January 2026.")


def test_a_lead_sets_when_they_are_due(build, session, placement, lead, sign_in):
    page = f"/programmes/{placement.module.programme_id}/progress-reviews"
    browser = sign_in(lead)
    assert shown(browser.get(page)).says("Nothing is asked for yet.")
    assert browser.post(page, data=DATES).status_code == 303
    assert shown(browser.get(page)).says("Lee Lead set this on 3 March 2026")
    wrong = browser.post(page, data=DATES | {"initial_weeks": "8"})
    assert shown(wrong).complaint[0] == "The initial review is due within"
    assert wrong.status_code == 422
    assert shown(browser.get(page)).says("before keep what counted")


def test_of_two_leads_who_set_it_at_once_the_second_is_told_what_the_first_has_set(
    engine, build, session, placement, lead, sign_in
):
    page = f"/programmes/{placement.module.programme_id}/progress-reviews"
    build.review_plan(placement)
    session.commit()
    browser = sign_in(lead)
    seen = DATES | {"made_from": form_to(page, browser.get(page)).fields["made_from"][0]}
    answers = in_between(
        engine,
        lambda: browser.post(page, data=seen | {"initial_weeks": "5"}),
        lambda: browser.post(page, data=seen | {"initial_weeks": "6"}),
    )
    assert [one.status_code for one in answers] == [303, 409]
    assert "was changed" in " ".join(shown(answers[1]).errors)


def test_only_a_lead_of_that_university_sets_it(build, session, placement, supervisor, sign_in):
    stranger = build.person()
    build.grant(stranger, Role.PROGRAMME_LEAD, provider=build.provider())
    session.commit()
    page = f"/programmes/{placement.module.programme_id}/progress-reviews"
    assert sign_in(stranger).get(page).status_code == 404
    assert sign_in(supervisor).get(page).status_code == 403


def test_a_list_of_many_asks_no_more_often_than_a_list_of_one(
    build, session, placement, plan, supervisor, sign_in, queries
):
    build.review_signature(build.progress_review(placement), *BOTH)
    session.commit()
    university = sign_in(supervisor)
    pages = ("/progress-reviews", "/progress-reviews?overdue=1", "/progress-reviews/unread", "/")

    def asked():
        found = []
        for page in pages:
            university.get(page)
            with queries() as statements:
                university.get(page)
            found.append(len(statements))
        return found

    before = asked()
    for _ in range(3):
        other = build.placement()
        other.module = placement.module
        build.prepares(build.progress_review(other, ReviewKind.MIDDLE), Party.LEARNER)
        build.review_signature(build.progress_review(other), *BOTH)
    session.commit()
    assert asked() == before
