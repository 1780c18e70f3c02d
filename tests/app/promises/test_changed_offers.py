"""What is changed under an offer that waits: who is asked, who is told, and what still counts."""

from datetime import timedelta

import pytest

from app.models.people import MentorAbsence, Role
from app.models.placements import OfferState, Placement, Terms
from app.models.requests import ExcludedMentor, ExclusionKind
from app.models.studies import OpeningState
from app.models.values.study_status import StudyStatus
from tests.app.studies.filling_in import day as days
from tests.screen import shown

SURE = "It is right as it is: save it"


@pytest.fixture
def offer(build):
    mentor = build.mentor(name="Dr A. Mentor", learners_max=3, hours_a_month=60)
    opening = build.opening(mentor, build.study("Walking after a stroke"), places=2)
    learner = build.learner(name="Lee Learner")
    return build.offer(build.request(learner, [opening.network]), opening)


def change(browser, opening, **changes):
    """Send the form of an opening as it stands, but for some fields."""
    data = {
        "organisation": opening.organisation.name,
        "organisation_id": str(opening.organisation_id),
        "network": str(opening.network_id),
        "places": str(opening.places),
        **days("starts_on", opening.starts_on),
        **days("ends_on", opening.ends_on),
        "levels": [level.name for level in opening.levels],
        "learner_does": opening.learner_does,
        **changes,
    }
    return browser.post(f"/openings/{opening.id}/change", data=data)


def accept(sign_in, offer, **data):
    return sign_in(offer.request.learner).post(f"/offers/{offer.id}/accept", data=data)


def stop_study(build, offer):
    offer.opening.study.status = StudyStatus.STOPPED


def end_tomorrow(build, offer):
    offer.opening.ends_on = build.today + timedelta(days=1)


def be_away(build, offer):
    ever = {"starts_on": build.today, "ends_on": build.today + timedelta(days=999)}
    offer.opening.mentor.mentor_profile.absences.append(MentorAbsence(**ever))


def be_away_twice(build, offer):
    half = build.today + timedelta(days=60)
    offer.opening.mentor.mentor_profile.absences += [
        MentorAbsence(starts_on=build.today, ends_on=half),
        MentorAbsence(starts_on=half + timedelta(days=1), ends_on=build.today + timedelta(days=999)),
    ]


def exclude(build, offer):
    offer.request.excluded.append(
        ExcludedMentor(kind=ExclusionKind.LINE_MANAGER, name="My manager", mentor_id=offer.opening.mentor_id)
    )


def withdraw_opening(build, offer):
    offer.opening.state = OpeningState.WITHDRAWN


def leave_mentor(build, offer):
    offer.opening.mentor.grants[0].ended_at = build.now


@pytest.mark.parametrize(
    ("break_it", "why"),
    [
        (stop_study, "its study no longer takes anybody"),
        (end_tomorrow, "it closes before you can start"),
        (be_away, "its mentor is away when you can start"),
        (be_away_twice, "its mentor is away when you can start"),
        (exclude, "its mentor is somebody who must not mentor you"),
        (withdraw_opening, "its mentor has withdrawn it"),
        (leave_mentor, "its mentor no longer takes part"),
    ],
)
def test_everything_that_the_run_obeyed_is_asked_again_when_an_offer_is_accepted(
    sign_in, build, session, offer, look_again, break_it, why
):
    break_it(build, offer)
    page = shown(sign_in(offer.request.learner).get(f"/offers/{offer.id}"))
    assert page.says("You cannot accept this place as things stand.")
    assert page.says(f"{why[0].upper()}{why[1:]}.")
    assert "Accept this place" not in page.buttons
    assert not page.says("held for you")
    answer = accept(sign_in, offer)
    look_again()
    assert answer.status_code == 409
    assert shown(answer).paragraphs[0].startswith(f"We are sorry: you cannot accept this place, because {why}.")
    assert session.query(Placement).count() == 0
    assert (offer.state, offer.taken_back_because) == (OfferState.TAKEN_BACK, why)


