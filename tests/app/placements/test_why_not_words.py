"""Why a better ranked opening is not hers: which reason is told of several, at which count, and who is counted."""

from datetime import timedelta

import pytest

from app.models.people import Role
from app.models.placements import OfferState, PlacementState
from app.models.runs import Proposal, QuestionKind, QuestionState, RunQuestion
from app.models.studies import OpeningState
from app.placements.why_not import better_ranked, why_not
from app.rules.capacity import Held

TAKEN_BACK = {
    OpeningState.PAUSED: "It is not published at the moment.",
    OpeningState.WITHDRAWN: "Its mentor has withdrawn it.",
}
MENTOR = "Dr B. Mentor has as many learners as one mentor can support."
STUDY = "The study has as many learners as it can take."
NOBODY_KNOWS = "The round did not pair you with it. Your coordinator can tell you more."


@pytest.fixture
def better(build):
    """An opening of two places, with a mentor of three and a study of four learners."""
    mentor = build.mentor(name="Dr B. Mentor", learners_max=3)
    return build.opening(mentor=mentor, study=build.study(learner_limit=4), places=2)


def taken(opening, at_opening=0, at_mentor=0, at_study=0):
    return Held({opening.id: at_opening}, {opening.mentor_id: at_mentor}, {opening.study_id: at_study})


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((1, 2, 3), NOBODY_KNOWS),
        ((2, 2, 3), "Its 2 places went to other learners."),
        ((3, 3, 4), "Its 2 places went to other learners."),
        ((1, 3, 3), MENTOR),
        ((1, 4, 4), MENTOR),
        ((1, 2, 4), STUDY),
        ((1, 2, 5), STUDY),
    ],
)
def test_the_first_limit_that_is_used_up_is_told(build, better, counts, words, today):
    assert why_not(build.request(networks=[better.network]), better, taken(better, *counts), today) == words


def test_an_only_place_is_said_as_one(build, better, today):
    better.places = 1
    request = build.request(networks=[better.network])
    assert why_not(request, better, taken(better, 1), today) == "Its only place went to another learner."


def test_where_mentor_and_study_have_no_limit_nothing_is_said_of_them(build, today):
    open_ended = build.opening(mentor=build.person(Role.MENTOR), places=9)
    assert (
        why_not(build.request(networks=[open_ended.network]), open_ended, taken(open_ended, 8, 99, 99), today)
        == NOBODY_KNOWS
    )


@pytest.mark.parametrize("state", [state for state in OpeningState if state is not OpeningState.PUBLISHED])
def test_what_its_mentor_took_back_is_told_before_all_else(build, better, state, today):
    better.state = state
    assert (
        why_not(build.request(networks=[build.network()]), better, taken(better, 9, 9, 9), today) == TAKEN_BACK[state]
    )


def test_what_stands_in_the_way_is_told_before_what_is_full(build, better, today):
    request = build.request(networks=[build.network()])
    assert why_not(request, better, taken(better, 9, 9, 9), today) == "It is in a network that you did not choose."


@pytest.mark.parametrize("rank", [1, 2, 3, None])
def test_only_what_stood_above_the_offered_one_is_explained(build, session, rank, today):
    openings = [build.opening() for _ in range(3)]
    request = build.request(networks=[one.network for one in openings], ranked=openings)
    offer = build.offer(request, openings[rank - 1] if rank else build.opening())
    found = better_ranked(session, offer, rank, today)
    assert [one.ranked.opening for one in found] == openings[: 3 if rank is None else rank - 1]
    assert {one.why_not for one in found} <= {NOBODY_KNOWS}


def test_offers_that_wait_and_placements_that_run_of_others_are_counted(build, session, better, today):
    offer = build.offer(build.request(networks=[better.network]), better)
    build.offer(opening=better)
    for state in (OfferState.DECLINED, OfferState.LAPSED, OfferState.ACCEPTED):
        build.offer(opening=better, state=state)
    build.offer(opening=build.opening(mentor=better.mentor))
    build.offer(opening=build.opening(study=better.study))
    build.offer()
    for became in (PlacementState.ACTIVE, PlacementState.ENDED):
        placement = build.placement(state=became, starts_on=today - timedelta(days=9))
        placement.opening = better
    session.flush()
    found = Held.without(session, today, offer)
    assert found.by_opening[better.id] == 2
    assert found.by_mentor[better.mentor_id] == 3
    assert found.by_study[better.study_id] == 3


def test_her_own_placement_is_nobody_elses(build, session, today):
    placement = build.placement()
    assert Held.without(session, today, placement.offer).by_opening == {}


def explained(build, session, offer, openings, **given):
    """What the round worked out for the offer: each of the openings would have cost somebody a place."""
    run = session.get_one(Proposal, offer.proposal_id).run
    change = {"stages": [["placed", 9, 8]], "moves": [[offer.request_id + 1, 7, None, 1, None]], "clash": None}
    alternatives = [{"opening": one.id, "rank": at, "score": 5, **change} for at, one in enumerate(openings, 1)]
    values = {"state": QuestionState.ANSWERED, "answer": {"alternatives": alternatives}, **given}
    build.add(
        RunQuestion(
            run=run, kind=QuestionKind.EXPLANATION, request_id=offer.request_id, asked=[], asked_at=build.now, **values
        )
    )


LEFT_ONE = "Giving you this place would have left one learner without a place."


@pytest.fixture
def second_choice(build):
    """An offer of the last of three openings on a list."""
    openings = [build.opening() for _ in range(3)]
    request = build.request(networks=[one.network for one in openings], ranked=openings)
    return build.offer(request, openings[2]), openings


def test_what_the_round_worked_out_is_told_and_of_the_rest_what_the_records_say(build, session, second_choice, today):
    offer, openings = second_choice
    explained(build, session, offer, openings[:1])
    assert [one.why_not for one in better_ranked(session, offer, 3, today)] == [LEFT_ONE, NOBODY_KNOWS]


def test_what_another_request_was_told_or_nobody_has_answered_is_not_told(build, session, second_choice, today):
    offer, openings = second_choice
    explained(build, session, offer, openings, state=QuestionState.FAILED)
    other = build.offer()
    explained(build, session, other, openings)
    assert {one.why_not for one in better_ranked(session, offer, 3, today)} == {NOBODY_KNOWS}


def test_a_place_that_was_fixed_before_the_round_is_said_to_be(build, session, second_choice, today):
    offer, openings = second_choice
    session.get_one(Proposal, offer.proposal_id).is_pinned = True
    explained(build, session, offer, openings)
    assert {one.why_not for one in better_ranked(session, offer, 3, today)} == {
        "Your coordinator fixed your place before the round, so the round looked for no other."
    }
