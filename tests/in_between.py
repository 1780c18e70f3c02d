"""Does one deed in the middle of another, as two people at two screens do."""

import re
from collections.abc import Callable
from threading import Thread
from typing import Any

from sqlalchemy import Engine, event, text

WRITES = r"^\s*(INSERT|UPDATE|DELETE)"
SECONDS_BETWEEN_LOOKS = 0.02
WAITS = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


def in_between(
    engine: Engine, first: Callable[[], Any], other: Callable[[], Any], before: str = WRITES
) -> tuple[Any, Any]:
    """What both answer, when `other` begins just before the first statement of `first` that matches `before`.

    `first` goes on once `other` has ended or waits for a lock of `first`. SQLite has one writer: there `other` follows.
    """
    if engine.dialect.name != "postgresql":
        return first(), other()
    answers: list[Any] = []
    thread = Thread(target=lambda: answers.append(other()))

    def step_in(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if re.search(before, statement) and not thread.ident:
            thread.start()
            wait_for(engine, thread)

    event.listen(engine, "before_cursor_execute", step_in)
    try:
        answer = first()
    finally:
        event.remove(engine, "before_cursor_execute", step_in)
    assert thread.ident, f"nothing matched {before}"
    thread.join()
    return answer, answers[0]


def wait_for(engine: Engine, thread: Thread) -> None:
    """Until the thread has ended or waits for a lock."""
    while thread.is_alive():
        with engine.connect() as connection:  # each look is a transaction: within one, the statistics stand still
            if connection.scalar(WAITS):
                return
        thread.join(SECONDS_BETWEEN_LOOKS)
