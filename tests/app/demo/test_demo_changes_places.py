"""The demo lets learners swap and move up where a round has people for it, and rests where it has not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.demo.happened import about_moving_up, about_swaps
from app.demo.playing.story.changing_places import agree_on_swap, answer_moves_up, let_swap, offer_moves_up
from app.demo.playing.story.rounds import RoundPlay
from app.models.course.better_places import BetterPlace
from app.models.people import Person
from app.models.rounds import MatchRound
from app.platform.db import transaction

DAY = timedelta(days=1)


@pytest.fixture
def played(app, build):
    """played(learners, free=0) is a round in which each ranked the free openings, then the next one's, then her own."""
    network = build.network("North West")
    coordinator = build.coordinator(network)
    round_ = build.round(network, coordinator=coordinator, published_at=build.now, moves_up=True)
    module = build.programme().modules[0]

    def make(learners, free=0):
        begins = build.today + 30 * DAY
        better = [build.opening(network=network, starts_on=begins) for _ in range(free)]
        hers = [build.opening(network=network, starts_on=begins) for _ in range(learners)]
        for n, own in enumerate(hers):
            ranked = list(dict.fromkeys([*better, hers[n - 1], own]))
            request = build.request(build.learner(name=f"Learner {n}"), [network], module, ranked=ranked)
            build.offer(request, own, round_)
        build.session.commit()
        with transaction() as here:  # the play has its own view of the rows, as in the demo
            return RoundPlay(app, here.get_one(Person, coordinator.id), here.get_one(MatchRound, round_.id))

    with app.test_request_context():
        yield make


def test_two_swap_and_two_others_wait_for_the_coordinator(session, build, played):
    play = played(learners=4)
    play.accept_all(build.today)
    first = agree_on_swap(play, build.today)
    assert first is not None
    let_swap(play, first, build.today + DAY)
    assert agree_on_swap(play, build.today + 2 * DAY)
    assert not agree_on_swap(play, build.today + 3 * DAY), "all four have swapped, or agreed to it"
    session.rollback()
    one, other = about_swaps(session)
    assert one.endswith("swap places: swapped")
    assert other.endswith("swap places: waiting for a coordinator")


def test_one_moves_up_another_keeps_what_she_has(session, build, played):
    play = played(learners=2, free=2)
    play.accept_all(build.today)
    offer_moves_up(play, build.today, most=2)
    answer_moves_up(play, build.today + DAY)
    session.rollback()
    assert [line.partition(": ")[2] for line in about_moving_up(session)] == ["moved up", "kept what was there"]


def test_where_nobody_can_nothing_happens(session, build, played):
    play = played(learners=1)
    play.accept_all(build.today)
    assert agree_on_swap(play, build.today) is None
    offer_moves_up(play, build.today, most=2)
    answer_moves_up(play, build.today)
    assert session.scalars(select(BetterPlace)).all() == []
