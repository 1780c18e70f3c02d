"""Two learners accept the last place at the same moment: one gets it, the other is told."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, get_ident

import pytest
from sqlalchemy import event, func, select

from app.models.placements import OfferState, Placement
from tests.screen import shown

TOGETHER_SECONDS = 120
LOCK_OF_MENTOR = re.compile(r"FROM mentor_profiles\s+WHERE")


@pytest.fixture
def last_place(build):
    """Two offers for one place, as they stand when a mentor has reduced her places after the round."""
    opening = build.opening(places=2)
    offers = [build.offer(opening=opening) for _ in range(2)]
    opening.places = 1
    return offers


@pytest.fixture
def two_mentors_one_study(build):
    """Two offers with different mentors on a study that takes only one learner."""
    study = build.study(learner_limit=1)
    return [build.offer(opening=build.opening(study=study)) for _ in range(2)]


@pytest.fixture
def one_mentor_two_studies(build):
    """Two offers on different studies with a mentor who takes only one learner."""
    mentor = build.mentor(learners_max=1)
    return [build.offer(opening=build.opening(mentor=mentor)) for _ in range(2)]


def accept_together(sign_in, engine, offers):
    """Both learners accept at once; on PostgreSQL they meet once more just before the first row is locked.

    Only once: whoever is overtaken begins anew, and finds nobody to meet.
    """
    browsers = [sign_in(offer.request.learner) for offer in offers]
    addresses = [f"/offers/{offer.id}/accept" for offer in offers]  # read here: one session is not for two threads
    at_door, at_lock = Barrier(len(offers)), Barrier(len(offers))
    met = set()

    def meet(connection, cursor, statement, *rest):
        if LOCK_OF_MENTOR.search(statement) and get_ident() not in met:
            met.add(get_ident())
            at_lock.wait(TOGETHER_SECONDS)

    def accept(browser, address):
        at_door.wait(TOGETHER_SECONDS)
        return browser.post(address)

    if engine.dialect.name == "postgresql":
        event.listen(engine, "before_cursor_execute", meet)
    try:
        with ThreadPoolExecutor(len(offers)) as pool:
            return list(pool.map(accept, browsers, addresses))
    finally:
        if engine.dialect.name == "postgresql":
            event.remove(engine, "before_cursor_execute", meet)


@pytest.mark.parametrize("race", ["last_place", "two_mentors_one_study", "one_mentor_two_studies"])
def test_two_learners_accept_the_last_place_at_the_same_moment(request, sign_in, session, engine, look_again, race):
    offers = request.getfixturevalue(race)
    answers = accept_together(sign_in, engine, offers)
    look_again()
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    told = next(answer for answer in answers if answer.status_code == 409)
    assert shown(told).heading == "You cannot accept this place"
    assert session.scalar(select(func.count()).select_from(Placement)) == 1
    assert sorted(offer.state.name for offer in offers) == [OfferState.ACCEPTED.name, OfferState.WAITING.name]


def test_the_same_learner_accepting_in_two_windows_at_once_has_one_placement(
    sign_in, session, engine, build, look_again
):
    offer = build.offer()
    answers = accept_together(sign_in, engine, [offer, offer])
    look_again()
    assert [answer.status_code for answer in answers] == [303, 303]
    assert session.scalar(select(func.count()).select_from(Placement)) == 1
