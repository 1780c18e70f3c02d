"""Files that people handed in, which belong to a database: they stand beside a backup, and come back with it."""

import hashlib
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path

from app.backups.sqlite_files import NotWhole, connected
from app.platform.files.kept import is_name, keep_as, path_of

# What was withdrawn is given to nobody, and may have been removed already.
NAMED = (
    "SELECT kept_as, digest FROM evidence_files JOIN evidence ON evidence.id = evidence_id WHERE withdrawn_at IS NULL",
    "SELECT kept_as, digest FROM prior_source_files JOIN prior_sources ON prior_sources.id = source_id "
    "WHERE removed_at IS NULL",
)


def folder_beside(backup: Path) -> Path:
    """Where the files of a backup stand."""
    return backup.with_name(f"{backup.name}.files")


def named_in(database: Path) -> Mapping[str, str]:
    """The files that a database at rest needs, with the SHA-256 of each; none in one that is older than files are."""
    named: dict[str, str] = {}
    with closing(connected(database, "mode=ro&immutable=1")) as connection:
        for question in NAMED:
            # or it is none of ours, as whoever reads all of it says
            with suppress(sqlite3.DatabaseError):
                named |= dict(connection.execute(question))
    return named


def copy_files(source: Path, target: Path, named: Mapping[str, str]) -> None:
    """Copy each file that is not there yet; raises NotWhole where one is missing or is not what its row says."""
    for name, digest in named.items():
        place = path_of(source, name)
        if not place.exists():
            raise NotWhole(f"{place} is missing, so this backup is not whole.")
        content = place.read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            raise NotWhole(f"{place} is damaged: it is not what was handed in.")
        if not path_of(target, name).exists():
            keep_as(target, name, content)


def forget(backup: Path) -> None:
    """Remove a backup that was not finished, with what stands beside it."""
    backup.unlink(missing_ok=True)
    shutil.rmtree(folder_beside(backup), ignore_errors=True)


def keep_beside(put_aside: Path, folder: Path) -> None:
    """Let the files of a database that was put aside outlive the removal of what the new one does not need."""
    for file in folder.iterdir() if folder.exists() else ():
        if is_name(file.name):
            keep_as(folder_beside(put_aside), file.name, file.read_bytes())
