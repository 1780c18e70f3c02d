"""What `rpe import` does: registry files from the command line, for a first filling and for a nightly job."""

from pathlib import Path

import click

from app.language.numbers import count
from app.language.refusal import Overtaken
from app.models.operations.registry_files import RegistryKind, RowOutcome
from app.platform.clock import now
from app.platform.db import transaction, write_patiently
from app.registries.columns import guessed_columns
from app.registries.layouts import UnknownColumns
from app.registries.records import UnreadableFile
from app.registries.studies import LAYOUTS
from app.studies.imports.jobs import IN_STEPS
from app.studies.imports.queries import columns_said
from app.studies.imports.report import ImportReport, RowReport
from app.studies.imports.service import RegistryFile, Witness, import_file, trial_of
from app.studies.imports.uploads import remember_columns
from app.web.addresses import full_address


def said_in(columns: tuple[str, ...]) -> dict[str, str]:
    """Our names by the file's; ends the command where one of ours is none."""
    pairs = [text.partition("=") for text in columns]
    known = {column.casefold(): column for layout in LAYOUTS for column in layout.columns}
    for ours, _, theirs in pairs:
        if ours.strip().casefold() not in known or not theirs.strip():
            raise click.BadParameter(f"“{ours}={theirs}”: write one of {', '.join(known.values())}, = and your column.")
    return {theirs.strip(): known[ours.strip().casefold()] for ours, _, theirs in pairs}


def take_file(
    kind: RegistryKind, path: Path, dry_run: bool, shown_max: int | None, columns: tuple[str, ...] = ()
) -> None:
    """Import in short steps and print the report; end with status 2 when the file cannot be used.

    Of each kind of row no more than `shown_max` are told, where it is None all. `columns` are written OURS=THEIRS. The
    same command goes on with an import that was interrupted.
    """
    said = said_in(columns)
    try:
        report = done_with(kind, path, dry_run, said)
    except UnknownColumns as complaint:
        click.echo(f"{path}: {complaint}", err=True)
        ask_for_columns(path)
        raise SystemExit(2) from None
    except (UnreadableFile, Overtaken) as complaint:
        click.echo(f"{path}: {complaint}", err=True)
        raise SystemExit(2) from None
    print_report(report, dry_run, shown_max)


def done_with(kind: RegistryKind, path: Path, dry_run: bool, said: dict[str, str]) -> ImportReport:
    content = path.read_bytes()
    with transaction(writing=False) as session:
        file = RegistryFile(kind, path, path.name, said or columns_said(session, kind, content))
        if dry_run:
            return trial_of(session, file)
    witness = Witness()
    witness.home = full_address("home.show")
    report = import_file(IN_STEPS, file, None, now, witness)
    if said:
        write_patiently(lambda session: remember_columns(session, None, content, said, now()))
    return report


def ask_for_columns(path: Path) -> None:
    """The columns of the file, and how to say what they are, with a guess where there is one."""
    click.echo("Say which column is which, for instance:", err=True)
    for column in guessed_columns(path, LAYOUTS):
        guess = f"--column '{column.guess}={column.name}'" if column.guess else "no guess"
        click.echo(f"  {column.name!r} (such as {column.example[:40]!r}): {guess}", err=True)


def print_report(report: ImportReport, dry_run: bool, shown_max: int | None) -> None:
    """The numbers and changes to the output, and each refused row with its line and reason to the errors."""
    numbers = {("less recent" if kind == "older" else kind): number for kind, number in report.numbers().items()}
    click.echo(f"{report.registry}: {', '.join(f'{number:,} {what}' for what, number in numbers.items())}.")
    if report.openings:
        click.echo(f"The changes touch {count(report.openings, 'live opening')}.")
    for outcome in (RowOutcome.CHANGED, RowOutcome.OLDER, RowOutcome.REFUSED):
        rows = report.of(outcome)
        shown = rows[:shown_max]
        for row in shown:
            print_row(row)
        if len(shown) < len(rows):
            is_refused = outcome is RowOutcome.REFUSED
            click.echo(f"and {len(rows) - len(shown):,} more {outcome.value} rows: --all shows them", err=is_refused)
    click.echo("Dry run: nothing was written." if dry_run else "Imported.")


def print_row(row: RowReport) -> None:
    """A row on a line, its parts and the openings that it touches on lines of their own."""
    is_refused = row.outcome is RowOutcome.REFUSED
    click.echo(
        f"line {row.line}: {': '.join(filter(None, (row.name, row.reason or row.outcome.value)))}", err=is_refused
    )
    for part, old, new in row.fields:
        click.echo(f"    {part}: {old} -> {new}")
    for opening in row.openings:
        click.echo(f"    live opening of {opening}")
