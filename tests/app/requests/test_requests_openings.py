"""The openings that fit, the search among them, the learner's list, and the count of what she reaches."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.audit import AuditLine
from app.models.placements import RankedOpening, RequestState
from app.models.programmes import Level
from app.models.studies import Opening, OpeningState, StudyIdentifier
from app.models.values.identifiers import Scheme

HTMX = {"HX-Request": "true"}


def ranked(request):
    return [(row.position, row.opening_id) for row in request.ranked]


def put(session, asking, *openings):
    asking.request.ranked = [RankedOpening(opening=one, position=n) for n, one in enumerate(openings, 1)]
    session.commit()


def titles_in(page, openings):
    """The ids of the openings in the order of their cards."""
    found = {one.id: page.text.find(f'id="opening-{one.id}"') for one in openings}
    return [opening_id for opening_id, place in sorted(found.items(), key=lambda item: item[1]) if place >= 0]


def test_a_card_says_what_it_is_why_it_fits_and_where_to_read_more(browser, asking, session):
    study = asking.openings[0].study
    study.identifiers.append(StudyIdentifier(scheme=Scheme.ISRCTN, value="ISRCTN12345678"))
    session.commit()
    page = browser.get(f"{asking.address}/openings").text
    for words in (
        "3 openings",
        "Heart failure clinics 1",
        asking.openings[0].mentor.name,
        "Consultant and principal investigator"[1:],
        "East Midlands",
        "What you share: Heart failure",
        "Ageing is your first specialty",
        "1 place left. From 2 April 2026 to 28 December 2026.",
        "You would do: Screening, consent and data queries.",
        'href="https://www.isrctn.com/ISRCTN12345678"',
        "Add to my list",
    ):
        assert words in page


def test_the_best_fit_stands_first_and_what_does_not_fit_is_not_shown(browser, asking, build, session):
    other = build.opening(study=build.study("Knee surgery"), network=asking.network)
    wrong = [
        build.opening(network=asking.other_network),
        build.opening(network=asking.network, levels=[Level.MSC]),
        build.opening(network=asking.network, state=OpeningState.PAUSED),
        build.opening(network=asking.network, starts_on=other.starts_on + timedelta(days=200)),
    ]
    session.commit()
    page = browser.get(f"{asking.address}/openings")
    assert titles_in(page, [*asking.openings, other, *wrong]) == [*(one.id for one in asking.openings), other.id]


def test_an_opening_whose_places_are_taken_is_not_shown(browser, asking, build, session):
    build.offer(opening=asking.openings[1])
    session.commit()
    page = browser.get(f"{asking.address}/openings")
    assert titles_in(page, asking.openings) == [asking.openings[0].id, asking.openings[2].id]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("text=clinics+2", [1]),
        ("text=CLINICS", [0, 1, 2]),
        ("text=nothing+like+it", []),
        ("fit=strong&text=knee", []),
        ("specialty=nonsense&network=&page=x", [0, 1, 2]),
        ("page=99", [0, 1, 2]),
    ],
)
def test_the_search_is_in_the_address(browser, asking, build, session, query, expected):
    asking.openings[2].study.title = "Knee clinics 3"
    asking.openings[2].study.specialties = []
    session.commit()
    page = browser.get(f"{asking.address}/openings?{query}")
    assert page.status_code == 200
    assert set(titles_in(page, asking.openings)) == {asking.openings[n].id for n in expected}


def test_filters_by_specialty_and_network(browser, asking, build, session):
    asking.request.networks.append(asking.other_network)
    far = build.opening(
        study=build.study("Stroke units", [asking.specialties[1]]), network=asking.other_network, mentor=build.mentor()
    )
    session.commit()
    every = [*asking.openings, far]
    by_specialty = browser.get(f"{asking.address}/openings?specialty={asking.specialties[1].id}")
    by_network = browser.get(f"{asking.address}/openings?network={asking.other_network.id}")
    assert titles_in(by_specialty, every) == titles_in(by_network, every) == [far.id]
    assert "1 of 4 openings" in by_network.text


def test_a_search_with_htmx_gets_the_cards_and_not_the_page(browser, asking):
    part = browser.get(f"{asking.address}/openings?text=clinics+2", headers=HTMX)
    assert "<h1" not in part.text
    assert "My list" not in part.text
    assert titles_in(part, asking.openings) == [asking.openings[1].id]
    assert "1 opening found" in part.headers["HX-Trigger-After-Settle"]


def test_twenty_openings_stand_on_a_page_and_queries_do_not_grow(browser, asking, build, session, queries):
    address = f"{asking.address}/openings"

    def count():
        with queries() as statements:
            assert browser.get(address).status_code == 200
        return len(statements)

    few = count()
    more = [
        build.opening(study=build.study(f"Frailty {n}", asking.specialties), network=asking.network) for n in range(25)
    ]
    session.commit()
    assert count() == few
    put(session, asking, *more[:2])
    two_listed = count()
    put(session, asking, *more[:8])
    assert count() == two_listed
    page = browser.get(f"{asking.address}/openings")
    assert page.text.count('class="app-card"') == 20
    assert "page 1 of 2" in page.text
    assert browser.get(f"{asking.address}/openings?page=2").text.count('class="app-card"') == 8


def test_openings_wait_for_the_first_four_parts(browser, asking, session):
    asking.request.networks = []
    session.commit()
    answer = browser.get(f"{asking.address}/openings")
    assert answer.location == asking.address
    assert "Answer the first four parts first" in browser.get(answer.location).text


def test_openings_are_added_in_order_by_plain_forms(browser, asking, read, session):
    first, second, _ = asking.openings
    answer = browser.post(asking.list_address(second, "add") + "?text=clinics")
    assert answer.location == f"{asking.address}/openings?text=clinics#opening-{second.id}"
    browser.post(asking.list_address(first, "add"))
    browser.post(asking.list_address(first, "add"))
    assert ranked(read()) == [(1, second.id), (2, first.id)]
    page = browser.get(f"{asking.address}/openings").text
    assert "Added as 1 of 2" not in page
    assert "Number 2 on your list" in page
    details = [line.details for line in session.scalars(select(AuditLine).order_by(AuditLine.id))]
    assert details[0] == {"part": "list", "added": second.id}


def test_an_opening_that_does_not_fit_is_not_added(browser, asking, build, session, read):
    far = build.opening(network=asking.other_network)
    session.commit()
    answer = browser.post(asking.list_address(far, "add"))
    assert answer.status_code == 422
    assert "it is in a network that you did not choose" in answer.text
    assert ranked(read()) == []


def test_the_list_holds_ten(browser, asking, build, session, read):
    more = [build.opening(study=build.study(f"Study number {n}"), network=asking.network) for n in range(10)]
    put(session, asking, *more)
    answer = browser.post(asking.list_address(asking.openings[0], "add"))
    assert answer.status_code == 422
    assert "Remove one to add another" in answer.text
    assert len(read().ranked) == 10
    assert "Your list is full" in browser.get(f"{asking.address}/openings").text


def test_an_opening_is_moved_and_the_rest_closes_up(browser, asking, session, read):
    one, two, three = asking.openings
    put(session, asking, one, two, three)
    browser.post(asking.list_address(three, "move"), data={"to": "1"})
    assert ranked(read()) == [(1, three.id), (2, one.id), (3, two.id)]
    browser.post(asking.list_address(one, "remove"))
    assert ranked(read()) == [(1, three.id), (2, two.id)]


@pytest.mark.parametrize("to", ["0", "4", "first", ""])
def test_a_number_that_is_not_on_the_list_is_refused(browser, asking, session, read, to):
    put(session, asking, *asking.openings)
    answer = browser.post(asking.list_address(asking.openings[0], "move"), data={"to": to})
    assert answer.status_code == 422
    assert "Enter a number from 1 to 3" in answer.text
    part = browser.post(asking.list_address(asking.openings[0], "move"), data={"to": to}, headers=HTMX)
    assert part.status_code == 422
    assert part.text.count('id="my-list"') == 1
    assert "<h1" not in part.text
    assert ranked(read()) == [(n, one.id) for n, one in enumerate(asking.openings, 1)]


def test_with_htmx_a_deed_gets_the_list_and_the_buttons_in_view(browser, asking):
    first, second, _ = asking.openings
    data = {"shown": f"{first.id} {second.id} nonsense"}
    part = browser.post(asking.list_address(first, "add"), data=data, headers=HTMX)
    assert part.status_code == 200
    assert "<h1" not in part.text
    assert part.text.count('id="my-list"') == 1
    assert part.text.count('hx-swap-oob="true"') == 2
    assert f'id="on-list-{first.id}" tabindex="-1" data-focus' in part.text
    assert part.text.count("data-focus") == 1
    assert "Added as 1 of 1: Heart failure clinics 1" in part.headers["HX-Trigger-After-Settle"]


@pytest.mark.parametrize(
    ("which", "to", "direction", "focus", "said"),
    [
        (2, 2, "up", "up", "Moved to 2 of 3"),
        (1, 1, "up", "down", "Moved to 1 of 3"),
        (0, 2, "down", "down", "Moved to 2 of 3"),
        (1, 3, "down", "up", "Moved to 3 of 3"),
        (0, 3, "", "choice", "Moved to 3 of 3"),
    ],
)
def test_after_a_move_the_focus_is_where_it_was_and_the_move_is_said(
    browser, asking, session, which, to, direction, focus, said
):
    put(session, asking, *asking.openings)
    opening = asking.openings[which]
    data = {"to": str(to), **({"direction": direction} if direction else {})}
    part = browser.post(asking.list_address(opening, "move"), data=data, headers=HTMX)
    marked = next(line for line in part.text.splitlines() if "data-focus" in line)
    assert f'id="{focus}-{opening.id}"' in marked
    assert part.text.count("data-focus") == 1
    assert said in part.headers["HX-Trigger-After-Settle"]


@pytest.mark.parametrize(("came_from", "focus"), [("card", "add-{}"), ("list", "my-list-title")])
def test_after_a_removal_the_focus_is_where_one_goes_on(browser, asking, session, came_from, focus):
    put(session, asking, *asking.openings)
    opening = asking.openings[0]
    data = {"from": came_from, "shown": str(opening.id)}
    part = browser.post(asking.list_address(opening, "remove"), data=data, headers=HTMX)
    marked = next(line for line in part.text.splitlines() if "data-focus" in line)
    assert f'id="{focus.format(opening.id)}"' in marked


def test_an_unknown_opening_is_not_found(browser, asking):
    for deed in ("add", "remove", "move"):
        assert browser.post(f"{asking.address}/list/999999/{deed}").status_code == 404


def test_an_opening_that_fits_no_longer_stays_on_the_list_with_the_reason(browser, asking, session):
    put(session, asking, *asking.openings)
    session.get_one(Opening, asking.openings[1].id).state = OpeningState.PAUSED
    session.commit()
    page = browser.get(f"{asking.address}/openings").text
    assert "Does not fit now: it is not published at the moment." in page
    assert page.count("Does not fit now") == 1


def test_a_sent_request_that_takes_nothing_else_keeps_one_opening(browser, asking, session, read):
    asking.request.state, asking.request.takes_any_other = RequestState.SUBMITTED, False
    put(session, asking, asking.openings[0])
    answer = browser.post(asking.list_address(asking.openings[0], "remove"))
    assert answer.status_code == 422
    assert "one opening must stay on it" in answer.text
    assert len(read().ranked) == 1


@pytest.mark.parametrize(("typed", "saved"), [("yes", True), ("no", False)])
def test_any_other_opening_is_a_choice(browser, asking, session, read, typed, saved):
    put(session, asking, asking.openings[0])
    browser.post(f"{asking.address}/any-other", data={"takes_any_other": typed})
    assert read().takes_any_other is saved


@pytest.mark.parametrize(("typed", "words"), [("", "Choose whether"), ("no", "Your list is empty, so choose yes")])
def test_any_other_needs_an_answer_that_leaves_something(browser, asking, read, typed, words):
    answer = browser.post(f"{asking.address}/any-other", data={"takes_any_other": typed})
    assert answer.status_code == 422
    assert words in answer.text
    assert read().takes_any_other is None


def dates(name, day):
    return f"&{name}-day={day.day}&{name}-month={day.month}&{name}-year={day.year}"


def test_the_count_moves_with_the_answers_and_says_what_costs_most(browser, asking, build, session, read, today):
    for _ in range(5):
        build.opening(network=asking.other_network)
    build.opening(network=asking.network, ends_on=today + timedelta(days=35))
    session.commit()
    answers = dates("start_from", today + timedelta(days=20)) + dates("start_until", today + timedelta(days=120))
    query = f"networks={asking.network.id}{answers}"
    part = browser.get(f"{asking.address}/where/reach?{query}", headers=HTMX)
    assert "<h1" not in part.text
    assert "3 openings fit; 1 closes before you can start." in part.text
    assert "Only in your own network: 3. With North London: 8." in part.text
    assert "What would help most: North London, which would add 5." in part.text
    assert "3 openings fit" in part.headers["HX-Trigger-After-Settle"]
    both = browser.get(f"{asking.address}/where/reach?{query}&networks={asking.other_network.id}", headers=HTMX)
    assert "8 openings fit" in both.text
    assert [network.name for network in read().networks] == ["East Midlands"]


def test_nothing_is_counted_before_the_module_is_known(browser, asking, session):
    asking.request.module = None
    session.commit()
    assert "to see how many openings you reach" in browser.get(f"{asking.address}/where").text


def test_counting_takes_the_same_queries_for_many_openings(browser, asking, build, session, queries):
    address = f"{asking.address}/where"

    def count():
        with queries() as statements:
            browser.get(address)
        return len(statements)

    few = count()
    for n in range(12):
        build.opening(study=build.study(f"Study of number {n}", asking.specialties), network=asking.other_network)
    session.commit()
    assert count() == few
