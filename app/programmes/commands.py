"""`rpe programmes` on the command line: prove the arithmetic, take a file in, write one."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from app.language.numbers import count
from app.language.refusal import Refused
from app.phrasebook.of_programmes.checks import found_in_words, result_in_words
from app.platform.clock import now, today
from app.platform.db import db, transaction
from app.platform.occasion import Occasion
from app.programmes.importing import plan_of, take_in
from app.programmes.queries import every_programme
from app.programmes.shipping import shipped_programmes
from app.rules.programmes.check import checked
from app.rules.programmes.described import said_of_programme
from app.rules.programmes.reading import UnreadableProgrammes, programmes_in
from app.rules.programmes.said import ProgrammeSaid, VersionSaid
from app.rules.programmes.writing import file_of
from app.rules.programmes.years import year_in_words

FILE = click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
SHIPPED = click.option("--shipped", is_flag=True, help="The programmes of the Framework that come with the service.")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Only say what the file would do.")


@click.group("programmes")
def programmes_group() -> None:
    """Check, import and export the programmes of universities."""


@programmes_group.command("check")
@FILE
@SHIPPED
@with_appcontext
def check(file: Path | None, shipped: bool) -> None:
    """Prove that every way through the options is a level, or name the one that is not.

    Without FILE it asks what is published in the database. Ends with status 1 where a way is no level.
    """
    said = asked_for(file, shipped) if file or shipped else published()
    wrong = 0
    for programme in said:
        for version in programme.versions:
            wrong += say_version(programme, version)
    click.echo(f"{count(sum(len(one.versions) for one in said), 'version')} checked, {wrong} not proved.")
    if wrong:
        raise click.exceptions.Exit(1)


def say_version(programme: ProgrammeSaid, version: VersionSaid) -> bool:
    """Tell what the check found; True where it is not proved."""
    found = checked(programme.level, version.parts)
    click.echo(f"{name_of(programme, version)}\n  {result_in_words(found)}")
    for one in (*found.faults, *found.notes):
        click.echo(f"  {found_in_words(programme.level, found, one)}")
    if found.to_confirm:
        click.echo(f"  {count(found.to_confirm, 'module')} with something to confirm.")
    return not found.is_proved


def name_of(programme: ProgrammeSaid, version: VersionSaid) -> str:
    year = year_in_words(version.academic_year)
    return f"{programme.university}, {programme.level.value}, {programme.title}, {year}"


@programmes_group.command("import")
@FILE
@SHIPPED
@DRY_RUN
@with_appcontext
def take(file: Path | None, shipped: bool, dry_run: bool) -> None:
    """Take in the programmes of FILE, all of them or none.

    A version that learners are on stays; what a file changes of it becomes a new version.
    """
    said = asked_for(file, shipped)
    occasion = Occasion(None, today(), now(), "")
    if dry_run:
        plan = plan_of(db.session(), said, occasion)
        for complaint in plan.complaints:
            click.echo(complaint)
    else:
        with transaction() as session:
            plan = or_end(lambda: take_in(session, said, occasion))
    for taken, about in plan.lines:
        click.echo(f"{taken.value[:1].upper()}{taken.value[1:]}: {about}")
    click.echo("Nothing was written." if dry_run else f"{count(len(plan.changes), 'change')} written.")
    if plan.complaints:
        raise click.exceptions.Exit(1)


def or_end(deed: Callable[[], Any]) -> Any:
    try:
        return deed()
    except Refused as refusal:
        raise click.ClickException(refusal.message) from refusal


@programmes_group.command("export")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def export(file: Path | None) -> None:
    """Write every published version into FILE, or to the screen."""
    text = file_of(published())
    if file is None:
        click.echo(text, nl=False)
        return
    file.write_text(text, encoding="utf-8")
    click.echo(f"{file} is written.")


def asked_for(file: Path | None, shipped: bool) -> Sequence[ProgrammeSaid]:
    """What the file says, or that of the service."""
    if shipped == (file is not None):
        raise click.UsageError("Name a file, or say --shipped.")
    if file is None:
        return shipped_programmes()
    try:
        return programmes_in(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise click.ClickException("The file is not in UTF-8. Save it so, then try again.") from error
    except UnreadableProgrammes as unreadable:
        raise click.ClickException("\n".join(unreadable.complaints)) from unreadable


def published() -> list[ProgrammeSaid]:
    return with_versions(said_of_programme(one) for one in every_programme(db.session()))


def with_versions(programmes: Iterable[ProgrammeSaid]) -> list[ProgrammeSaid]:
    """Those that have published anything."""
    return [one for one in programmes if one.versions]
