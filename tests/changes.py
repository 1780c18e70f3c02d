"""Counts how often something was kept in a database: between two equal counts nothing has changed."""

import re
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

# Who is signed in is no part of any story.
WRITES = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM) (?!sign_ins\b)")


class Changes:
    """Listens to an engine until it is closed; what was written and then undone is no change."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.number = engine, 0
        self.heard: tuple[tuple[str, Any], ...] = (
            ("before_cursor_execute", self.note),
            ("commit", self.count),
            ("rollback", self.forget),
        )
        for name, hears in self.heard:
            event.listen(engine, name, hears)

    def close(self) -> None:
        for name, hears in self.heard:
            event.remove(self.engine, name, hears)

    def note(self, connection: Connection, cursor: Any, statement: str, *rest: Any) -> None:
        if WRITES.match(statement):
            connection.info["has_written"] = True

    def count(self, connection: Connection) -> None:
        self.number += connection.info.pop("has_written", False)

    def forget(self, connection: Connection) -> None:
        connection.info.pop("has_written", None)
