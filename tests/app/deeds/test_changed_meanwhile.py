"""A form that was opened before somebody else saved tells what changed; nothing is overwritten without a word."""

from datetime import timedelta

import pytest

from app.models.people import Role
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.studies import Opening, Study
from tests.pages import form_to, own_form
from tests.screen import shown


@pytest.fixture
def opening(build):
    return build.opening(mentor=build.mentor(learners_max=9), places=2)


@pytest.fixture
def mentor(sign_in, opening):
    return sign_in(opening.mentor)


def opened(browser, page, action=None):
    """A function that sends the form as it stood when the page was opened, with other words in some fields."""
    form = form_to(action, browser.get(page)) if action else own_form(page, browser.get(page))

    form.fields.pop("find", None)  # a button that is not pressed

    def send(**changed):
        return browser.post(form.action, data=form.fields | {name: [value] for name, value in changed.items()})

    return send


@pytest.fixture
def in_two_tabs(mentor, opening):
    page = f"/openings/{opening.id}/change"
    return opened(mentor, page), opened(mentor, page)


def test_a_stale_form_says_which_field_somebody_changed_to_what_and_keeps_what_was_typed(
    in_two_tabs, session, look_again, opening
):
    one, other = in_two_tabs
    assert one(places="5").status_code == 303
    answer = other(places="3", learner_does="Taking consent.")
    assert answer.status_code == 409
    told = f"Places was changed by {opening.mentor.name} just now while this page was open, to “5”."
    assert shown(answer).errors == {f"{told} Check yours, then save again": "Places"}
    again = own_form(f"/openings/{opening.id}/change", answer)
    assert (again.fields["places"], again.fields["learner_does"]) == (["3"], ["Taking consent."])
    look_again()
    assert session.get_one(Opening, opening.id).places == 5


def test_who_was_told_and_saves_again_is_obeyed(mentor, in_two_tabs, session, look_again, opening):
    one, other = in_two_tabs
    one(places="5")
    page = f"/openings/{opening.id}/change"
    again = own_form(page, other(places="3"))
    again.fields.pop("find")
    assert mentor.post(page, data=again.fields).status_code == 303
    look_again()
    assert session.get_one(Opening, opening.id).places == 3


def test_what_was_left_as_it_stood_does_not_go_back_without_a_word(in_two_tabs, session, look_again, opening):
    one, other = in_two_tabs
    one(places="5")
    assert other(learner_does="Taking consent.").status_code == 409
    look_again()
    assert session.get_one(Opening, opening.id).places == 5


def test_the_same_change_in_both_is_no_matter(in_two_tabs):
    one, other = in_two_tabs
    assert one(places="5").status_code == 303
    assert other(places="5").status_code == 303


def test_dates_that_stay_are_not_said_to_be_changed(sign_in, build, session):
    network = build.network()
    round_, browser = build.round(network), sign_in(build.coordinator(network))
    session.commit()
    send = opened(browser, f"/rounds/{round_.id}/dates")
    assert shown(browser.get(send().location)).banner == "The dates are as they were."


def test_an_opening_sent_as_it_stood_is_said_to_be_as_it_was(mentor, opening):
    page = f"/openings/{opening.id}/change"
    answer = opened(mentor, page)()
    assert shown(mentor.get(answer.location)).banner.startswith("Your opening is changed.")
    answer = opened(mentor, page)()
    assert shown(mentor.get(answer.location)).banner == "Your opening is as it was, and now marked as confirmed today."


def test_a_change_of_what_the_form_does_not_ask_is_no_matter(mentor, opening):
    send = opened(mentor, f"/openings/{opening.id}/change")
    mentor.post(f"/openings/{opening.id}/pause")
    assert send(places="5").status_code == 303


