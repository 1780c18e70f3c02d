"""A server has read what openings say before it answers anybody."""

import pytest

from app.models.programmes import Level
from app.rules import fit
from app.rules.fit import Indexes, index_of_texts
from app.rules.plain.texts import texts_in
from app.serving.texts import read_texts
from matching.interest import counts
from matching.interest.words import mark_names


@pytest.fixture
def texts_read(monkeypatch):
    """The texts that are read from here on, by a process that knows none."""
    read: list[str] = []

    def reading(text):
        read.append(text)
        return mark_names(text)

    monkeypatch.setattr(counts, "mark_names", reading)
    monkeypatch.setattr(fit, "INDEXES", Indexes())
    return read


def test_what_was_read_at_the_start_no_page_reads_again(app, build, session, texts_read):
    north, south = build.network(), build.network()
    for network, words in ((north, "Consents patients."), (south, "Takes blood."), (south, "Screens lists.")):
        build.opening(network=network, learner_does=words)
    session.commit()
    with app.app_context():
        read_texts()
    assert {"Consents patients.", "Takes blood.", "Screens lists."} <= set(texts_read)
    texts_read.clear()
    index_of_texts(texts_in(session, [south.id], Level.PGCERT))
    assert texts_read == []


def test_a_service_without_openings_starts(app, texts_read):
    with app.app_context():
        read_texts()
    assert texts_read == [""]
