"""A short form of `python -m tests.life`: whatever people do around a round, what is promised to them holds."""

from tests.life.whole import Played, play

DEEDS = {"/offers/*/accept", "/runs/*/publish"}


def test_whatever_people_do_around_a_round_what_is_promised_holds(app, engine):
    played = Played()
    play(app, engine, played, lives=5, steps_each=30)
    done = {deed for deed, (done, _) in played.by_deed().items() if done}
    assert done >= DEEDS, "a life in which nothing happens shows nothing"
