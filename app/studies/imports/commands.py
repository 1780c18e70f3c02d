"""`rpe import`: registry files from the command line, for a first filling and for a nightly job."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from app.platform.clock import now
from app.platform.db import transaction
from app.registries.records import UnreadableFile
from app.studies.imports.report import ImportReport
from app.studies.imports.service import import_organisations, import_studies

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
DRY_RUN = click.option("--dry-run", is_flag=True, help="Only count what the file would do.")


@click.group("import")
def import_group() -> None:
    """Import studies or organisations from the files of public registries."""


@import_group.command("studies")
@FILE
@DRY_RUN
@with_appcontext
def studies(file: Path, dry_run: bool) -> None:
    """Import studies from the NIHR portfolio CSV or a ClinicalTrials.gov CSV."""
    take_file(import_studies, file, dry_run)


@import_group.command("organisations")
@FILE
@DRY_RUN
@with_appcontext
def organisations(file: Path, dry_run: bool) -> None:
    """Import organisations from a file of the Organisation Data Service, such as etr.csv."""
    take_file(import_organisations, file, dry_run)


def take_file(importer: Callable[..., ImportReport], file: Path, dry_run: bool) -> None:
    """Import in one transaction and print the report; end with status 2 when the file cannot be used."""
    try:
        with transaction(writing=not dry_run) as session:
            report = importer(session, None, file, now(), not dry_run, file.name)
    except UnreadableFile as complaint:
        click.echo(f"{file}: {complaint}", err=True)
        raise SystemExit(2) from None
    print_report(report, dry_run)


def print_report(report: ImportReport, dry_run: bool) -> None:
    """The numbers to the output, and each refused row with its line and reason to the errors."""
    counts: dict[str, Any] = report.counts()
    click.echo(f"{report.registry}: {', '.join(f'{number:,} {what}' for what, number in counts.items())}.")
    click.echo("Dry run: nothing was written." if dry_run else "Imported.")
    for row in report.refused_rows:
        click.echo(f"line {row.line}: {row.reason}", err=True)
    untold = report.refused - len(report.refused_rows)
    if untold:
        click.echo(f"and {untold:,} more refused rows", err=True)
