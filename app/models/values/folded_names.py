"""A column in which searches look for a name: folded, because the databases differ in what they know of capitals."""

from typing import Any

from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, object_mapper, validates

from app.language.folding import as_searched

NAMED_BY = ("name", "title", "short_title")


def folded_together(*names: str | None) -> str:
    """What searches look in, for a record with these names."""
    return as_searched(" ".join(name or "" for name in names))


def folded_name_of(values: Any) -> str:
    """What stands in the column for a row with these values."""
    return folded_together(*(values.get(column) for column in NAMED_BY))


def from_values(context: DefaultExecutionContext) -> str:
    """For rows that are written without objects."""
    return folded_name_of(context.get_current_parameters())


class HasFoldedName:
    """Keeps `folded_name` with the name, or the two titles, of a record; an UPDATE without objects must set it too."""

    folded_name: Mapped[str] = mapped_column(default=from_values, index=True)

    @validates(*NAMED_BY)
    def fold(self, column: str, value: str) -> str:
        columns = object_mapper(self).column_attrs.keys()
        now = {name: getattr(self, name) for name in NAMED_BY if name in columns}
        self.folded_name = folded_name_of(now | {column: value})
        return value
