"""Deeds that rest on the same rows, begun one within the other, end as if one had come after the other."""

import pytest

from tests.endurance.deeds import ALONE, DEEDS, Deed, clashing_pairs, part_of_all_pairs
from tests.endurance.races import begun_in_between, races_on_postgresql
from tests.world import routes


def in_one_order(pairs):
    """Each pair once, by turns in the one order and in the other; the command races both."""
    found: dict[frozenset[Deed], tuple[Deed, Deed]] = {}
    for pair in pairs:
        found.setdefault(frozenset(pair), pair if len(found) % 2 else pair[::-1])
    return list(found.values())


# What is known to clash, and some of all other pairs; the command races every one.
OTHERS = list(part_of_all_pairs(len(DEEDS) // 3, len(DEEDS)))[::3]
PAIRS = list(dict.fromkeys([*in_one_order(clashing_pairs()), *OTHERS]))
PARTS = 16  # so that several processes share the work, and none has minutes of it left when all others are done


@pytest.fixture(scope="module")
def races(postgres_url):
    """On a PostgreSQL server alone, where there is one: SQLite lets in one writer after another."""
    with races_on_postgresql() as found:
        yield found


def test_every_form_is_a_deed_that_is_raced_or_says_why_not(app):
    posted = {rule.endpoint for rule, method, _ in routes(app) if method == "POST"}
    raced = {deed.endpoint for deed in DEEDS}
    assert posted == raced | ALONE.keys()
    assert raced.isdisjoint(ALONE)


def test_every_deed_can_be_done(races):
    undone = {}
    for deed in DEEDS:
        races.restore()
        answer = races.send(deed)
        if answer != deed.status:
            undone[str(deed)] = answer
    assert undone == {}


@pytest.mark.parametrize("part", range(PARTS))
def test_no_pair_of_deeds_ends_as_neither_order_could(races, part):
    assert [str(breach) for pair in PAIRS[part::PARTS] if (breach := races.breach(*pair, begun_in_between))] == []


def test_each_clashing_pair_is_raced():
    assert {frozenset(pair) for pair in clashing_pairs()} <= {frozenset(pair) for pair in PAIRS}
