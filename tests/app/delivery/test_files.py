"""A file that is sent in pieces holds one connection to the database, and gives it back however the sending ends."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import has_app_context

from app.models.people import Role


@contextmanager
def without_collector() -> Iterator[None]:
    """What is given back must not wait for the collector, which may come in the middle of another query."""
    before = gc.get_threshold()
    gc.set_threshold(10**9, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@pytest.fixture
def of_administrator(sign_in, build):
    """A browser that leaves an answer unread unless it is read."""
    for _ in range(300):  # more than one piece
        build.study()
    browser = sign_in(build.person(Role.ADMINISTRATOR))
    return lambda address, **given: browser.open(address, buffered=False, **given)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_file_that_was_sent_whole_holds_no_connection(of_administrator, engine, method):
    with without_collector():
        assert of_administrator("/studies.csv", method=method).get_data() or method == "HEAD"
        assert engine.pool.checkedout() == 0


def test_a_file_that_nobody_reads_to_its_end_holds_nothing_once_it_is_closed(of_administrator, engine):
    with without_collector():
        answer = of_administrator("/studies.csv")
        assert not has_app_context(), "what is asked next must not find this request still under way"
        answer.close()
        assert engine.pool.checkedout() == 0


def test_a_file_shows_one_moment_however_long_it_takes(of_administrator, session, build):
    answer = of_administrator("/studies.csv")
    pieces = answer.iter_encoded()
    first = next(pieces)
    late = build.study(title="A study that came while the file was sent")
    session.commit()
    assert late.title.encode() not in first + b"".join(pieces)
