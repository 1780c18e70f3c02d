"""On which days an offer can be answered, a placement takes records and a request changes, each to the day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.language.local_times import start_of_day
from app.language.refusal import Refused
from app.models.placements import Offer, OfferState, Placement, PlacementState
from app.models.requests import PlacementRequest, RequestState
from app.models.rounds import MatchRound

DAY, DAYS = date(2026, 3, 3), timedelta(days=1)
NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
ACCEPTED = "You have accepted this offer already. Your placement is on your home page."
DECLINED = "You have declined this offer. If that was a mistake, write to your coordinator today."
LAPSED = (
    "The time to answer this offer is over, so it has lapsed. Write to your coordinator, who can tell you whether "
    "the place is still free."
)


@pytest.mark.parametrize(
    ("state", "late", "is_on", "complaint"),
    [
        (OfferState.WAITING, -1, OfferState.WAITING, ""),
        (OfferState.WAITING, 0, OfferState.WAITING, ""),
        (OfferState.WAITING, 1, OfferState.LAPSED, LAPSED),
        (OfferState.LAPSED, 0, OfferState.LAPSED, LAPSED),
        (OfferState.ACCEPTED, 0, OfferState.ACCEPTED, ACCEPTED),
        (OfferState.ACCEPTED, 1, OfferState.ACCEPTED, ACCEPTED),
        (OfferState.DECLINED, 0, OfferState.DECLINED, DECLINED),
        (OfferState.DECLINED, 1, OfferState.DECLINED, DECLINED),
    ],
)
def test_an_offer_is_answered_once_and_not_after_its_last_day(state, late, is_on, complaint):
    offer, today = Offer(state=state, answer_by=DAY), DAY + late * DAYS
    now = NOW + late * DAYS
    assert (offer.is_open_on(today), offer.is_open_at(now), offer.state_at(now)) == (*[not complaint] * 2, is_on)
    if complaint:
        with pytest.raises(Refused) as refusal:
            offer.require_open(now)
        assert refusal.value.message == complaint
    else:
        offer.require_open(now)


def test_an_offer_that_ends_at_an_hour_can_be_answered_until_then_and_its_place_is_held_for_the_day(build, session):
    offer = build.offer()
    offer.answer_until = NOW + timedelta(hours=2)
    session.flush()
    just_before, at = NOW + timedelta(hours=2, microseconds=-1), NOW + timedelta(hours=2)
    assert [offer.is_open_at(moment) for moment in (just_before, at)] == [True, False]
    found = [session.scalar(select(Offer).where(Offer.is_open_at(moment))) for moment in (just_before, at)]
    assert found == [offer, None]
    assert (offer.state_at(at), offer.answer_by, offer.is_open_on(DAY)) == (OfferState.LAPSED, DAY, True)
    with pytest.raises(Refused):
        offer.require_open(at)


def test_only_an_offer_that_waits_holds_a_place():
    assert [state for state in OfferState if state.holds_a_place] == [OfferState.WAITING]


@pytest.mark.parametrize("state", OfferState)
@pytest.mark.parametrize("late", [-1, 0, 1])
def test_the_database_finds_the_offers_that_are_open(build, session, today, state, late):
    offer = build.offer(state=state, answer_by=today - late * DAYS)
    assert (session.scalar(select(Offer).where(Offer.is_open_on(today))) is offer) == offer.is_open_on(today)


@pytest.mark.parametrize("state", PlacementState)
@pytest.mark.parametrize("late", [-1, 0, 1])
def test_a_placement_is_current_until_its_last_day(build, session, today, state, late):
    placement = build.placement(state=state, ends_on=today - late * DAYS)
    assert placement.is_current_on(today) == (state is PlacementState.ACTIVE and late < 1)
    found = session.scalar(select(Placement).where(Placement.is_current_on(today)))
    assert (found is placement) == placement.is_current_on(today)


def placement_of_ten_days():
    return Placement(state=PlacementState.ACTIVE, starts_on=DAY, ends_on=DAY + 10 * DAYS)


@pytest.mark.parametrize("later", [-1, 0, 1])
def test_a_placement_has_begun_on_its_first_day(later):
    assert placement_of_ten_days().has_begun_on(DAY + later * DAYS) == (later >= 0)


@pytest.mark.parametrize(
    ("day", "today", "complaint"),
    [
        (0, 0, ""),
        (10, 10, ""),
        (10, 99, ""),
        (1, 0, "The date must be today or in the past."),
        (-1, 0, "The date must be on or after 3 March 2026, when the placement began."),
        (11, 11, "The date must be on or before 13 March 2026, when the placement ended."),
    ],
)
def test_a_record_is_of_a_day_of_the_placement_that_has_come(day, today, complaint):
    check = placement_of_ten_days().check_day
    if not complaint:
        check(DAY + day * DAYS, DAY + today * DAYS, "held_on")
        return
    with pytest.raises(Refused) as refusal:
        check(DAY + day * DAYS, DAY + today * DAYS, "held_on")
    assert (refusal.value.message, refusal.value.field) == (complaint, "held_on")


CLOSED = (
    "The round closed on 3 March 2026, so this request can no longer be changed. You can still read and download it."
)


def request_in(round_, state=RequestState.SUBMITTED):
    return PlacementRequest(state=state, round=round_)


@pytest.mark.parametrize(
    ("late", "published_at", "is_frozen"),
    [(-1, None, False), (0, None, False), (1, None, True), (-1, NOW, True), (1, NOW, True)],
)
def test_a_request_is_frozen_once_its_round_has_closed_or_is_published(late, published_at, is_frozen):
    request = request_in(MatchRound(closes_on=DAY, published_at=published_at))
    now = start_of_day(DAY + late * DAYS)
    assert request.is_frozen_at(now) == is_frozen
    if is_frozen:
        with pytest.raises(Refused) as refusal:
            request.withdraw(now)
        assert (refusal.value.message, request.state) == (CLOSED, RequestState.SUBMITTED)
    else:
        request.withdraw(now)
        assert request.state is RequestState.WITHDRAWN


def test_a_request_without_a_round_is_never_frozen_and_a_withdrawn_one_stays_as_it_is():
    assert not request_in(None).is_frozen_at(NOW)
    withdrawn = request_in(None, RequestState.WITHDRAWN)
    with pytest.raises(Refused) as refusal:
        withdrawn.require_changeable(NOW)
    assert refusal.value.message == (
        "You withdrew this request, so it cannot be changed. Start a new one from your home page."
    )


@pytest.mark.parametrize("state", RequestState)
def test_only_a_draft_is_sent_and_only_once(state):
    request = request_in(None, state)
    request.submit(NOW)
    was_draft = state is RequestState.DRAFT
    assert (request.state, request.submitted_at) == ((RequestState.SUBMITTED, NOW) if was_draft else (state, None))
