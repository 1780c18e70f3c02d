"""Takes registry files into the database: compared in a dry run, or written in short steps that can be resumed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_of
from app.language.refusal import Overtaken
from app.models.operations.registry_files import RegistryImport, RegistryKind
from app.models.people import Person
from app.platform.audit import record as audit
from app.platform.occasion import Occasion
from app.registries.columns import Mapped
from app.registries.csv_rows import Source
from app.registries.organisations import read_organisations
from app.registries.records import OrganisationRecord, RefusedRow, StudyRecord
from app.registries.studies import read_studies
from app.studies.imports.organisations import OrganisationBatch, OrganisationIntake
from app.studies.imports.report import ImportReport, RowReport
from app.studies.imports.studies import StudyBatch, StudyIntake
from app.studies.imports.study_changes import search_text_of
from app.studies.imports.touched import after_taking
from app.studies.imports.writing import write

ROWS_AT_ONCE = 200
IMPORT_LOCK = 7_465_001  # any number that no other lock of the database has

Row = TypeVar("Row")
Outcome = TypeVar("Outcome")


class Witness:
    """Hears what an import does, within the transactions that do it; `home` is where mails about it lead."""

    home = ""

    def saw_start(self, session: Session) -> None:
        """The import begins, or goes on; raises Overtaken when there is nothing to import any more."""

    def saw_batch(self, session: Session, told: Sequence[RowReport]) -> None:
        """A batch was written: what there is to tell of its rows."""

    def saw_end(self, session: Session, report: ImportReport, now: datetime) -> None:
        """The import is finished."""


@dataclass(frozen=True)
class RegistryFile:
    """A file to read: `mapped` says which column is which, where somebody had to say so.

    An import that was interrupted goes on when the same file of the same `owner` is imported again.
    """

    kind: RegistryKind
    source: Path | bytes
    name: str = ""
    mapped: Mapped = field(default_factory=dict)
    owner: str = ""

    def read(self) -> Iterator[StudyRecord | OrganisationRecord | RefusedRow]:
        """Its rows, from the first one. Raises UnreadableFile, as late as at the last."""
        source: Source = BytesIO(self.source) if isinstance(self.source, bytes) else self.source
        if self.kind is RegistryKind.STUDIES:
            return read_studies(source, self.mapped)
        return read_organisations(source)

    def digest(self) -> str:
        content = self.source if isinstance(self.source, bytes) else self.source.read_bytes()
        return sha256(content + repr((sorted(self.mapped.items()), self.owner)).encode()).hexdigest()

    def intake(self) -> StudyIntake | OrganisationIntake:
        return StudyIntake() if self.kind is RegistryKind.STUDIES else OrganisationIntake()


@dataclass(frozen=True)
class Steps:
    """How an import reads and writes: each in transactions of its own, or all within one."""

    reading: Callable[[], AbstractContextManager[Session]]
    write: Callable[[Callable[[Session], Any]], Any]


def within(session: Session) -> Steps:
    """Everything in the transaction of a session, which the caller ends."""
    return Steps(lambda: nullcontext(session), lambda deed: deed(session))


def trial_of(session: Session, file: RegistryFile) -> ImportReport:
    """What a file would do as things stand; only reads. Raises UnreadableFile."""
    return trial_in_steps(lambda: nullcontext(session), file, lambda report: None)


def trial_in_steps(
    reading: Callable[[], AbstractContextManager[Session]], file: RegistryFile, note: Callable[[ImportReport], None]
) -> ImportReport:
    """The same in short transactions; `note` hears after each how far it is."""
    report, intake = ImportReport(), file.intake()
    for rows in batches(file.read(), ROWS_AT_ONCE):
        with reading() as session:
            add_to(report, intake.compare(session, rows))  # type: ignore[arg-type]
        note(report)
    return report


def import_file(
    steps: Steps,
    file: RegistryFile,
    actor_id: int | None,
    now: Callable[[], datetime],
    witness: Witness | None = None,
) -> ImportReport:
    """Take a file in; one that was interrupted goes on where it had come to, also from another process.

    It is read to its end before anything is written, so that a broken file leaves nothing behind, and each batch is
    compared before the lock is taken that it is written under.
    Raises UnreadableFile, or Overtaken when another process goes on with the same import, or has ended it.
    """
    witness = witness or Witness()
    for _ in file.read():
        pass
    import_id, done = steps.write(lambda session: start(session, file, actor_id, now(), witness))
    report, intake = ImportReport.from_json(done.counts), file.intake()
    for rows in batches(file.read(), ROWS_AT_ONCE):
        if rows[-1].line <= done.through_line:
            intake.note(rows)  # type: ignore[arg-type]
            continue
        step = Step(import_id, done, rows, intake, report, witness, now())
        with steps.reading() as session:
            step.compare(session)
        done = steps.write(step.write)
        add_to(report, step.batch)
    steps.write(lambda session: finish(session, import_id, report, witness, now()))
    return report


def start(
    session: Session, file: RegistryFile, actor_id: int | None, now: datetime, witness: Witness
) -> tuple[int, "Done"]:
    witness.saw_start(session)
    return begin_or_resume(session, file, actor_id, now)


@dataclass(frozen=True)
class Done:
    """How far an import has come: its last line, the batches of all imports, and its numbers."""

    through_line: int
    batches: int
    counts: dict[str, Any]


def begin_or_resume(session: Session, file: RegistryFile, actor_id: int | None, now: datetime) -> tuple[int, Done]:
    """The import of this very file that was not finished, or a new one."""
    digest = file.digest()
    begun = session.scalar(
        select(RegistryImport)
        .where(RegistryImport.digest == digest, RegistryImport.finished_at.is_(None))
        .order_by(RegistryImport.id.desc())
        .limit(1)
    )
    if begun is None:
        begun = RegistryImport(kind=file.kind, name=file.name, digest=digest, by_id=actor_id, started_at=now)
        begun.through_line, begun.batches, begun.counts = 0, 0, {}
        session.add(begun)
    session.flush()
    return begun.id, Done(begun.through_line, batches_written(session), begun.counts)


@dataclass
class Step:
    """A batch on its way: compared while others write, then written under the lock."""

    import_id: int
    before: Done
    rows: list[Any]
    intake: StudyIntake | OrganisationIntake
    report: ImportReport
    witness: Witness
    now: datetime

    def compare(self, session: Session) -> None:
        self.seen = batches_written(session)
        self.batch: StudyBatch | OrganisationBatch = self.intake.compare(session, self.rows)

    def write(self, session: Session) -> Done:
        """Write it, with how far the import is; compare it again where another import has written meanwhile."""
        wait_for_other_imports(session)
        if batches_written(session) != self.seen:
            self.compare(session)
        actor = actor_of(session, self.import_id)
        touched = write(session, self.batch)
        after_taking(session, touched, Occasion(actor, day_of(self.now), self.now, self.witness.home))
        self.witness.saw_batch(session, self.batch.told)
        return self.note(session)

    def note(self, session: Session) -> Done:
        after = ImportReport.from_json(self.report.as_json())
        add_to(after, self.batch)
        moved = session.execute(
            update(RegistryImport)
            .where(RegistryImport.id == self.import_id, RegistryImport.through_line == self.before.through_line)
            .values(
                through_line=self.rows[-1].line,
                batches=RegistryImport.batches + 1,
                counts=after.as_json(),
            ),
            execution_options={"synchronize_session": False},
        )
        if moved.rowcount != 1:  # type: ignore[attr-defined]
            raise Overtaken("Another process goes on with the import of this file. Wait until it has finished.")
        return Done(self.rows[-1].line, self.seen + 1, after.as_json())


def finish(session: Session, import_id: int, report: ImportReport, witness: Witness, now: datetime) -> None:
    """Only now is the import done: the trail says so, with the numbers of all its batches."""
    done = session.get_one(RegistryImport, import_id, populate_existing=True)
    if done.finished_at is None:
        done.finished_at = now
        deed = f"imported {done.kind.value}"
        actor = actor_of(session, import_id)
        audit(session, actor, deed, now=now, name=done.name, registry=report.registry, **report.numbers())
        witness.saw_end(session, report, now)


def actor_of(session: Session, import_id: int) -> Person | None:
    return session.scalar(
        select(Person).join(RegistryImport, RegistryImport.by_id == Person.id).where(RegistryImport.id == import_id)
    )


def batches_written(session: Session) -> int:
    """How many batches all imports together have written: another number means that something may have changed."""
    return session.scalar(select(func.coalesce(func.sum(RegistryImport.batches), 0))) or 0


def wait_for_other_imports(session: Session) -> None:
    """Let one import write at a time, or two would both add what neither has seen; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(IMPORT_LOCK)))


def add_to(report: ImportReport, batch: StudyBatch | OrganisationBatch) -> None:
    report.registry = report.registry or batch.registry
    report.counts.update(batch.counts)
    report.tell(batch.told)


def batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """The rows in lists of at most `size`."""
    remaining = iter(rows)
    while batch := list(islice(remaining, size)):
        yield batch


__all__ = ["ImportReport", "RegistryFile", "import_file", "search_text_of", "trial_of"]
