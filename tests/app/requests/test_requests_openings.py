"""The openings that fit, the search among them, the learner's list, and the count of what she reaches."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.programmes import Level
from app.models.requests import RankedOpening, RequestState
from app.models.studies import Opening, OpeningState, StudyIdentifier
from app.models.values.identifiers import Scheme
from tests.screen import shown

HTMX = {"HX-Request": "true"}


def ranked(request):
    return [(row.position, row.opening_id) for row in request.ranked]


def put(session, asking, *openings):
    asking.request.ranked = [RankedOpening(opening=one, position=n) for n, one in enumerate(openings, 1)]
    session.commit()


def cards(page):
    """The titles of the openings in the order of their cards."""
    return page.texts("li > h2")


def titles(*openings):
    return [one.study.title for one in openings]


def test_a_card_says_what_it_is_why_it_fits_and_where_to_read_more(browser, asking, session):
    study = asking.openings[0].study
    study.identifiers.append(StudyIdentifier(scheme=Scheme.ISRCTN, value="ISRCTN12345678"))
    session.commit()
    page = shown(browser.get(f"{asking.address}/openings"))
    assert page.part("count").text == "3 openings."
    card = page.section("Heart failure clinics 1")
    mentor, place = asking.openings[0].mentor.name, asking.openings[0].organisation.name
    assert card.paragraphs == [
        "Strong fit 957 of 1,000 What you share: Heart failure; Ageing is your first specialty.",
        f"{mentor}, consultant and principal investigator {place}, East Midlands",
        "You would do: Screening, consent and data queries.",
        "1 place left. From 2 April 2026 to 28 December 2026. Last confirmed by its mentor on 3 March 2026.",
        f"Read more about it: Heart failure clinics 1, with {mentor}",
        f"CPMS {study.identifiers[0].value}, ISRCTN12345678 in the registry",
    ]
    assert card.link("ISRCTN12345678 in the registry") == "https://www.isrctn.com/ISRCTN12345678"
    assert card.button("Add to my list").action == asking.list_address(asking.openings[0], "add")


def test_the_page_says_what_the_order_is_worth_and_invites_nobody_to_play(browser, asking):
    page = shown(browser.get(f"{asking.address}/openings"))
    assert "Put down what you really want, in your order." in " ".join(page.paragraphs)
    assert page.says("another order lost more often than it gained")


def test_the_best_fit_stands_first_and_what_does_not_fit_is_not_shown(browser, asking, build, session):
    other = build.opening(study=build.study("Knee surgery"), network=asking.network)
    build.opening(network=asking.other_network)
    build.opening(network=asking.network, levels=[Level.MSC])
    build.opening(network=asking.network, state=OpeningState.PAUSED)
    build.opening(network=asking.network, starts_on=other.starts_on + timedelta(days=200))
    session.commit()
    page = shown(browser.get(f"{asking.address}/openings"))
    assert cards(page) == titles(*asking.openings, other)


def test_an_opening_that_is_full_stands_last_says_so_and_cannot_be_added(browser, asking, build, session, read):
    full = asking.openings[1]
    build.offer(opening=full)
    session.commit()
    page = shown(browser.get(f"{asking.address}/openings"))
    assert cards(page) == titles(asking.openings[0], asking.openings[2], full)
    assert page.part("count").text == "2 openings and 1 that is full."
    card = page.section(full.study.title)
    assert card.says("Full: no place is free now.")
    assert card.says("If a place comes free, you can add it to your list here.")
    assert card.buttons == []
    page = shown(browser.get(f"{asking.address}/openings/{full.id}"))
    assert page.says("Full: no place is free now. If one comes free, you can add it to your list here.")
    assert page.buttons == []
    refused = browser.post(asking.list_address(full, "add"))
    assert "it has no room for another learner" in next(iter(shown(refused).errors))
    assert ranked(read()) == []


def test_mentors_of_one_study_stand_together_and_each_is_a_choice_of_its_own(browser, asking, build, session, read):
    study = asking.openings[0].study
    other = build.opening(mentor=build.mentor(name="Sam Second"), study=study, network=asking.network)
    full = build.opening(mentor=build.mentor(name="Flo Full"), study=study, network=asking.network, places=0)
    session.commit()
    page = shown(browser.get(f"{asking.address}/openings"))
    assert cards(page) == titles(*asking.openings)
    assert page.part("count").text == "4 openings and 1 that is full."
    card = page.part(f"study-{study.id}")
    assert card.paragraphs[0] == "3 mentors offer places on this study. Each is a choice of its own."
    first = asking.openings[0].mentor.name
    assert card.headings == [
        study.title,
        *(f"With {name} on {study.title}" for name in (first, "Sam Second", "Flo Full")),
    ]
    browser.post(asking.list_address(other, "add"))
    page = shown(browser.get(f"{asking.address}/openings"))
    assert page.part(f"opening-{other.id}").says("Number 1 on your list")
    assert page.part(f"opening-{asking.openings[0].id}").button("Add to my list")
    assert page.part(f"opening-{full.id}").buttons == []
    assert ranked(read()) == [(1, other.id)]


def test_of_an_opening_on_her_list_that_is_withdrawn_no_places_are_told(browser, asking, session, read):
    opening = asking.openings[0]
    browser.post(asking.list_address(opening, "add"))
    read()
    opening.state = OpeningState.WITHDRAWN
    session.commit()
    page = shown(browser.get(f"{asking.address}/openings/{opening.id}"))
    assert page.says("Does not fit now")
    assert not page.says("free now")


def test_a_learner_reads_about_the_study_the_mentor_and_what_she_would_do(browser, asking, build, session, read):
    opening = asking.openings[0]
    opening.study.summary, opening.study.short_title = "Nurses visit people at home.", "HOME"
    opening.study.identifiers.append(StudyIdentifier(scheme=Scheme.ISRCTN, value="ISRCTN12345678"))
    opening.mentor.mentor_profile.teaches = "How to speak about consent."
    other = build.opening(mentor=build.mentor(name="Sam Second"), study=opening.study, network=asking.network)
    session.commit()
    found = shown(browser.get(f"{asking.address}/openings?text=clinics")).part(f"opening-{opening.id}")
    [link] = [one for one in found.links if one.startswith("Read more about it")]
    page = shown(browser.get(found.link(link)))
    assert page.heading == "Heart failure clinics 1"
    assert page.section("What the study is about").paragraphs == ["Nurses visit people at home."]
    assert page.section("What you would do").paragraphs == ["Screening, consent and data queries."]
    assert page.section(f"What {opening.mentor.name} teaches").paragraphs == ["How to speak about consent."]
    assert page.row("Registry").link("ISRCTN12345678 in the registry") == "https://www.isrctn.com/ISRCTN12345678"
    assert page.row("Places").value == "1 place free now"
    [elsewhere] = page.section("Other mentors on this study").links
    assert elsewhere.startswith("Sam Second, ")
    browser.post(page.button("Add to my list").action)
    assert ranked(read()) == [(1, opening.id)]
    assert shown(browser.get(found.link(link))).says("Number 1 on your list")
    assert shown(browser.get(page.section("Other mentors on this study").link(elsewhere))).says("Sam Second")
    assert other.study is opening.study


def test_what_can_be_read_is_published_listed_or_offered(browser, asking, build, session):
    hidden = build.opening(network=asking.network, state=OpeningState.PAUSED)
    elsewhere = build.opening(network=asking.other_network)
    session.commit()
    assert browser.get(f"{asking.address}/openings/{hidden.id}").status_code == 404
    assert browser.get(f"{asking.address}/openings/999999").status_code == 404
    page = shown(browser.get(f"{asking.address}/openings/{elsewhere.id}"))
    assert page.says("Does not fit now: it is in a network that you did not choose.")
    assert page.buttons == []
    put(session, asking, hidden)
    assert browser.get(f"{asking.address}/openings/{hidden.id}").status_code == 200
    put(session, asking)
    build.offer(asking.request, hidden)
    session.commit()
    assert browser.get(f"{asking.address}/openings/{hidden.id}").status_code == 200


def test_the_question_about_any_other_stands_with_the_list_and_its_answer_leads_to_the_check(
    browser, asking, session, read
):
    put(session, asking, asking.openings[0])
    page = shown(browser.get(f"{asking.address}/openings"))
    assert page.field("Would you take any other opening that fits?").chosen == ()
    assert page.button("Save and continue").action == f"{asking.address}/any-other"
    answer = browser.post(f"{asking.address}/any-other", data={"takes_any_other": "no"})
    assert answer.location == f"{asking.address}/check"
    assert read().takes_any_other is False


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
    answer = browser.get(f"{asking.address}/openings?{query}")
    assert answer.status_code == 200
    assert set(cards(shown(answer))) == set(titles(*(asking.openings[n] for n in expected)))


def test_filters_by_specialty_and_network(browser, asking, build, session):
    asking.request.networks.append(asking.other_network)
    far = build.opening(
        study=build.study("Stroke units", [asking.specialties[1]]), network=asking.other_network, mentor=build.mentor()
    )
    session.commit()
    by_specialty = shown(browser.get(f"{asking.address}/openings?specialty={asking.specialties[1].id}"))
    by_network = shown(browser.get(f"{asking.address}/openings?network={asking.other_network.id}"))
    assert cards(by_specialty) == cards(by_network) == titles(far)
    assert by_specialty.field("Specialty").value == "Stroke"
    assert by_network.field("Network").value == "North London"
    assert by_network.part("count").text == "1 of 4 openings. Show all"


def test_a_search_with_htmx_gets_the_cards_and_not_the_page(browser, asking):
    part = browser.get(f"{asking.address}/openings?text=clinics+2", headers=HTMX)
    assert shown(part).headings == titles(asking.openings[1])
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
    first, second = (shown(browser.get(f"{asking.address}/openings?page={n}")) for n in (1, 2))
    assert first.part("count").text == "28 openings, page 1 of 2."
    assert (len(cards(first)), len(cards(second))) == (20, 8)
    assert set(cards(first) + cards(second)) == set(titles(*asking.openings, *more))


def test_openings_wait_for_the_first_four_parts(browser, asking, session):
    asking.request.networks = []
    session.commit()
    answer = browser.get(f"{asking.address}/openings")
    assert answer.location == asking.address
    page = shown(browser.get(answer.location))
    assert page.banner == "Answer the first four parts first: then we can say which openings fit."
    assert "Openings that fit and your list" not in page.links


def test_openings_are_added_in_order_by_plain_forms(browser, asking, read, session):
    first, second, _ = asking.openings
    answer = browser.post(asking.list_address(second, "add") + "?text=clinics")
    assert answer.location == f"{asking.address}/openings?text=clinics#opening-{second.id}"
    browser.post(asking.list_address(first, "add"))
    browser.post(asking.list_address(first, "add"))
    assert ranked(read()) == [(1, second.id), (2, first.id)]
    page = shown(browser.get(f"{asking.address}/openings"))
    chosen = [line.paragraphs[0] for line in page.section("My list").lines]
    assert [line.split(" Person")[0] for line in chosen] == ["1. Heart failure clinics 2", "2. Heart failure clinics 1"]
    assert page.section("Heart failure clinics 1").says("Number 2 on your list")
    details = [line.details for line in session.scalars(select(AuditLine).order_by(AuditLine.id))]
    assert details[0] == {"part": "list", "added": second.id}


def test_an_opening_that_does_not_fit_is_not_added(browser, asking, build, session, read):
    far = build.opening(network=asking.other_network)
    session.commit()
    answer = browser.post(asking.list_address(far, "add"))
    assert answer.status_code == 422
    [message] = shown(answer).errors
    assert "it is in a network that you did not choose" in message
    assert ranked(read()) == []


def test_the_list_holds_ten(browser, asking, build, session, read):
    more = [build.opening(study=build.study(f"Study number {n}"), network=asking.network) for n in range(10)]
    put(session, asking, *more)
    answer = browser.post(asking.list_address(asking.openings[0], "add"))
    assert answer.status_code == 422
    assert shown(answer).errors == {
        "Your list has 10 openings, which is the most it can hold. Remove one to add another.": "My list"
    }
    assert len(read().ranked) == 10
    card = shown(browser.get(f"{asking.address}/openings")).section("Heart failure clinics 1")
    assert card.paragraphs[-2] == "Your list is full. Remove one to add this."
    assert card.buttons == []


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
    assert shown(answer).errors == {"Enter a number from 1 to 3 to move it to.": "My list"}
    part = browser.post(asking.list_address(asking.openings[0], "move"), data={"to": to}, headers=HTMX)
    assert part.status_code == 422
    assert shown(part).headings == ["My list"]
    assert shown(part).part("my-list").insets == ["Enter a number from 1 to 3 to move it to."]
    assert ranked(read()) == [(n, one.id) for n, one in enumerate(asking.openings, 1)]


def test_with_htmx_a_deed_gets_the_list_and_the_buttons_in_view(browser, asking):
    first, second, _ = asking.openings
    data = {"shown": f"{first.id} {second.id} nonsense"}
    answer = browser.post(asking.list_address(first, "add"), data=data, headers=HTMX)
    assert answer.status_code == 200
    part = shown(answer)
    assert part.headings == ["My list"]
    assert part.part("my-list").says("1. Heart failure clinics 1")
    swapped = [node.attributes["id"] for node in part.all("[hx-swap-oob=true]")]
    assert swapped == ["list-bar", f"deed-{first.id}", f"deed-{second.id}"]
    assert part.part(f"deed-{first.id}").buttons == ["Remove"]
    assert part.part(f"deed-{second.id}").buttons == ["Add to my list"]
    assert part.focused == [f"on-list-{first.id}"]
    assert "Added as 1 of 1: Heart failure clinics 1" in answer.headers["HX-Trigger-After-Settle"]


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
    assert shown(part).focused == [f"{focus}-{opening.id}"]
    assert said in part.headers["HX-Trigger-After-Settle"]


@pytest.mark.parametrize(("came_from", "focus"), [("card", "add-{}"), ("list", "my-list-title")])
def test_after_a_removal_the_focus_is_where_one_goes_on(browser, asking, session, came_from, focus):
    put(session, asking, *asking.openings)
    opening = asking.openings[0]
    data = {"from": came_from, "shown": str(opening.id)}
    part = browser.post(asking.list_address(opening, "remove"), data=data, headers=HTMX)
    assert shown(part).focused == [focus.format(opening.id)]


def test_an_unknown_opening_is_not_found(browser, asking):
    for deed in ("add", "remove", "move"):
        assert browser.post(f"{asking.address}/list/999999/{deed}").status_code == 404


def test_an_opening_that_fits_no_longer_stays_on_the_list_with_the_reason(browser, asking, session):
    put(session, asking, *asking.openings)
    session.get_one(Opening, asking.openings[1].id).state = OpeningState.PAUSED
    session.commit()
    lines = [line.paragraphs for line in shown(browser.get(f"{asking.address}/openings")).section("My list").lines]
    assert [line[1:] for line in lines] == [[], ["Does not fit now: it is not published at the moment."], []]


def test_a_sent_request_that_takes_nothing_else_keeps_one_opening(browser, asking, session, read):
    asking.request.state, asking.request.takes_any_other = RequestState.SUBMITTED, False
    put(session, asking, asking.openings[0])
    answer = browser.post(asking.list_address(asking.openings[0], "remove"))
    assert answer.status_code == 422
    [(message, place)] = shown(answer).errors.items()
    assert place == "My list"
    assert "one opening must stay on it" in message
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
    label, message = shown(answer).complaint
    assert label == "Would you take any other opening that fits?"
    assert message.startswith(words)
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
    assert shown(part).headings == []
    assert shown(part).paragraphs == [
        "3 openings fit; 1 closes before you can start.",
        "Only in your own network: 3. With North London: 8.",
        "If you can also go to North London, 5 more openings would fit you.",
    ]
    assert "3 openings fit" in part.headers["HX-Trigger-After-Settle"]
    both = browser.get(f"{asking.address}/where/reach?{query}&networks={asking.other_network.id}", headers=HTMX)
    assert shown(both).paragraphs[0] == "8 openings fit; 1 closes before you can start."
    assert [network.name for network in read().networks] == ["East Midlands"]


def test_nothing_is_counted_before_the_module_is_known(browser, asking, session):
    asking.request.module = None
    session.commit()
    reach = shown(browser.get(f"{asking.address}/where")).part("reach")
    assert reach.text == "Choose your programme and module to see how many openings you reach."
    assert reach.link("programme and module") == f"{asking.address}/module"


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
