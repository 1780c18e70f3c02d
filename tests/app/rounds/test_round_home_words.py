"""Each line about a round on a home page: words, where it leads and when it becomes urgent."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from app.language.local_times import end_of_day
from app.models.programmes import Level
from app.models.requests import RequestState
from app.models.rounds import MatchRound
from app.rounds.figures.counted import Counted
from app.rounds.home import about_answers, before_publication, home_items_of, what_stands_in_the_way
from app.rules.home_items import Standing, ToDo

TODAY = date(2026, 3, 3)
NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
AT = {"round_id": 7}


def round_of(opens=-20, closes=10, answer_by=30):
    opens_on, closes_on, last_day = (TODAY + timedelta(days=days) for days in (opens, closes, answer_by))
    return MatchRound(id=7, name="Spring 2026", opens_on=opens_on, closes_on=closes_on, answer_by=last_day)


@pytest.mark.parametrize(
    ("dates", "is_solved", "line"),
    [
        (
            {"closes": -1},
            False,
            ToDo(
                "Run Spring 2026",
                "It closed on 2 March 2026 and no run can be published yet.",
                "rounds.show",
                AT,
                date(2026, 3, 2),
            ),
        ),
        (
            {"closes": -1},
            True,
            ToDo(
                "Publish Spring 2026",
                "It closed on 2 March 2026 and has a run that is solved.",
                "rounds.show",
                AT,
                date(2026, 3, 2),
            ),
        ),
        (
            {"closes": 0},
            True,
            Standing("Spring 2026 closes today", "Learners can send requests until 3 March 2026.", "rounds.show", AT),
        ),
        (
            {"closes": 1},
            False,
            Standing(
                "Spring 2026 closes tomorrow", "Learners can send requests until 4 March 2026.", "rounds.show", AT
            ),
        ),
        (
            {"closes": 2},
            False,
            Standing(
                "Spring 2026 closes in 2 days", "Learners can send requests until 5 March 2026.", "rounds.show", AT
            ),
        ),
        (
            {"opens": 0, "closes": 10},
            False,
            Standing(
                "Spring 2026 closes in 10 days", "Learners can send requests until 13 March 2026.", "rounds.show", AT
            ),
        ),
        ({"opens": 1}, False, Standing("Spring 2026 opens on 4 March 2026", "", "rounds.show", AT)),
    ],
)
def test_a_round_has_one_line_by_its_days(dates, is_solved, line):
    assert before_publication(round_of(**dates), NOW, is_solved) == [line]


def counted(without_opening, **given):
    return Counted(places=9, without_opening=without_opening, undecided=(), read_details=dict, **given)


def test_nothing_stands_in_the_way_where_every_learner_has_an_opening():
    assert what_stands_in_the_way(round_of(), NOW, counted(0)) == []


def test_a_number_that_may_have_changed_says_from_when_it_is():
    moment = datetime(2026, 3, 2, 12, tzinfo=UTC)
    (line,) = what_stands_in_the_way(round_of(closes=7), NOW, counted(2, counted_at=moment, is_current=False))
    assert line.why.endswith("Counted on 2 March 2026; something has changed since.")
    (line,) = what_stands_in_the_way(round_of(closes=7), NOW, counted(2, counted_at=moment))
    assert "Counted" not in line.why


@pytest.mark.parametrize(
    ("closes", "blocked", "why", "is_due"),
    [
        (-1, 1, "1 learner has no possible opening. It has closed.", True),
        (0, 2, "2 learners have no possible opening. It closes on 3 March 2026.", True),
        (7, 2, "2 learners have no possible opening. It closes on 10 March 2026.", True),
        (8, 2, "2 learners have no possible opening. It closes on 11 March 2026.", False),
    ],
)
def test_learners_without_an_opening_are_urgent_in_the_last_week(closes, blocked, why, is_due):
    round_ = round_of(closes=closes)
    due = round_.closes_on if is_due else None
    assert what_stands_in_the_way(round_, NOW, counted(blocked)) == [
        ToDo("See what stands in the way in Spring 2026", why, "rounds.obstacles", AT, due)
    ]


@pytest.mark.parametrize(
    ("number", "answer_by", "line"),
    [
        (
            1,
            0,
            Standing(
                "1 offer of Spring 2026 waits for an answer",
                "Learners answer until 3 March 2026.",
                "rounds.answers",
                AT,
            ),
        ),
        (
            2,
            1,
            Standing(
                "2 offers of Spring 2026 wait for an answer",
                "Learners answer until 4 March 2026.",
                "rounds.answers",
                AT,
            ),
        ),
    ],
)
def test_offers_that_wait_are_known_with_the_last_day_of_the_last(number, answer_by, line):
    assert about_answers(round_of(), number, end_of_day(TODAY + timedelta(days=answer_by))) == line


def test_without_any_round_a_coordinator_is_led_to_opening_one(build, session, today, now):
    assert home_items_of(session, build.coordinator(build.network()), now) == [
        Standing("No round is open in your networks", "Open one when learners ask for places.", "rounds.new")
    ]


def test_rounds_stand_in_the_order_in_which_they_close(scene, build, session, today, now):
    build.round(scene.network, name="Later", closes_on=today + timedelta(days=5))
    build.round(scene.network, name="Sooner", closes_on=today + timedelta(days=4))
    build.round(build.network(), name="Elsewhere")
    session.flush()
    assert [item.text for item in home_items_of(session, scene.coordinator, now)] == [
        "Run Spring 2026",
        "Sooner closes in 4 days",
        "Later closes in 5 days",
    ]


def test_each_round_counts_its_own_learners_who_wait_without_an_opening(scene, build, session, today, now):
    """Neither a draft, nor a learner with an offer, nor an opening of another network or level changes the number."""
    other = build.round(scene.network, name="Autumn 2026")
    for _ in range(2):
        scene.request()
    scene.request(state=RequestState.DRAFT)
    scene.request(state=RequestState.WITHDRAWN)
    build.request(networks=[scene.network], round_id=other.id)
    build.opening()
    scene.opening(levels=[Level.PGDIP])
    offered = build.offer(scene.request(), build.opening(), scene.round)
    offered.request.round_id = scene.round.id
    session.flush()

    def counted():
        session.flush()
        items = home_items_of(session, scene.coordinator, now)
        return {
            named[1]: item.why.partition(".")[0]
            for item in items
            if (named := re.fullmatch(r"See what stands in the way in (.+)", item.text))
        }

    assert counted() == {
        "Spring 2026": "2 learners have no possible opening",
        "Autumn 2026": "1 learner has no possible opening",
    }
    scene.opening()
    assert counted() == {}
