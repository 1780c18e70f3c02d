"""What an import does, or would do: numbers of rows, and the refused rows with line and reason."""

from dataclasses import dataclass, field
from typing import Any

from app.registries.records import RefusedRow

REFUSED_KEPT = 1000


@dataclass
class ImportReport:
    """Numbers of rows by what becomes of them, and the first REFUSED_KEPT refused ones."""

    registry: str = ""
    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    refused_rows: list[RefusedRow] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return self.new + self.changed + self.same + self.refused

    @property
    def has_news(self) -> bool:
        """True when importing writes anything."""
        return bool(self.new or self.changed)

    def refuse(self, row: RefusedRow) -> None:
        self.refused += 1
        if len(self.refused_rows) < REFUSED_KEPT:
            self.refused_rows.append(row)

    def counts(self) -> dict[str, int]:
        return {"new": self.new, "changed": self.changed, "same": self.same, "refused": self.refused}

    def as_json(self) -> dict[str, Any]:
        """The report as `from_json` reads it."""
        rows = [[row.line, row.reason] for row in self.refused_rows]
        return {"registry": self.registry, **self.counts(), "refused_rows": rows}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "ImportReport":
        return cls(**{**kept, "refused_rows": [RefusedRow(line, reason) for line, reason in kept["refused_rows"]]})
