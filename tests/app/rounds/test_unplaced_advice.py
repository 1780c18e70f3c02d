"""What a run tells those whom it could not place is the same as if each opening were asked about one by one."""

from collections import Counter

from hypothesis import given, settings

import matching
from app.phrasebook.unplaced import beside_own_request, with_openings, without_opening
from app.phrasebook.what_would_help import next_step
from app.rounds.snapshot import learner_key, problem_of
from app.rounds.unplaced_advice import hindrances, reasons_and_next_steps
from app.rules.advice.nearest_change import nearest_of, own_changes
from app.rules.fit import index_of
from tests.random_rounds import rounds


def said_one_by_one(inputs, request, unplaced):
    homes = [network.name for network in request.networks]
    candidates = inputs.candidates_for(request, inputs.openings)
    own = next(iter(own_changes(inputs.wishes_of(request), candidates, homes, inputs.earliest)), None)
    step = next_step(own, nearest_of(inputs.wishes_of(request), candidates, homes, inputs.earliest))
    possible = len(list(inputs.possible_for(request)))
    if possible > len(unplaced.openings):
        return beside_own_request(possible), step
    if unplaced.kind is matching.UnplacedKind.NO_PAIR:
        within = [opening for one in request.networks for opening in inputs.openings_by_network.get(one.id, ())]
        first = Counter(hindrances(inputs, request, opening)[0] for opening in within)
        return without_opening(homes, first), step
    return with_openings(len(unplaced.openings), unplaced.kind), step


@settings(max_examples=80)
@given(rounds())
def test_every_sentence_is_the_same_as_one_by_one(inputs):
    problem = problem_of(inputs, index_of(inputs.openings), (), ("placed", "score", "lottery"), "seed")
    requests = {learner_key(request): request for request in inputs.requests}
    unplaced = [(requests[one.learner], one) for one in matching.solve(problem).unplaced]
    unplaced += [  # and those who were placed, as if the run had given their openings to others
        (requests[one.learner], matching.Unplaced(one.learner, "", matching.UnplacedKind.FULL))
        for one in matching.solve(problem).placed
    ]
    alone = [said_one_by_one(inputs, request, one) for request, one in unplaced]
    assert list(reasons_and_next_steps(inputs, unplaced)) == alone
