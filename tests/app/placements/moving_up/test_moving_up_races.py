"""Two deeds with a better place at the same moment: nobody loses what she has, and nobody has two places."""

import pytest
from sqlalchemy import select

from app.models.course.better_places import BetterPlace, BetterPlaceState
from app.models.placements import OfferState, Placement, PlacementState
from tests.in_between import in_between


@pytest.fixture
def place(build, ladder):
    made = build.better_place(ladder.offer, ladder.better)
    build.session.commit()
    return made


def placed(session):
    active = select(Placement.opening_id).where(Placement.state == PlacementState.ACTIVE)
    return session.scalars(active).all()


def test_she_moves_up_twice_at_once_and_has_one_place(sign_in, session, engine, ladder, place, look_again):
    one, other = sign_in(ladder.learner), sign_in(ladder.learner)
    answers = in_between(
        engine,
        lambda: one.post(f"/moving-up/{place.id}/accept"),
        lambda: other.post(f"/moving-up/{place.id}/accept"),
    )
    assert [answer.status_code for answer in answers] == [303, 409]
    look_again()
    assert placed(session) == [ladder.better.id]


@pytest.mark.parametrize("first", ["moves up", "withdraws"])
def test_she_moves_up_while_the_opening_is_withdrawn(sign_in, session, engine, ladder, place, look_again, first):
    learner, mentor = sign_in(ladder.learner), sign_in(ladder.better.mentor)
    deeds = {
        "moves up": lambda: learner.post(f"/moving-up/{place.id}/accept"),
        "withdraws": lambda: mentor.post(f"/openings/{ladder.better.id}/withdraw", data={"is_sure": "y"}),
    }
    second = next(name for name in deeds if name != first)
    answers = dict(zip((first, second), in_between(engine, deeds[first], deeds[second]), strict=True))
    assert answers["withdraws"].status_code == 303
    look_again()
    if first == "moves up":
        assert (answers["moves up"].status_code, placed(session)) == (303, [ladder.better.id])
    else:
        assert (answers["moves up"].status_code, placed(session)) == (409, [])
        assert (place.state, ladder.offer.state) == (BetterPlaceState.OVER, OfferState.WAITING)


@pytest.mark.parametrize("first", ["moves up", "declines"])
def test_she_moves_up_while_she_declines_in_another_tab(sign_in, session, engine, ladder, place, look_again, first):
    one, other = sign_in(ladder.learner), sign_in(ladder.learner)
    deeds = {
        "moves up": lambda: one.post(f"/moving-up/{place.id}/accept"),
        "declines": lambda: other.post(f"/offers/{ladder.offer.id}/decline", data={"kind": "TRAVEL", "waits": "yes"}),
    }
    second = next(name for name in deeds if name != first)
    answers = in_between(engine, deeds[first], deeds[second])
    assert answers[0].status_code == 303
    assert answers[1].status_code in (409, 422)
    look_again()
    assert placed(session) == ([ladder.better.id] if first == "moves up" else [])


def test_two_coordinators_offer_the_last_place_at_once_and_it_is_kept_once(
    sign_in, session, engine, build, ladder, days, look_again
):
    colleague = build.coordinator(ladder.better.network)
    session.commit()
    one, other = sign_in(ladder.coordinator), sign_in(colleague)
    answers = in_between(
        engine,
        lambda: one.post(ladder.offering, data=days("answer_by", 3)),
        lambda: other.post(ladder.offering, data=days("answer_by", 4)),
    )
    look_again()
    assert sorted(answer.status_code for answer in answers)[0] == 303
    assert len(session.scalars(select(BetterPlace)).all()) == 1
