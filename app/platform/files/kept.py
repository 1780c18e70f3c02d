"""Files that people hand in, kept under random names in a folder that no address leads to.

A file is whole and on the disk before a row names it, so a row never names what is not there. A file that no row names,
because the service was killed between the two, is found and removed by `remove_left_over`.
"""

import os
import re
import secrets
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from app.platform.files.private import PRIVATE_FILE, make_private_folder

_NAME = re.compile("[0-9a-f]{32}")


def keep(folder: Path, content: bytes) -> str:
    """Write a file and give the name under which it is kept, once it is on the disk."""
    name = secrets.token_hex(16)
    keep_as(folder, name, content)
    return name


def keep_as(folder: Path, name: str, content: bytes) -> None:
    """Write a file under a name that it has already, where nothing stands yet."""
    make_private_folder(folder)
    part = folder / f"{name}.part"
    descriptor = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.rename(folder / name)
    sync_folder(folder)


def is_name(text: str) -> bool:
    """Whether a file of this name is one of ours, and whole."""
    return _NAME.fullmatch(text) is not None


def path_of(folder: Path, name: str) -> Path:
    """Where a file is kept; raises ValueError for what is no name of ours."""
    if not is_name(name):
        raise ValueError("a kept file has a name of 32 hexadecimal digits")
    return folder / name


def remove_left_over(folder: Path, needed: Collection[str], before: datetime) -> int:
    """Remove what nobody needs and was written before a moment; gives how many files that were."""
    removed = 0
    for file in folder.iterdir() if folder.exists() else ():
        is_ours = is_name(file.name.removesuffix(".part"))
        if is_ours and file.name not in needed and file.stat().st_mtime < before.timestamp():
            file.unlink(missing_ok=True)
            removed += 1
    return removed


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
