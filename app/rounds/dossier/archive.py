"""The one file that a dossier is: the same parts always give the same bytes, and one other byte is noticed."""

import hashlib
from collections.abc import Mapping

from app.platform.files.plain_zip import NotPlain, json_of, packed_plainly, unpacked_plainly

MANIFEST = "manifest.json"
FORMAT = "rpe-dossier/1"
ROUND, PROBLEM, SOLUTION = "round.json", "problem.json", "solution.json"
QUALITY, SHARES, DECISIONS = "quality.json", "fair-shares.json", "decisions.json"
RECORD, RECORD_TEXT = "transparency-record.json", "transparency-record.txt"
POLICY_TEXT, READ_ME = "policy.txt", "README.txt"
PARTS = (
    READ_ME,
    ROUND,
    POLICY_TEXT,
    PROBLEM,
    SOLUTION,
    QUALITY,
    SHARES,
    DECISIONS,
    RECORD,
    RECORD_TEXT,
)
PARTS_MAX = 100  # of a file that is opened at all: what is no part of a dossier is told by its name


class NotADossier(Exception):
    """The file is something else."""


def manifest_of(parts: Mapping[str, bytes]) -> bytes:
    """The SHA-256 of every part."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in parts.items()}
    return json_of({"format": FORMAT, "sha256": digests})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts and their manifest as one file."""
    return packed_plainly({**parts, MANIFEST: manifest_of(parts)})


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a dossier with the manifest; raises NotADossier where the file cannot be opened as one."""
    try:
        return unpacked_plainly(data, PARTS_MAX)
    except NotPlain as fault:
        raise NotADossier(str(fault)) from fault