def test_dates_of_a_round_are_told_as_days(sign_in, build, session, look_again, today):
    network = build.network()
    one, other = (build.coordinator(network) for _ in range(2))
    round_ = build.round(network)
    browsers = [sign_in(person) for person in (one, other)]
    page = f"/rounds/{round_.id}/dates"
    first, second = (opened(browser, page) for browser in browsers)
    later = today + timedelta(days=12)
    assert first(**{"closes_at-day": str(later.day), "closes_at-month": str(later.month)}).status_code == 303
    answer = second(**{"answer_until-day": "30", "answer_until-month": "4"})
    [message] = shown(answer).errors
    assert answer.status_code == 409
    assert f"by {one.name} just now while this page was open, to 15 March 2026" in message
    look_again()
    assert session.get_one(MatchRound, round_.id).closes_on == later


def test_a_limit_of_a_study_is_not_put_back_by_another_coordinator(sign_in, build, session, look_again):
    network = build.network()
    study = build.study()
    build.opening(study=study, network=network)
    browsers = [sign_in(build.coordinator(network)) for _ in range(2)]
    page, action = f"/studies/{study.id}", f"/studies/{study.id}/limit"
    first, second = (opened(browser, page, action) for browser in browsers)
    assert first(learner_limit="4").status_code == 303
    assert second(learner_limit="7").status_code == 409
    look_again()
    assert session.get_one(Study, study.id).learner_limit == 4


def test_two_administrators_do_not_undo_each_others_corrections(sign_in, build):
    person = build.person(name="Sian Mentor")
    browsers = [sign_in(build.person(Role.ADMINISTRATOR)) for _ in range(2)]
    first, second = (opened(browser, f"/admin/people/{person.id}/correct") for browser in browsers)
    assert first(name="Siân Mentor").status_code == 303
    answer = second(email="sian@nowhere.example")
    assert answer.status_code == 409
    assert "“Siân Mentor”" in next(iter(shown(answer).errors))


def test_a_mentors_profile_in_two_tabs(mentor, opening):
    first, second = (opened(mentor, "/mentor/profile") for _ in range(2))
    answer = first(organisation=opening.organisation.name, learners_max="3")
    assert answer.status_code == 303, answer.text
    answer = second(organisation=opening.organisation.name, learners_max="2")
    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("about", {"profession": "NURSE", "number": "", "regulator": ""}, {"profession": "MIDWIFE", "number": ""}),
        (
            "job",
            {"job_title": "A nurse", "typed": "Somewhere Else Ltd"},
            {"job_title": "A sister", "typed": "Somewhere Else Ltd"},
        ),
        ("interests", {"interests": "Falls."}, {"interests": "Strokes."}),
        ("any-other", {"takes_any_other": "yes"}, {"takes_any_other": "no"}),
    ],
)
def test_each_answer_of_a_request_in_two_tabs(sign_in, build, session, look_again, part, before, after):
    network = build.network()
    request = build.request(networks=[network], ranked=[build.opening(network=network)])
    learner = sign_in(request.learner)
    page = f"/request/{request.id}/{part}"
    opened(learner, page)(**before)
    first, second = (opened(learner, page) for _ in range(2))
    assert first(**after).status_code == 303
    assert second(**before).status_code == 409
    look_again()
    assert session.get_one(PlacementRequest, request.id)


def test_where_and_when_in_two_tabs_tells_networks_by_name(sign_in, build):
    near, far = build.network("Near"), build.network("Far")
    request = build.request(networks=[near])
    learner = sign_in(request.learner)
    first, second = (opened(learner, f"/request/{request.id}/where") for _ in range(2))
    assert first(networks=str(far.id)).status_code == 303
    answer = second(networks=str(near.id))
    assert answer.status_code == 409
    assert ", to Far." in next(iter(shown(answer).errors))


def test_a_form_without_a_mark_of_what_it_was_made_from_is_taken_as_it_is(mentor, opening):
    page = f"/openings/{opening.id}/change"
    fields = own_form(page, mentor.get(page)).fields | {"places": ["5"]}
    for name in ("made_from", "find"):
        fields.pop(name)
    assert mentor.post(page, data=fields).status_code == 303
