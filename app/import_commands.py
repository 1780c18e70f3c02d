"""`rpe import` as it is written on the command line; what it does is imported when it does it."""

from pathlib import Path

import click
from flask.cli import with_appcontext

SHOWN = 50
FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
DRY_RUN = click.option("--dry-run", is_flag=True, help="Only say what the file would do.")
ALL = click.option("--all", "show_all", is_flag=True, help=f"Tell of every row, not only of {SHOWN} of each kind.")


@click.group("import")
def import_group() -> None:
    """Import studies or organisations from the files of public registries."""


@import_group.command("studies")
@FILE
@DRY_RUN
@ALL
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="OURS=THEIRS",
    help="Which column is which, like 'Study Title=Project name'; remembered for files with the same column names.",
)
@with_appcontext
def studies(file: Path, dry_run: bool, show_all: bool, columns: tuple[str, ...]) -> None:
    """Import studies from the NIHR portfolio CSV or a ClinicalTrials.gov CSV."""
    from app.models.operations.registry_files import RegistryKind
    from app.studies.imports.commands import take_file

    take_file(RegistryKind.STUDIES, file, dry_run, None if show_all else SHOWN, columns)


@import_group.command("organisations")
@FILE
@DRY_RUN
@ALL
@with_appcontext
def organisations(file: Path, dry_run: bool, show_all: bool) -> None:
    """Import organisations from a file of the Organisation Data Service, such as etr.csv."""
    from app.models.operations.registry_files import RegistryKind
    from app.studies.imports.commands import take_file

    take_file(RegistryKind.ORGANISATIONS, file, dry_run, None if show_all else SHOWN)
