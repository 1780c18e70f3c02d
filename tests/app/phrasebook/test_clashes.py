"""A clash is told in people's names and titles, whatever kinds of limits it is made of."""

import pytest

from app.phrasebook.clashes import clash_in_words, item_in_words, release_in_words
from matching import ClashItem, Infeasible, LimitKind, Release

NAMES = {"R1": "Ana S2 Lim", "M7": "Dr Busy", "S2": "“Falls at home”"}
SAID = {
    LimitKind.PIN: (
        ClashItem(LimitKind.PIN, ("pin", "R1", "M7", "S2"), 1, "agreed before the round"),
        "Ana S2 Lim is pinned to Dr Busy on “Falls at home” (agreed before the round)",
        "Lift the pin of Ana S2 Lim to Dr Busy on “Falls at home”",
    ),
    LimitKind.CAPACITY: (
        ClashItem(LimitKind.CAPACITY, ("opening", "M7", "S2"), 1),
        "Dr Busy on “Falls at home” can take at most 1 more learner",
        "Let Dr Busy on “Falls at home” take 2 more learners instead of 1",
    ),
    LimitKind.MINIMUM: (
        ClashItem(LimitKind.MINIMUM, ("study", "S2"), 3),
        "“Falls at home” must have at least 3 more learners",
        "Let “Falls at home” do with at least 2 more learners instead of 3",
    ),
    LimitKind.MINIMUM_IF_USED: (
        ClashItem(LimitKind.MINIMUM_IF_USED, ("mentor", "M7"), 3),
        "Dr Busy takes nobody or at least 3 more learners",
        "Let Dr Busy start with 2 more learners instead of 3",
    ),
    LimitKind.HOURS: (
        ClashItem(LimitKind.HOURS, ("mentor", "M7"), 1),
        "Dr Busy has 1 hour a month left",
        "Let Dr Busy give 2 hours a month instead of 1",
    ),
}


@pytest.mark.parametrize("kind", LimitKind)
def test_each_kind_of_limit_is_said_with_what_would_help(kind):
    item, words, remedy = SAID[kind]
    assert item_in_words(item, NAMES) == words
    assert release_in_words(item, 0 if kind is LimitKind.PIN else 2, NAMES) == remedy


def test_a_minimum_that_has_to_go_altogether_is_said_so():
    item = ClashItem(LimitKind.MINIMUM, ("mentor", "M7"), 2)
    assert release_in_words(item, 0, NAMES) == "Let Dr Busy do without a minimum"


def test_a_clash_has_a_line_for_each_part_and_each_remedy():
    pin, hours = SAID[LimitKind.PIN][0], SAID[LimitKind.HOURS][0]
    both = (Release(pin, 0), Release(hours, 2))
    assert clash_in_words(Infeasible((pin, hours), ((Release(pin, 0),), both)), NAMES).splitlines() == [
        "These cannot all hold together:",
        "Ana S2 Lim is pinned to Dr Busy on “Falls at home” (agreed before the round).",
        "Dr Busy has 1 hour a month left.",
        "Lift the pin of Ana S2 Lim to Dr Busy on “Falls at home”.",
        "Together: lift the pin of Ana S2 Lim to Dr Busy on “Falls at home”; and let Dr Busy give 2 hours a month "
        "instead of 1.",
    ]
