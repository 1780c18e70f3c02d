"""Registry files: what waits for its administrator, how far an import is, and what it does row by row."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base


class RegistryKind(enum.Enum):
    """What a registry file lists."""

    STUDIES = "studies"
    ORGANISATIONS = "organisations"


class RegistryImport(Base):
    """An import, written in batches: it goes on after `through_line`, whoever goes on with it, until it is finished.

    `digest` is of the file and of what was said of its columns. The sum of all `batches` tells whether another import
    has written since one looked.
    """

    __tablename__ = "registry_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[RegistryKind]
    name: Mapped[str]
    digest: Mapped[str] = mapped_column(index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    through_line: Mapped[int] = mapped_column(default=0)
    batches: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class UploadedFile(Base):
    """A registry file with the numbers of its dry run; once it is imported, those of the import; one a person.

    `columns` has our names by the file's where a person said which is which; `report` is empty until the columns are
    known, and while a job compares the file it says how far that is, or why it cannot be used.
    """

    __tablename__ = "uploaded_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[RegistryKind]
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    columns: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    uploaded_at: Mapped[datetime]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("registry_imports.id"))
    imported_at: Mapped[datetime | None]

    registry_import: Mapped[RegistryImport | None] = relationship()

    @property
    def rows_to_compare(self) -> int:
        """How many rows a job compares; 0 where none does."""
        return int(self.report.get("to_compare", 0))

    @property
    def rows_compared(self) -> int:
        return int(self.report.get("compared", 0))

    @property
    def complaint(self) -> str:
        """Why the file cannot be used, where that was found out later."""
        return str(self.report.get("complaint", ""))

    @property
    def is_compared(self) -> bool:
        """True when it is known what the file would do."""
        return bool(self.report) and not self.rows_to_compare and not self.complaint


class RowOutcome(enum.Enum):
    """What became of a row that is not simply new or the same."""

    CHANGED = "changed"
    OLDER = "less recent"
    REFUSED = "refused"


class UploadedRow(Base):
    """A row of an uploaded file that changes something, is less recent than what we have or is refused.

    `fields` lists name, old and new of each part in words, `openings` who has which live opening that the change
    touches; `subject_id` is the study or organisation.
    """

    __tablename__ = "uploaded_rows"
    __table_args__ = (Index("ix_uploaded_rows_listed", "upload_id", "outcome", "openings_count", "line"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    upload_id: Mapped[int] = mapped_column(ForeignKey("uploaded_files.id", ondelete="CASCADE"))
    outcome: Mapped[RowOutcome]
    line: Mapped[int]
    name: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    fields: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    openings: Mapped[list[str]] = mapped_column(JSON, default=list)
    openings_count: Mapped[int] = mapped_column(default=0)
    subject_id: Mapped[int | None]


class ColumnNames(Base):
    """What a person said of the columns of a file, for the next file with the same set of column names."""

    __tablename__ = "column_names"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    columns: Mapped[dict[str, str]] = mapped_column(JSON)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    said_at: Mapped[datetime]
