"""A changed answer says which choices it takes off the list before it does, and does so only when she says so."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.programmes import Level
from app.models.requests import RankedOpening, RequestState
from app.models.studies import OpeningState
from app.models.values.registration import Profession
from tests.screen import shown

SURE = "Take them off my list, and save"


@pytest.fixture
def listed(asking, build, session):
    """Three choices: one that any answer keeps, one in another network and late, one for nurses at one level."""
    asking.request.networks.append(asking.other_network)
    late = asking.request.start_until - timedelta(days=10)
    anyway, far = asking.openings[0], build.opening(network=asking.other_network, starts_on=late)
    for_nurses = build.opening(network=asking.network, professions=[Profession.NURSE])
    for one in (anyway, far):
        one.level_rows = [type(one.level_rows[0])(level=level) for level in (Level.PGCERT, Level.PGDIP)]
    asking.request.ranked = [
        RankedOpening(opening=one, position=n) for n, one in enumerate((far, anyway, for_nurses), 1)
    ]
    session.commit()
    return far, anyway, for_nurses


def where(asking, networks, start_from, start_until, **more):
    data = {"networks": [str(one.id) for one in networks], **more}
    for name, day in (("start_from", start_from), ("start_until", start_until)):
        data |= {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
    return data


def ranked(request):
    return [(row.position, row.opening_id) for row in request.ranked]


def test_a_network_that_is_unticked_says_what_goes_keeps_what_was_typed_and_goes_with_a_tick(
    browser, asking, listed, read, session
):
    far, anyway, for_nurses = listed
    data = where(asking, [asking.network], asking.request.start_from, asking.request.start_until - timedelta(days=1))
    answer = browser.post(f"{asking.address}/where", data=data)
    assert answer.status_code == 422
    page = shown(answer)
    label, message = page.complaint
    assert label == SURE
    assert message == (
        f"This takes 1 choice off your list: number 1, “{far.study.title}” with {far.mentor.name} "
        "(it is in a network that you did not choose). To save it all the same, tick the box and save again."
    )
    assert page.field("Networks within your reach").chosen == ("East Midlands",)
    assert page.field("Latest start").value == "30 6 2026"
    assert len(read().networks) == 2
    assert len(read().ranked) == 3
    browser.post(f"{asking.address}/where", data={**data, "is_sure": "y"})
    assert [one.name for one in read().networks] == ["East Midlands"]
    assert ranked(read()) == [(1, anyway.id), (2, for_nurses.id)]
    assert session.scalars(select(AuditLine)).one().details["removed"] == [far.id]


def test_other_dates_another_level_and_another_profession_say_it_too(browser, asking, listed, build, session, read):
    far, _, for_nurses = listed
    networks = [asking.network, asking.other_network]
    first = asking.request.start_from
    sooner = where(asking, networks, first, far.starts_on - timedelta(days=1))
    other_level = build.enrolment(asking.learner, build.programme(level=Level.PGDIP)).programme.modules[0]
    session.commit()
    for page, data, lost in (
        ("where", sooner, far),
        ("module", {"module": str(other_level.id)}, for_nurses),
        ("about", {"profession": "DENTIST"}, for_nurses),
    ):
        answer = browser.post(f"{asking.address}/{page}", data=data)
        assert answer.status_code == 422
        label, message = shown(answer).complaint
        assert label == SURE
        assert f"“{lost.study.title}” with {lost.mentor.name}" in message
        assert len(read().ranked) == 3
    browser.post(f"{asking.address}/about", data={"profession": "DENTIST", "is_sure": "y"})
    assert read().learner.learner_profile.profession is Profession.DENTIST
    assert for_nurses.id not in [row.opening_id for row in read().ranked]


def test_it_is_said_while_the_answers_change(browser, asking, listed):
    far = listed[0]
    data = where(asking, [asking.network], asking.request.start_from, asking.request.start_until)
    part = browser.get(f"{asking.address}/where/reach", query_string=data, headers={"HX-Request": "true"})
    assert shown(part).paragraphs[1].startswith(f"This takes 1 choice off your list: number 1, “{far.study.title}”")
    assert shown(part).paragraphs[0].endswith("Saving this takes 1 choice off your list.")
    assert "1 choice off your list" in part.headers["HX-Trigger-After-Settle"]


def test_what_loses_nothing_is_saved_at_once_and_what_was_lost_before_stays(browser, asking, listed, read, session):
    far = listed[0]
    far.state = OpeningState.PAUSED
    session.commit()
    data = where(asking, [asking.network], asking.request.start_from, asking.request.start_until)
    assert browser.post(f"{asking.address}/where", data=data).status_code == 303
    assert len(read().ranked) == 3


def test_a_choice_that_is_full_is_named_too_as_it_may_come_free(browser, asking, listed, session):
    listed[0].places = 0
    session.commit()
    data = where(asking, [asking.network], asking.request.start_from, asking.request.start_until)
    answer = browser.post(f"{asking.address}/where", data=data)
    assert answer.status_code == 422
    assert "takes 1 choice off your list" in next(iter(shown(answer).errors))


def test_a_sent_request_that_takes_no_others_is_never_left_with_nothing(browser, asking, listed, read, session):
    asking.request.state, asking.request.takes_any_other = RequestState.SUBMITTED, False
    asking.request.ranked = asking.request.ranked[:1]
    session.commit()
    data = where(asking, [asking.network], asking.request.start_from, asking.request.start_until, is_sure="y")
    answer = browser.post(f"{asking.address}/where", data=data)
    assert answer.status_code == 422
    assert "so nothing would be left" in next(iter(shown(answer).errors))
    assert len(read().ranked) == 1
