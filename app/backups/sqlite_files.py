"""SQLite databases as files: copied whole, checked, and told apart by what stands in them."""

import hashlib
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.platform.files.private import make_private_file

BESIDE = ("-wal", "-shm", "-journal")  # what SQLite writes beside a database, and reads again when it opens it
# What must not come back to life with a backup: sessions that were ended since, and links that were used.
ENDS_WITH_A_RESTORE = {"sign_ins": "1", "one_time_links": "used_at IS NULL"}


class NotWhole(Exception):
    """A file is no database of this service, or not all of one; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in a database: its migration, and for each table the number of its rows and a digest of them."""

    revision: str
    tables: Mapping[str, tuple[int, str]]

    @property
    def rows(self) -> int:
        return sum(number for number, _ in self.tables.values())

    def without(self, tables: Mapping[str, str]) -> "Contents":
        return Contents(self.revision, {name: held for name, held in self.tables.items() if name not in tables})


def copied(source: Path, target: Path, *, is_at_rest: bool) -> Contents:
    """Copy a database into a file of its own and give what the copy holds; raises NotWhole, and leaves no half copy.

    A database at rest is read as the one file that it is; one that is used is read at one moment, with what stands
    beside it, while others write.
    """
    make_private_file(target)
    try:
        mode = "mode=ro&immutable=1" if is_at_rest else "mode=rw"
        with closing(connected(source, mode)) as old, closing(connected(target, "mode=rw")) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")  # so that nothing but this file belongs to it
        contents = checked(target)
        sync(target)
    except sqlite3.Error as failure:
        target.unlink()
        raise NotWhole(f"{source} cannot be read as a SQLite database: {failure}.") from failure
    except BaseException:
        target.unlink()
        raise
    return contents


def checked(file: Path) -> Contents:
    """What stands in a database at rest; raises NotWhole where SQLite itself finds it damaged."""
    with closing(connected(file, "mode=ro&immutable=1")) as database:
        found = [line for (line,) in database.execute("PRAGMA integrity_check")]
        if found != ["ok"]:
            raise NotWhole(f"{file} is damaged: {found[0]}.")
        if database.execute("PRAGMA foreign_key_check").fetchone():
            raise NotWhole(f"{file} is not whole: rows in it name others that are missing.")
        return contents_of(database)


def contents_of(database: sqlite3.Connection) -> Contents:
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    names = [name for (name,) in database.execute(named)]
    if "alembic_version" not in names:
        raise NotWhole("This is no database of this service: it does not say which version it is of.")
    [(revision,)] = database.execute("SELECT version_num FROM alembic_version").fetchall() or [("",)]
    return Contents(revision, {name: held_by(database, name) for name in names})


def held_by(database: sqlite3.Connection, table: str) -> tuple[int, str]:
    """How many rows a table has, and a digest of them by their key: not every table numbers its rows."""
    number, digest = 0, hashlib.sha256()
    columns = database.execute("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", (table,))
    order = ", ".join(f'"{name}"' for (name,) in columns) or "rowid"
    for row in database.execute(f'SELECT * FROM "{table}" ORDER BY {order}'):  # noqa: S608 (names from its own schema)
        number += 1
        digest.update(repr(row).encode())
    return number, digest.hexdigest()


def end_what_must_not_return(file: Path) -> None:
    """End every session and every link in a database at rest."""
    with closing(connected(file, "mode=rw")) as database, database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in ENDS_WITH_A_RESTORE.keys() & tables:
            database.execute(f"DELETE FROM {table} WHERE {ENDS_WITH_A_RESTORE[table]}")  # noqa: S608 (names of ours)


def waiting_mails(file: Path) -> int:
    with closing(connected(file, "mode=ro&immutable=1")) as database:
        [(number,)] = database.execute("SELECT count(*) FROM messages WHERE sent_at IS NULL")
        return int(number)


def parts_of(database: Path) -> Iterator[Path]:
    """The files of a database that are there: itself, and what SQLite has written beside it."""
    for end in ("", *BESIDE):
        part = database.with_name(f"{database.name}{end}")
        if part.exists():
            yield part


def connected(file: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?{mode}", uri=True)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
