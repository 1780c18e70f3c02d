"""Deeds that rest on the same rows, begun one within the other, end as if one had come after the other."""

import pytest

from tests.endurance.deeds import ALONE, DEEDS, clashing_pairs
from tests.endurance.races import begun_in_between, races_on_postgresql
from tests.world import routes

PAIRS = list(clashing_pairs())


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
        if answer != 303:
            undone[str(deed)] = answer
    assert undone == {}


def test_no_pair_of_deeds_ends_as_neither_order_could(races):
    assert [str(breach) for pair in PAIRS if (breach := races.breach(*pair, begun_in_between))] == []
