"""A study that starts with a group: its coordinators hear when too few are left, and who comes only together."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.operations.outbox import Message
from app.placements.deadlines import lapse_overdue
from app.platform.occasion import Occasion
from app.promises.consequences import take_back_broken
from app.rules.groups.too_small import small_groups
from tests.screen import shown

TOO_FEW = "Too few learners are left for “Falls”"


@pytest.fixture
def group(build):
    """Three learners with offers on a study that starts with three, two of them with one mentor."""
    network = build.network()
    coordinator = build.coordinator(network)
    study = build.study("Falls", minimum_if_used=3)
    first, second = build.opening(study=study, network=network, places=2), build.opening(study=study, network=network)
    round_ = build.round(network, coordinator=coordinator, published_at=build.now, name="Spring 2026")
    offers = [build.offer(build.request(networks=[network]), opening, round_) for opening in (first, first, second)]
    return coordinator, study, round_, offers


def told(session):
    return [one for one in session.scalars(select(Message).order_by(Message.id)) if one.subject == TOO_FEW]


def test_a_decline_that_leaves_too_few_is_told_by_mail_and_stands_on_home_and_on_the_free_places(
    group, sign_in, session, look_again
):
    coordinator, study, round_, offers = group
    browser = sign_in(coordinator)
    assert not shown(browser.get("/")).says("Complete the group of “Falls”")
    answer = sign_in(offers[0].request.learner).post(
        f"/offers/{offers[0].id}/decline", data={"kind": "TRAVEL", "waits": "yes"}
    )
    assert answer.status_code == 303
    look_again()
    [mail] = told(session)
    assert mail.recipient == coordinator.email
    assert "“Falls” starts with 3 learners at least, and 2 have a place or an offer." in mail.body
    browser = sign_in(coordinator)
    item = shown(browser.get("/")).item("Complete the group of “Falls”")
    assert item.link("Complete the group of “Falls”") == f"/studies/{study.id}"
    page = shown(browser.get(f"/rounds/{round_.id}/free-places"))
    assert page.says("Offer a place to 1 more learner, or agree that it starts with fewer and lower that number.")
    assert page.link("Go to the study") == f"/studies/{study.id}"


def test_when_nobody_is_left_no_group_is_left_to_complete(group, session, build):
    _, _, _, offers = group
    occasion = Occasion(None, build.today, build.now, "home")
    offers[0].opening.mentor.is_active = offers[2].opening.mentor.is_active = False
    session.flush()
    assert len(take_back_broken(session, occasion)) == 3
    assert told(session) == []


def test_offers_that_lapse_together_are_told_once(group, session, build):
    _, _, _, offers = group
    for offer in offers[:2]:
        offer.answer_by = build.today - timedelta(days=1)
    session.flush()
    assert lapse_overdue(session, Occasion(None, build.today, build.now, "home")) == 2
    [mail] = told(session)
    assert "1 has a place or an offer" in mail.body


def test_a_group_that_runs_is_no_longer_to_be_completed(build, session):
    opening = build.placement().opening
    opening.study.minimum_if_used = 3
    session.flush()
    [found] = small_groups(session, build.today)
    assert (found.there, found.missing, found.has_to_begin) == (1, 2, False)
    build.offer(opening=build.opening(study=opening.study))
    [found] = small_groups(session, build.today)
    assert (found.there, found.has_to_begin) == (2, True)


def test_a_mentor_who_teaches_in_groups_is_named_with_one_of_her_studies(build, session):
    mentor = build.mentor()
    mentor.mentor_profile.minimum_if_used = 2
    offer = build.offer(opening=build.opening(mentor))
    build.opening(mentor)
    [found] = small_groups(session, build.today)
    assert (found.name, found.study_id, found.there) == (mentor.name, offer.opening.study_id, 1)


def test_who_comes_next_in_a_group_comes_only_together(published, full_scene, sign_in, session):
    opening = published.declined.opening
    opening.places, opening.study.minimum_if_used = 2, 2
    session.flush()
    page = shown(sign_in(published.coordinator).get(published.address))
    assert f"Offer it to {published.unplaced.learner.name}" not in page.links, "one learner alone cannot start there"
    another = full_scene.request()
    page = shown(sign_in(published.coordinator).get(published.address))
    assert page.says(
        f"“{opening.study.name}” takes nobody more, or at least 2 together: offer a place to each who comes next "
        "there, or to none."
    )
    for request in (published.unplaced, another):
        assert f"Offer it to {request.learner.name}" in page.links


def test_what_a_round_must_give_a_study_is_over_with_its_publication(published, sign_in, session):
    published.declined.opening.study.learner_minimum = 5
    session.flush()
    page = shown(sign_in(published.coordinator).get(published.address))
    assert f"Offer it to {published.unplaced.learner.name}" in page.links


def test_groups_are_found_in_as_many_queries_however_many_there_are(group, build, session, queries):
    numbers = []
    for more in (0, 4):
        for _ in range(more):
            study = build.study(minimum_if_used=2)
            build.offer(opening=build.opening(study=study))
        session.expire_all()
        with queries() as statements:
            assert len(small_groups(session, build.today)) == more
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]
