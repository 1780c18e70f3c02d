"""Whether a process of the service has the database open: while one has, nobody may put another in its place.

Every process that joins the application holds the lock, shared, for as long as it lives. SQLite alone cannot tell: a
process that waits for its next request may have no connection.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from app.config import Misconfigured
from app.platform.files.private import make_private_file


def database_file(url: str) -> Path | None:
    """The file of a SQLite database; None for one in memory or on a server."""
    address = make_url(url)
    is_file = address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:")
    return Path(str(address.database)) if is_file else None


def open_for_service(file: Path) -> int:
    """Make the file where it is missing, and hold the lock until this process and all that it forks have ended.

    Raises Misconfigured where the file is out of reach, or a backup is just being brought back.
    """
    try:
        make_private_file(file)
        return locked(file, fcntl.LOCK_SH)
    except BlockingIOError as failure:
        raise Misconfigured(f"A backup is being brought back to {file}: start again when that has ended.") from failure
    except OSError as failure:
        raise Misconfigured(f"Nothing can be kept at {file}, which RPE_DATABASE_URL names: {failure}.") from failure


@contextmanager
def nobody_else(file: Path) -> Iterator[None]:
    """Keep the service from starting; raises BlockingIOError while it runs."""
    descriptor = locked(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


def locked(file: Path, kind: int) -> int:
    lock = file.with_name(f"{file.name}.lock")
    make_private_file(lock)
    descriptor = os.open(lock, os.O_RDWR)
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
