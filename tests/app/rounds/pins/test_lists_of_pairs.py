"""Lists of agreed pairs: a dry run line by line, then every pair by the rules of the page."""

from io import BytesIO

import pytest
from sqlalchemy import func, select

from app.models.people import Role
from app.models.runs import Circumstance, ListOfPairs, Pin, PinKind
from app.rounds.pins.lists.reading import COLUMNS, codes
from tests.pages import Page
from tests.screen import shown

HEAD = "Learner email,Mentor email,Study or opening,Reason code,Reason"


def upload(browser, round_id, *lines, head=HEAD):
    content = "\n".join((head, *lines)).encode()
    return browser.post(f"/rounds/{round_id}/pins/list", data={"file": (BytesIO(content), "pairs.csv")})


def line(wish, opening, study="", code=PinKind.AGREED_BEFORE.value, reason="They agreed in January."):
    return f"{wish.learner.email},{opening.mentor.email},{study},{code},{reason}"


def what_was_shown(browser, address):
    """What the form of a dry run carries."""
    forms = Page(address, browser.get(address).get_data(as_text=True)).forms
    return next(form.fields["shown"][0] for form in forms if "shown" in form.fields)


def test_a_list_is_tried_then_pinned_and_the_same_again_adds_nothing(full_scene, sign_in, session, look_again):
    (first, second, _), (one, other) = full_scene.requests, full_scene.openings
    round_id, number = full_scene.round.id, one.study.identifiers[0].value
    lines = [
        line(first, one, f"CPMS {number}"),
        line(second, other, f"opening {other.id}", Circumstance.TRAVEL.value),
        f"nobody@nowhere.example,{one.mentor.email},,agreed before the round,As agreed.",
    ]
    browser = sign_in(full_scene.coordinator)
    answer = upload(browser, round_id, *lines)
    assert answer.status_code == 303
    page = shown(browser.get(answer.location))
    assert page.says("2 pairs would be pinned, 0 pairs are pinned already, 1 line cannot be pinned")
    look_again()
    assert session.scalar(select(Pin)) is None
    row = page.row("4")
    assert "No learner with this address looks for a place" in row["What it comes to"]
    button = page.button("Pin 2 pairs")
    seen = what_was_shown(browser, answer.location)
    stale = browser.post(button.action, data={"shown": "something else"})
    assert (stale.status_code, session.scalar(select(Pin))) == (409, None)
    look_again()
    assert browser.post(button.action, data={"shown": seen}).status_code == 303
    look_again()
    pins = session.scalars(select(Pin).order_by(Pin.id)).all()
    assert [(p.request_id, p.opening_id, p.needs_evidence) for p in pins] == [
        (first.id, one.id, False),
        (second.id, other.id, True),
    ]
    assert session.scalar(select(ListOfPairs)) is None
    again = upload(sign_in(full_scene.coordinator), round_id, *lines)
    page = shown(browser.get(again.location))
    assert page.says("0 pairs would be pinned, 2 pairs are pinned already")
    assert [one for one in page.buttons if one.startswith("Pin")] == []


def test_a_list_that_took_the_place_of_the_one_on_the_screen_is_not_pinned(full_scene, sign_in, session, look_again):
    (first, second, _), (one, other) = full_scene.requests, full_scene.openings
    round_id, browser = full_scene.round.id, sign_in(full_scene.coordinator)
    seen = what_was_shown(browser, upload(browser, round_id, line(first, one)).location)
    instead = upload(browser, round_id, line(second, other)).location
    assert browser.post(instead, data={"shown": seen}).status_code == 409
    look_again()
    assert session.scalar(select(Pin)) is None
    assert browser.post(instead, data={"shown": what_was_shown(browser, instead)}).status_code == 303


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"study": "NCT01234567"}, "has no opening on “NCT01234567”"),
        ({"code": "because"}, "is none of the reason codes"),
        ({"code": ""}, "It has no reason code."),
        ({"reason": ""}, "It has no reason in words."),
        ({"reason": "Patient 943 476 5919"}, "looks like an NHS number"),
    ],
)
def test_a_line_that_cannot_be_pinned_says_why(full_scene, sign_in, changed, words):
    wish, opening = full_scene.requests[0], full_scene.openings[0]
    browser = sign_in(full_scene.coordinator)
    answer = upload(browser, full_scene.round.id, line(wish, opening, **changed))
    assert words in shown(browser.get(answer.location)).row("2")["What it comes to"]


def test_the_rules_of_the_page_apply_line_after_line(full_scene, sign_in, build):
    (first, second, third), (one, other) = full_scene.requests, full_scene.openings
    build.conflict(third.learner, other.mentor)
    lines = [line(first, one), line(second, one), line(first, other), line(third, other), line(first, one)]
    browser = sign_in(full_scene.coordinator)
    page = shown(browser.get(upload(browser, full_scene.round.id, *lines).location))
    said = {number: page.row(str(number))["What it comes to"] for number in range(2, 7)}
    assert said[2].startswith("Would be pinned")
    assert "All places of this opening are pinned" in said[3]
    assert "This learner is pinned already" in said[4]
    assert "a conflict is recorded" in said[5]
    assert said[6].startswith("Pinned already")


@pytest.mark.parametrize(("head", "words"), [("Name,Email", "no column “Learner email”"), ("", "The file is empty")])
def test_a_file_that_is_no_list_is_refused(full_scene, sign_in, session, head, words):
    answer = upload(sign_in(full_scene.coordinator), full_scene.round.id, head=head)
    assert (answer.status_code, shown(answer).says(words)) == (422, True)
    assert session.scalar(select(ListOfPairs)) is None


def test_no_file_is_asked_for_and_the_template_has_our_columns(full_scene, sign_in):
    browser, path = sign_in(full_scene.coordinator), f"/rounds/{full_scene.round.id}/pins/list"
    answer = browser.post(path, data={})
    assert (answer.status_code, shown(answer).complaint[1]) == (422, "Choose a file")
    assert browser.get(f"{path}/template.csv").text.strip("\ufeff\r\n") == ",".join(COLUMNS)
    page = shown(browser.get(path))
    assert all(page.says(code) for code in codes())


def test_a_list_is_dropped_and_is_nobody_elses(full_scene, sign_in, build, session, look_again):
    round_id = full_scene.round.id
    other, elsewhere, learner = (
        build.coordinator(full_scene.network),
        build.coordinator(build.network()),
        build.person(Role.LEARNER),
    )
    address = upload(sign_in(full_scene.coordinator), round_id, "a,b,c,d,e").location
    for person, status in ((other, 404), (elsewhere, 404), (learner, 403)):
        browser = sign_in(person)
        assert browser.get(address).status_code == status
        assert browser.post(address).status_code == status
        assert browser.post(f"{address}/drop").status_code == status
    assert sign_in(full_scene.coordinator).post(f"{address}/drop").status_code == 303
    assert session.scalar(select(func.count()).select_from(ListOfPairs)) == 0
