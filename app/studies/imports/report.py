"""What an import does, or would do: how many rows of each kind, and each row that is not simply new or the same."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from app.models.operations.registry_files import RowOutcome
from app.registries.records import RefusedRow

KINDS = ("new", "changed", "same", "older", "refused")


@dataclass(frozen=True)
class RowReport:
    """What becomes of a row: the parts that change or are kept back, as name, old and new in words.

    `openings` names the live openings that a change touches; `subject_id` is the study or organisation that we hold.
    """

    outcome: RowOutcome
    line: int
    name: str
    reason: str = ""
    fields: tuple[list[str], ...] = ()
    openings: tuple[str, ...] = ()
    subject_id: int | None = None

    def as_row(self) -> dict[str, Any]:
        """The values of its row in the database, but for the file it belongs to."""
        return {
            "outcome": self.outcome,
            "line": self.line,
            "name": self.name,
            "reason": self.reason,
            "fields": list(self.fields),
            "openings": list(self.openings),
            "openings_count": len(self.openings),
            "subject_id": self.subject_id,
        }


def refused(row: RefusedRow) -> RowReport:
    return RowReport(RowOutcome.REFUSED, row.line, row.name, row.reason)


@dataclass
class ImportReport:
    """Numbers of rows by what becomes of them, and the rows to tell of.

    `openings` is how many live openings stand on studies or at organisations that change. The rows of an import that
    was interrupted and goes on are those since then; its numbers are of all.
    """

    registry: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    openings: int = 0
    told: list[RowReport] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(self.counts[kind] for kind in KINDS)

    @property
    def has_news(self) -> bool:
        """True when importing writes anything."""
        return bool(self.counts["new"] or self.counts["changed"])

    def tell(self, rows: Iterable[RowReport]) -> None:
        for row in rows:
            self.told.append(row)
            self.openings += len(row.openings)

    def of(self, outcome: RowOutcome) -> list[RowReport]:
        """The rows of one kind, those that touch most openings first."""
        return sorted((row for row in self.told if row.outcome is outcome), key=lambda row: -len(row.openings))

    def numbers(self) -> dict[str, Any]:
        return {kind: self.counts[kind] for kind in KINDS}

    def as_json(self) -> dict[str, Any]:
        """Registry and numbers as `from_json` reads them; the rows are kept apart."""
        return {"registry": self.registry, "openings": self.openings, **self.numbers()}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "ImportReport":
        counts = Counter({kind: kept.get(kind, 0) for kind in KINDS})
        return cls(kept.get("registry", ""), counts, kept.get("openings", 0))