def test_a_shorter_opening_is_asked_about_told_and_needs_her_yes_again(
    sign_in, session, offer, mails, look_again, today
):
    opening, browser = offer.opening, sign_in(offer.opening.mentor)
    published, sooner = offer.said.terms, days("ends_on", today + timedelta(days=150))
    asked = change(browser, opening, **sooner)
    assert asked.status_code == 422
    label, words = shown(asked).complaint
    assert label == SURE
    assert words.startswith(
        "This changes the offer to Lee Learner, to be answered by 2 April 2026, who must say yes again."
    )
    look_again()
    assert (Terms.of(opening), mails()) == (published, [])
    assert change(browser, opening, is_sure="y", **sooner).status_code == 303
    look_again()
    assert (offer.said.terms, offer.has_changed_terms) == (published, True)
    subject = "Your offer of a place with Dr A. Mentor has changed"
    assert (offer.request.learner.email, subject, "Hello Lee Learner,") in mails()
    learner = sign_in(offer.request.learner)
    assert shown(learner.get("/")).says("It has changed since it was offered: read it again first.")
    page = shown(learner.get(f"/offers/{offer.id}"))
    assert page.says("Dr A. Mentor has changed this place since it was offered.")
    assert page.says("between 2 April 2026 and 28 December 2026")
    assert page.row("From").value == "2 April 2026 to 31 July 2026"
    old = accept(sign_in, offer)
    assert old.status_code == 409
    assert shown(old).says("The place has changed since you read it. Please read it again, then answer.")
    look_again()
    assert offer.state is OfferState.WAITING
    assert accept(sign_in, offer, agreed=Terms.of(offer.opening).digest).status_code == 303
    look_again()
    placement = session.query(Placement).one()
    assert placement.ends_on == today + timedelta(days=150)
    assert [one.ends_on for one in offer.terms_said] == [published.ends_on, placement.ends_on]


def test_an_offer_that_a_change_makes_impossible_is_taken_back_after_asking(
    sign_in, session, build, offer, mails, look_again, today
):
    later = days("starts_on", today + timedelta(days=200))
    browser = sign_in(offer.opening.mentor)
    asked = change(browser, offer.opening, **later)
    assert "This takes back the offer to Lee Learner, to be answered by 2 April 2026." in shown(asked).complaint[1]
    look_again()
    assert offer.state is OfferState.WAITING
    change(browser, offer.opening, is_sure="y", **later)
    look_again()
    assert (offer.state, offer.taken_back_because) == (OfferState.TAKEN_BACK, "it starts later than you can")
    subjects = [subject for _, subject, _ in mails()]
    assert subjects.count("Your offer of a place with Dr A. Mentor was taken back") == 1
    assert "Your offer of a place with Dr A. Mentor has changed" not in subjects


def test_a_change_of_places_alone_concerns_nobody_who_has_an_offer(sign_in, offer, mails, look_again):
    assert change(sign_in(offer.opening.mentor), offer.opening, places="3").status_code == 303
    assert mails() == []


def test_pausing_keeps_the_offer_and_says_so_to_both(sign_in, session, offer, mails, look_again):
    browser = sign_in(offer.opening.mentor)
    assert (
        "1 offer that waits stays open; to take an offer back, withdraw the opening."
        in (shown(browser.get(f"/openings/{offer.opening_id}")).paragraphs[1])
    )
    browser.post(f"/openings/{offer.opening_id}/pause")
    subject = "Your offer of a place with Dr A. Mentor still stands"
    assert (offer.request.learner.email, subject, "Hello Lee Learner,") in mails()
    assert accept(sign_in, offer).status_code == 303


def test_withdrawing_the_opening_takes_its_offers_back(sign_in, offer, mails, look_again):
    sign_in(offer.opening.mentor).post(f"/openings/{offer.opening_id}/withdraw")
    look_again()
    assert (offer.state, offer.taken_back_because) == (OfferState.TAKEN_BACK, "its mentor has withdrawn it")
    assert shown(sign_in(offer.request.learner).get(f"/offers/{offer.id}")).tags == ["Taken back"]


def test_a_mentor_cannot_cut_what_she_has_promised(sign_in, build, session, offer, look_again):
    profile = offer.opening.mentor.mentor_profile
    profile.organisation = build.organisation(name="Derby Hospital NHS Trust")
    build.offer(opening=build.opening(offer.opening.mentor))
    session.commit()
    data = {
        "profession": "DOCTOR",
        "job_title": "Consultant",
        "organisation": profile.organisation.name,
        "organisation_id": str(profile.organisation_id),
        "teaches": "Consent.",
        "learners_max": "1",
        "hours_a_month": "60",
    }
    browser = sign_in(offer.opening.mentor)
    refused = browser.post("/mentor/profile", data=data)
    assert refused.status_code == 422
    label, words = shown(refused).complaint
    assert label == "Most learners at once"
    assert words.startswith("With this there is no room for the offers to Lee Learner and ")
    assert browser.post("/mentor/profile", data={**data, "learners_max": "2", "hours_a_month": "1"}).status_code == 422
    look_again()
    assert profile.learners_max == 3
    assert browser.post("/mentor/profile", data={**data, "learners_max": "2"}).status_code == 303


