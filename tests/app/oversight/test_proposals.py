"""What the engine proposes from the best openings alone is as good as from all of them."""

from datetime import timedelta

import pytest

import matching
from app.models.programmes import Level
from app.oversight import proposals
from app.oversight.possible import possible_next
from app.oversight.proposals import proposed
from app.oversight.rescue_queries import plain_openings_to_take_over
from app.rules.course.next_openings import NextOpenings
from app.rules.fit import index_of_texts, openings_in
from app.rules.plain.texts import texts_in
from tests.fits import fits_of
from tests.screen import shown

WORDS = ("heart", "falls", "stroke", "sleep", "asthma", "pain")


@pytest.fixture
def leaving(build, placement, network):
    """Three placements in one network that cannot stay; two of the learners ask for the same."""
    others = [build.placement(build.learner(name=f"Learner {n}"), build.mentor()) for n in (2, 3)]
    for number, one in enumerate((placement, *others)):
        one.opening.network = network
        one.mentor.is_active = False
        one.offer.request.interests = f"{WORDS[number // 2]} in the community"
        one.offer.request.networks = [network]
    build.session.flush()
    return [placement, *others]


@pytest.fixture
def openings(build, network):
    """Openings that share mentors and studies, some of a level that nobody here has."""
    mentors = [build.mentor(learners_max=1) for _ in range(4)]
    studies = [build.study(f"{word} at home", learner_limit=1 + at % 2) for at, word in enumerate(WORDS)]
    pairs = [(mentor, study) for at, mentor in enumerate(mentors) for study in studies[at : at + 3]]
    for at, (mentor, study) in enumerate(pairs):
        level = Level.PGDIP if at % 5 == 4 else Level.PGCERT
        build.opening(mentor, study, network, levels=[level], ends_on=build.today + timedelta(days=90 + 20 * at))


def test_what_is_proposed_from_the_best_is_as_good_as_from_all(
    session, leaving, openings, coordinator, network, today, monkeypatch
):
    first_days = {one.id: today for one in leaving}
    asked = NextOpenings(session, leaving, first_days, today)
    plain = plain_openings_to_take_over(session, coordinator, leaving, asked, today)
    index = index_of_texts(texts_in(session, [network.id], None))
    solved = []
    solve = matching.solve

    def noted(problem):
        solved.append(solve(problem))
        return solved[-1]

    monkeypatch.setattr(matching, "solve", noted)
    found = proposed(leaving, plain, asked, index)
    monkeypatch.setattr(proposals, "best_possible", all_possible)
    proposed(leaving, plain, asked, index)
    few, every = ([stage.value for stage in one.stages[:2]] for one in solved)
    assert few == every
    assert len(found) == 3
    by_id = {one.id: one for one in plain}
    assert not any(asked.obstacles(one, by_id[found[one.id].opening_id]) for one in leaving)


def all_possible(placement, scored, asked, enough):
    for opening, score in scored:
        if not asked.obstacles(placement, opening):
            request = asked.requests.get(placement.id)
            yield opening.with_length(score, request, asked.today), opening


def test_all_that_the_rules_allow_is_listed_by_how_well_it_fits(
    session, leaving, openings, coordinator, network, today
):
    placement, *_ = leaving
    asked = NextOpenings(session, [placement], {placement.id: today}, today)
    listed = possible_next(session, coordinator, placement, asked)
    published = openings_in(session, [network.id], None)
    allowed = [one for one in published if not asked.obstacles(placement, one)]
    assert 1 < len(allowed) < len(published)
    fits = fits_of(placement.offer.request, allowed, today, published)
    assert [(one.plain.id, one.score) for one in listed] == [(fit.opening.id, fit.score) for fit in fits]


def test_the_page_of_where_it_can_go_on_takes_the_same_queries_for_many_openings(
    build, leaving, openings, coordinator, network, sign_in, queries
):
    browser, address = sign_in(coordinator), f"/our-placements/{leaving[0].id}/elsewhere"
    listed, taken = [], []
    for _ in range(2):
        with queries() as statements:
            answer = browser.get(address)
        listed.append(len(shown(answer).rows))
        taken.append(len(statements))
        for _ in range(9):
            build.opening(network=network)
        build.session.commit()
    assert listed[1] == listed[0] + 9
    assert taken[0] == taken[1]
