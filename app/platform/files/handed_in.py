"""Looks at a file that somebody hands in, and keeps it: before any row names it, and while nobody waits for a lock."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime

from app.config import Settings
from app.language.refusal import Refused
from app.models.values.file_kinds import FileKind, kind_of
from app.platform.files.kept import keep
from app.platform.files.scanning import NotScanned, virus_in

BYTES_A_MEGABYTE = 1024 * 1024
NAME_MAX = 120
KINDS = "PDF, JPEG, PNG, Word, Excel, PowerPoint and OpenDocument text"


@dataclass(frozen=True)
class HandedIn:
    """What is known of a file that is kept: the columns of every table that names one."""

    name: str
    kept_as: str
    media_type: str
    size_bytes: int
    digest: str
    scanned_at: datetime | None


def file_kept(settings: Settings, name: str, content: bytes, now: datetime) -> HandedIn:
    """Keep a file and say what it is; raises Refused, and keeps nothing, if it is not good."""
    check_size(content, settings.file_megabytes_max)
    kind = kind_of(content)
    if kind is None:
        raise Refused(
            f"This kind of file cannot be taken: what can be is {KINDS}, without macros. Save it as a PDF, then choose "
            "it again.",
            "file",
        )
    scanned_at = now if is_scanned(settings.clamd, content) else None
    return HandedIn(
        name=name_shown(name, kind),
        kept_as=keep(settings.files, content),
        media_type=kind.media_type,
        size_bytes=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        scanned_at=scanned_at,
    )


def check_size(content: bytes, megabytes_max: int) -> None:
    if not content:
        raise Refused("The file is empty. Choose another.", "file")
    if len(content) > megabytes_max * BYTES_A_MEGABYTE:
        raise Refused(
            f"The file must be {megabytes_max} MB or smaller. Make it smaller, or add a link instead.", "file"
        )


def is_scanned(clamd: str, content: bytes) -> bool:
    """Whether a scanner is set up and found nothing; raises Refused where it found something or cannot be asked."""
    if not clamd:
        return False
    try:
        found = virus_in(clamd, content)
    except NotScanned as failure:
        logging.getLogger(__name__).error("A file could not be scanned: %s", failure)
        raise Refused(
            "Files cannot be checked for viruses right now, so none is taken. Try again later today.", "file"
        ) from failure
    if found:
        raise Refused("The virus scanner found something in this file, so it was not kept.", "file")
    return True


def name_shown(name: str, kind: FileKind) -> str:
    """The last part of the name it came with, without what is no letter to read, and with the ending of its kind."""
    plain = "".join(letter for letter in name.replace("\\", "/").rpartition("/")[2] if letter.isprintable())
    stem, dot, ending = plain.strip().rpartition(".")
    stem = stem if dot and len(ending) <= 5 else plain.strip()
    return f"{stem[:NAME_MAX].strip() or 'file'}.{kind.ending}"
