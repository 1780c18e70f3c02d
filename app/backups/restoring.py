"""Puts a backup in the place of the database, so that what stands there afterwards is the backup and nothing else."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.backups.sqlite_files import (
    BESIDE,
    ENDS_WITH_A_RESTORE,
    Contents,
    NotWhole,
    checked,
    copied,
    end_what_must_not_return,
    parts_of,
    sync,
    waiting_mails,
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What stands in the database now, how many mails wait in it, and where the one from before is kept, if any was."""

    contents: Contents
    mails: int
    kept_at: Path | None


def restore(backup: Path, database: Path, known: frozenset[str], now: datetime) -> Restored:
    """Bring a backup back, with nobody else at the database; raises NotWhole and changes nothing where it is not good.

    A -wal that a crash has left beside the database belongs to the old one: beside another file SQLite would read it
    into that. So old files are moved aside together, and the new one is checked where it stands. `known` are the
    migrations of this version.
    """
    refuse_what_is_no_backup(backup, database)
    new = database.with_name(f"{database.name}.new")
    new.unlink(missing_ok=True)
    contents = copied(backup, new, is_at_rest=True)
    try:
        if contents.revision not in known:
            raise NotWhole(
                f"{backup} is of a version that is newer than this one ({contents.revision}): upgrade first."
            )
        end_what_must_not_return(new)
        sync(new)
        kept_at = move_aside(database, now)
        new.replace(database)
        sync(database.parent)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    found = checked(database)
    if found.without(ENDS_WITH_A_RESTORE) != contents.without(ENDS_WITH_A_RESTORE):
        raise NotWhole(f"{database} now holds something else than {backup}. The one from before is at {kept_at}.")
    return Restored(found, waiting_mails(database), kept_at)


def refuse_what_is_no_backup(backup: Path, database: Path) -> None:
    if database.exists() and backup.samefile(database):
        raise NotWhole(f"{backup} is the database itself.")
    if any(backup.with_name(f"{backup.name}{end}").exists() for end in BESIDE):
        raise NotWhole(
            f"Beside {backup} stands a file that SQLite writes while it works ({', '.join(BESIDE)}), so the backup is "
            "not one whole file. Make it one: sqlite3 FILE 'PRAGMA journal_mode = DELETE'"
        )


def move_aside(database: Path, now: datetime) -> Path | None:
    """Keep the old database, with all that belongs to it, under another name; None where there is none."""
    name = f"{database.name}.replaced-{now:%Y%m%d-%H%M%S}"
    found = list(parts_of(database))
    for part in found:
        part.rename(part.with_name(part.name.replace(database.name, name, 1)))
    return database.with_name(name) if found else None
