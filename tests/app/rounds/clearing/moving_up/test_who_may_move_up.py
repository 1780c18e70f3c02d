"""Who may move up, held against every way in which the learners of small random rounds could."""

from itertools import product
from random import Random

import pytest

from app.rounds.clearing.moving_up.candidates import who_may_move_up

HOLDERS, FREE = 4, 3


@pytest.fixture
def random_round(build):
    """random_round(seed): learners who have a place of their own, rank some free ones above and some below it."""

    def make(seed: int):
        random, network = Random(seed), build.network()  # noqa: S311  it is no secret
        round_ = build.round(network, published_at=build.now, moves_up=True)
        module = build.programme().modules[0]
        mentors = [build.mentor(random.choice((1, 2))) for _ in range(2)]
        free = [
            build.opening(random.choice(mentors), build.study(), network, places=random.choice((1, 2)))
            for _ in range(FREE)
        ]
        offers = []
        for _ in range(HOLDERS):
            hers = build.opening(network=network)
            ranked = random.sample([*free, hers], random.randint(1, FREE + 1))
            offers.append(build.offer(build.request(networks=[network], module=module, ranked=ranked), hers, round_))
        return round_, offers, free

    return make


def better_for(offer, free):
    ranks = {row.opening_id: row.position for row in offer.request.ranked}
    present = ranks.get(offer.opening_id, len(ranks) + 1)
    return [opening for opening in free if ranks.get(opening.id, present) < present]


def fits(chosen):
    """True when no opening and no mentor has more of these than there is room for."""
    openings = [one for one in chosen if one]
    return all(
        openings.count(one) <= one.places
        and sum(other.mentor is one.mentor for other in openings) <= one.mentor.mentor_profile.learners_max
        for one in openings
    )


@pytest.mark.parametrize("seed", range(8))
def test_as_many_move_up_as_can_and_only_to_what_each_ranked_higher(session, build, random_round, seed):
    round_, offers, free = random_round(seed)
    found = who_may_move_up(session, round_, None, build.now)
    assert len({one.hold.offer.id for one in found}) == len(found)
    assert all(one.opening in better_for(one.hold.offer, free) for one in found)
    assert all(one.rank_now is None or one.rank < one.rank_now for one in found)
    assert fits([one.opening for one in found])
    every = product(*([None, *better_for(offer, free)] for offer in offers))
    assert len(found) == max(sum(map(bool, chosen)) for chosen in every if fits(chosen))


def test_nobody_moves_up_to_a_place_that_is_kept_for_another_learner(session, build, random_round):
    round_, offers, free = random_round(1)
    for offer in offers:
        for one in better_for(offer, free)[:1]:
            build.better_place(offer, one)
    found = who_may_move_up(session, round_, None, build.now)
    assert not {one.hold.offer.id for one in found} & {offer.id for offer in offers if better_for(offer, free)}