def test_a_coordinator_cannot_limit_a_study_below_what_is_promised(sign_in, build, session, offer, look_again):
    build.offer(opening=build.opening(study=offer.opening.study))
    coordinator = build.coordinator(offer.opening.network)
    browser = sign_in(coordinator)
    refused = browser.post(f"/studies/{offer.opening.study_id}/limit", data={"learner_limit": "1"})
    assert refused.status_code == 422
    assert "no room for the offers to" in shown(refused).complaint[1]
    assert browser.post(f"/studies/{offer.opening.study_id}/limit", data={"learner_limit": "2"}).status_code == 303


def test_time_away_that_would_break_an_offer_is_asked_about(sign_in, offer, look_again, today):
    browser = sign_in(offer.opening.mentor)
    away = days("absence-starts_on", today) | days("absence-ends_on", today + timedelta(days=400))
    asked = browser.post("/mentor/profile/absences", data=away)
    assert asked.status_code == 422
    assert "This takes back the offer to Lee Learner" in shown(asked).complaint[1]
    look_again()
    assert offer.opening.mentor.mentor_profile.absences == []
    assert browser.post("/mentor/profile/absences", data={**away, "absence-is_sure": "y"}).status_code == 303
    look_again()
    assert offer.state is OfferState.TAKEN_BACK


def test_the_first_day_is_the_same_on_the_page_and_in_the_placement(sign_in, session, offer, look_again, today):
    begins = offer.opening.starts_on
    absence = MentorAbsence(starts_on=begins - timedelta(days=3), ends_on=begins + timedelta(days=7))
    offer.opening.mentor.mentor_profile.absences.append(absence)
    session.commit()
    page = shown(sign_in(offer.request.learner).get(f"/offers/{offer.id}"))
    assert page.row("From").value == "10 April 2026 to 28 December 2026"
    accept(sign_in, offer)
    look_again()
    assert session.query(Placement).one().starts_on == begins + timedelta(days=8)


def test_an_offer_whose_place_is_not_kept_free_does_not_say_so(sign_in, build, session, offer):
    build.offer(opening=offer.opening)
    offer.opening.places = 1
    session.commit()
    page = shown(sign_in(offer.request.learner).get(f"/offers/{offer.id}"))
    assert page.paragraphs[0] == "Answer by 2 April 2026. The place goes to the learner who accepts first."


def test_one_learner_holds_no_two_places_on_one_opening(sign_in, build, session, offer, look_again):
    learner = offer.request.learner
    second = build.offer(build.request(learner, [offer.opening.network]), offer.opening)
    assert accept(sign_in, offer).status_code == 303
    answer = accept(sign_in, second)
    assert answer.status_code == 409
    assert "you have, or are offered, a place on it already" in shown(answer).paragraphs[0]
    assert session.query(Placement).count() == 1


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MENTOR])
def test_nobody_else_may_accept(sign_in, build, offer, role):
    assert sign_in(build.person(role)).post(f"/offers/{offer.id}/accept").status_code == 403


def test_a_change_that_leaves_too_few_weeks_says_so_before_she_answers(sign_in, offer, today):
    change(sign_in(offer.opening.mentor), offer.opening, is_sure="y", **days("ends_on", today + timedelta(days=60)))
    page = shown(sign_in(offer.request.learner).get(f"/offers/{offer.id}"))
    assert page.row("From").value == "2 April 2026 to 2 May 2026"
    assert page.says("It leaves 4 of the 8 weeks that 15 credits usually take.")


def test_time_away_that_moves_the_first_day_is_asked_about_told_and_needs_her_yes_again(
    sign_in, session, offer, mails, look_again
):
    begins, browser = offer.opening.starts_on, sign_in(offer.opening.mentor)
    read = f"{offer.said.terms.digest} {begins}"
    away = days("absence-starts_on", begins) | days("absence-ends_on", begins + timedelta(days=6))
    asked = shown(browser.post("/mentor/profile/absences", data=away)).complaint[1]
    assert asked.startswith("This moves the first day of the offer to Lee Learner, to be answered by 2 April 2026.")
    assert mails() == []
    assert browser.post("/mentor/profile/absences", data={**away, "absence-is_sure": "y"}).status_code == 303
    subject = "Your place with Dr A. Mentor would begin on 9 April 2026"
    assert (offer.request.learner.email, subject, "Hello Lee Learner,") in mails()
    assert accept(sign_in, offer, agreed=read).status_code == 409
    now_read = f"{offer.said.terms.digest} {begins + timedelta(days=7)}"
    assert accept(sign_in, offer, agreed=now_read).status_code == 303


def test_that_a_day_has_passed_since_she_read_it_is_no_change(sign_in, session, offer, today, look_again):
    offer.opening.starts_on = today - timedelta(days=9)
    offer.terms_said[0].starts_on = offer.opening.starts_on
    session.commit()
    yesterday = f"{Terms.of(offer.opening).digest} {today - timedelta(days=1)}"
    assert accept(sign_in, offer, agreed=yesterday).status_code == 303
