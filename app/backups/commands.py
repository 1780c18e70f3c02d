"""The commands `rpe backup` and `rpe restore`."""

from datetime import UTC, datetime
from pathlib import Path

import click
from alembic.script import ScriptDirectory

from app.backups.kept_files import copy_files, folder_beside, forget, keep_beside, named_in
from app.backups.restoring import restore
from app.backups.sqlite_files import Contents, NotWhole, copied
from app.config import Settings
from app.language.numbers import count
from app.platform.files.one_service import database_file, nobody_else

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
ON_POSTGRESQL = (
    "The database is on a PostgreSQL server, which has commands of its own: pg_dump and pg_restore. How to use them "
    "stands in docs/operations.md, under Backups."
)


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def back_up(file: Path) -> None:
    """Copy the database into FILE, which must not be there yet, while the service runs, and check the copy.

    What people have handed in stands beside it, in the folder FILE.files: keep the two together.
    """
    settings, database = Settings.from_environ(), sqlite_database()
    if file.exists():
        raise click.ClickException(f"{file} is there already. Name a file that is not.")
    if not database.exists():
        raise click.ClickException(f"There is no database at {database}.")
    try:
        contents = copied(database, file, is_at_rest=False)
        named = named_in(file)
        copy_files(settings.files, folder_beside(file), named)
    except (NotWhole, OSError) as complaint:
        forget(file)
        raise click.ClickException(str(complaint)) from complaint
    click.echo(f"{file} holds {in_words(contents)}. It was read again and is whole.")
    if named:
        click.echo(f"{folder_beside(file)} holds {count(len(named), 'file')}, which {file} needs.")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def bring_back(file: Path) -> None:
    """Put the backup FILE in the place of the database, which is kept under another name.

    The service must not run. Everybody signs in again afterwards, and links that were mailed before end.
    """
    settings, database, versions = Settings.from_environ(), sqlite_database(), ScriptDirectory(str(MIGRATIONS))
    known = frozenset(script.revision for script in versions.walk_revisions())
    try:
        with nobody_else(database):
            copy_files(folder_beside(file), settings.files, named_in(file))
            restored = restore(file, database, known, datetime.now(UTC))
    except BlockingIOError as complaint:
        raise click.ClickException(
            "The service runs on this database, or a command of it does. Stop it first; nothing was changed."
        ) from complaint
    except (NotWhole, OSError) as complaint:
        raise click.ClickException(str(complaint)) from complaint
    click.echo(f"{database} holds {in_words(restored.contents)}, which is what {file} holds.")
    if restored.kept_at:
        keep_beside(restored.kept_at, settings.files)
        click.echo(f"The database from before is kept at {restored.kept_at}.")
    if restored.mails:
        waiting = count(restored.mails, "mail")
        click.echo(f"{waiting} waited when the backup was made: the service sends them, also what went out since.")
    if restored.contents.revision != versions.get_current_head():
        click.echo("It is of an earlier version: run rpe migrate before you start the service.")


def sqlite_database() -> Path:
    file = database_file(Settings.from_environ().database_url)
    if file is None:
        raise click.ClickException(ON_POSTGRESQL)
    return file


def in_words(contents: Contents) -> str:
    tables = count(len(contents.tables), "table")
    return f"{count(contents.rows, 'row')} in {tables}, of version {contents.revision}"
