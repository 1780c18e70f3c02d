"""Files that nobody but the service reads: made so, whatever the umask of whoever starts it."""

import os
from pathlib import Path

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700


def make_private_folder(folder: Path) -> None:
    """Make the folder, and those above it that are missing; one that is there already stays as it is."""
    if folder.exists():
        return
    make_private_folder(folder.parent)
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)


def make_private_file(file: Path) -> None:
    """Make an empty file, or take the rights of others from one that is there and ours.

    SQLite gives what it writes beside a database, -wal and -shm, the rights of the database.
    """
    make_private_folder(file.parent)
    os.close(os.open(file, os.O_CREAT | os.O_RDONLY, PRIVATE_FILE))
    if file.stat().st_uid == os.geteuid():
        file.chmod(PRIVATE_FILE)
