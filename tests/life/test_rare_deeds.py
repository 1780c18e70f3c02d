"""What seldom comes about by itself in a life comes about when its rules are played in order."""

from tests.life.whole import Played, WholeLife


def test_the_rules_of_a_life_swap_places_run_a_clearing_turn_and_move_a_learner_on(app, engine):
    """Pins keep the lot from deciding who gets which place."""
    life = WholeLife(app, engine, Played())
    life.coordinator_limits_a_study("")  # so that there are more places than learners
    life.requests_are_sent([True, True, True], False)
    life.coordinator_closes_the_round()
    for n in range(3):
        life.coordinator_pins_a_pair(n, n)
    life.coordinator_runs_and_publishes()
    life.everything_holds()
    life.learner_answers(0, "accept")
    life.two_swap(0, 1)
    life.everything_holds()
    life.coordinator_lifts_a_pin(2)
    life.learner_answers(2, "decline")
    life.coordinator_opens_a_turn(2, 10)
    life.coordinator_pins_a_pair(2, 0)
    life.coordinator_runs_and_publishes()
    life.learner_answers(2, "accept")
    life.everything_holds()
    life.coordinator_lets_it_go_on_elsewhere(0, 2, 0, 5)
    life.learner_answers_a_next_place(0, True)
    life.everything_holds()
    life.teardown()
    came_about = life.played.came_about
    assert came_about["swapped two places"] == 1, came_about
    assert came_about["published a clearing turn"] == 1, came_about
    assert came_about["accepted an offer"] == 2, came_about
    assert came_about["moved a placement before it began"] == 1, came_about


def test_the_rules_of_a_life_let_a_learner_move_up_keep_what_she_has_or_lose_what_was_offered(app, engine):
    life = WholeLife(app, engine, Played())
    life.coordinator_limits_a_study("")
    life.requests_are_sent([True, True, True], False)
    life.coordinator_closes_the_round()
    for n, opening in enumerate((1, 2, 0)):
        life.coordinator_pins_a_pair(n, opening)
    life.coordinator_runs_and_publishes()
    life.learner_answers(1, "accept")
    life.learner_answers(0, "decline for good")
    life.coordinator_offers_a_better_place()
    life.everything_holds()
    life.coordinator_takes_a_better_place_back()
    life.everything_holds()
    life.coordinator_offers_a_better_place()
    life.days_pass(1)
    life.days_pass(1)
    life.everything_holds()
    life.learner_answers_a_better_place("keep")
    life.everything_holds()
    life.somebody_moves_up()
    life.everything_holds()
    life.teardown()
    came_about = life.played.came_about
    assert came_about["offered a better place"] == 3, came_about
    assert came_about["took a better place back"] == 1, came_about
    assert came_about["kept the place of before"] == 1, came_about
    assert came_about["moved up to a better place"] == 1, came_about
    assert came_about["reminded of a better place"] == 1, came_about
