"""The figures of a large round are kept, are shown with when they were counted, and are counted again."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.stateful import invariant, run_state_machine_as_test
from sqlalchemy import delete, select

from app.models.figures import RoundFigures
from app.models.requests import PlacementRequest
from app.platform.db import TransactionalFlask
from app.rounds.figures import counted
from app.rounds.figures.jobs import count_round, count_rounds_that_changed
from app.rounds.figures.undecided import undecided_in_all, undecided_of
from app.rounds.inputs import inputs_of
from app.rounds.one_request.choice import fits_shown, possible_for
from app.rounds.one_request.interest import index_of_round
from tests.app.promises.living_world import LivingWorld
from tests.fits import fits_of
from tests.life.people import Deeds
from tests.random_rounds import rounds
from tests.screen import shown

CHANGED = "Something has changed since"


@pytest.fixture
def large(full_scene, monkeypatch):
    """A round of which a page takes no count by itself: here already one of a few rows."""
    monkeypatch.setattr(counted, "SMALL_ROWS", 0)
    full_scene.request(start_until=full_scene.build.today)
    return full_scene


def count(app: TransactionalFlask, session, round_):
    session.commit()
    with app.app_context():
        count_round(round_.id)


def told(browser, address):
    page = shown(browser.get(address))
    return page.paragraphs, page.items, page.insets, [row.cells for row in page.all_rows()]


def test_a_large_round_is_counted_when_somebody_asks_and_says_so_until_then(large, sign_in):
    browser, address = sign_in(large.coordinator), f"/rounds/{large.round.id}"
    page = shown(browser.get(address))
    assert page.says("This round is large and has not been counted yet.")
    assert not page.says("no possible opening")
    assert browser.post(f"{address}/figures").location.endswith(address)
    page = shown(browser.get(address))
    assert page.insets == []
    assert page.says("1 learner with no possible opening")


def test_a_number_is_never_shown_as_a_present_one_after_something_changed(app, large, sign_in, session):
    count(app, session, large.round)
    browser = sign_in(large.coordinator)
    pages = ["", "/requests", "/openings", "/obstacles", "/names"]
    for page in pages:
        assert not shown(browser.get(f"/rounds/{large.round.id}{page}")).says(CHANGED)
    large.openings[0].places = 7
    session.commit()
    for page in pages:
        assert shown(browser.get(f"/rounds/{large.round.id}{page}")).says(CHANGED)
    assert shown(browser.get("/")).says("something has changed since")
    count(app, session, large.round)
    for page in pages:
        assert not shown(browser.get(f"/rounds/{large.round.id}{page}")).says(CHANGED)


def test_pages_of_a_large_round_say_what_those_of_a_small_one_say(app, full_scene, sign_in, session, monkeypatch):
    full_scene.request(start_until=full_scene.build.today)
    full_scene.opening(places=0)
    browser = sign_in(full_scene.coordinator)
    addresses = [
        f"/rounds/{full_scene.round.id}{page}" for page in ("", "/requests", "/openings", "/obstacles", "/names")
    ]
    addresses += [f"/rounds/{full_scene.round.id}/requests/{one.id}" for one in full_scene.requests]
    small = [told(browser, address) for address in addresses]
    monkeypatch.setattr(counted, "SMALL_ROWS", 0)
    count(app, session, full_scene.round)
    assert [told(browser, address) for address in addresses] == small


def test_a_page_that_waits_is_shown_afresh_once_there_are_other_figures(app, large, sign_in, session):
    browser, address = sign_in(large.coordinator), f"/rounds/{large.round.id}/figures"
    htmx = {"HX-Request": "true", "HX-Current-URL": f"http://localhost/rounds/{large.round.id}/openings"}
    assert shown(browser.get(address, headers=htmx)).says("It is being counted again.")
    count(app, session, large.round)
    assert browser.get(address, headers=htmx).headers["HX-Redirect"] == f"/rounds/{large.round.id}/openings"


def test_rounds_that_changed_are_counted_by_themselves_and_others_left(app, large, session, look_again):
    session.commit()
    with app.app_context():
        count_rounds_that_changed()
    kept = session.scalars(select(RoundFigures)).one()
    kept.places = 99
    session.commit()
    with app.app_context():
        count_rounds_that_changed()
    look_again()
    assert session.scalars(select(RoundFigures.places)).one() == 99, "what holds is not counted again"
    session.get_one(PlacementRequest, large.requests[0].id).takes_any_other = False
    session.commit()
    with app.app_context():
        count_rounds_that_changed()
    look_again()
    assert session.scalars(select(RoundFigures.places)).one() == 2
    large.round.published_at = large.build.now
    session.execute(delete(RoundFigures))
    session.commit()
    with app.app_context():
        count_rounds_that_changed()
    assert session.scalars(select(RoundFigures)).all() == [], "nobody asks after publication"


@pytest.mark.parametrize(
    "address",
    ["", "/requests", "/openings", "/obstacles", "/names", "/pins", "/requests/{request}", "/requests/{request}/pin"],
)
def test_queries_of_a_page_of_a_large_round_are_as_many_for_many_rows(
    app, scene, sign_in, session, queries, monkeypatch, address
):
    monkeypatch.setattr(counted, "SMALL_ROWS", 0)
    numbers = []
    for number in (2, 12):
        for _ in range(number):
            opening = scene.opening(study=scene.build.study(specialties=[scene.build.specialty()]))
            scene.request(ranked=[opening])
            scene.request(start_until=scene.build.today)
            scene.opening(places=0)
        page = f"/rounds/{scene.round.id}{address}".format(request=scene.requests[0].id)
        count(app, session, scene.round)
        browser = sign_in(scene.coordinator)
        browser.get(page)
        with queries() as statements:
            assert browser.get(page).status_code == 200
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]


def test_one_request_could_be_given_what_its_round_could_give_it_whatever_happens(app, engine):
    class Life(Deeds):
        def __init__(self):
            super().__init__(LivingWorld(app, engine))

        @invariant()
        def both_ways_give_the_same(self):
            with self.world.rows() as session:
                round_, today = self.world.the_round(session), self.world.today
                inputs = inputs_of(session, round_, today)
                for request in inputs.requests:
                    index = index_of_round(session, round_)
                    alone = possible_for(session, round_, index, request, today)
                    fit = [one.id for one in inputs.openings if not inputs.obstacles_between(request, one)]
                    assert sorted(one.opening.id for one in alone) == fit
                    shown = fits_shown(session, index, request, alone, today)
                    assert [(one.score, one.word, one.length) for one in alone] == [
                        (one.score, one.word, one.length) for one in shown
                    ]
                    among = fits_of(request, [one.opening for one in shown], today, inputs.openings)
                    assert [(one.opening.id, one.score) for one in shown] == [
                        (one.opening.id, one.score) for one in among
                    ]

    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=8, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_figures_of_another_network_are_nobodys_business(large, sign_in, build):
    stranger = build.coordinator(build.network())
    address = f"/rounds/{large.round.id}/figures"
    assert sign_in(stranger).get(address).status_code == 404
    assert sign_in(stranger).post(address).status_code == 404
    assert sign_in(large.requests[0].learner).post(address).status_code == 403


@settings(max_examples=60)
@given(rounds())
def test_the_names_to_check_are_the_same_as_with_every_mentor_compared(inputs):
    mentors = list({opening.mentor_id: opening.mentor for opening in inputs.openings}.values())
    alone = [one for request in inputs.requests for one in undecided_of(request, mentors)]
    assert list(undecided_in_all(inputs.requests, mentors)) == alone
