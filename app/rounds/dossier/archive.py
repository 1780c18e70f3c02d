"""The one file that a dossier is: the same parts always give the same bytes, and one other byte is noticed."""

import hashlib
import io
import json
from collections.abc import Mapping
from typing import Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

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
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest moment that a ZIP file can say


class NotADossier(Exception):
    """The file is something else."""


def json_of(thing: Any) -> bytes:
    """JSON as every part of a dossier has it: one way to say it, so that no byte can be otherwise."""
    return (json.dumps(thing, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def manifest_of(parts: Mapping[str, bytes]) -> bytes:
    """The SHA-256 of every part."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in parts.items()}
    return json_of({"format": FORMAT, "sha256": digests})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts and their manifest as a ZIP file.

    Nothing is compressed and every part has the same date: how a compressor works and when it was made show in no byte.
    """
    return packed_as_it_is({**parts, MANIFEST: manifest_of(parts)})


def packed_as_it_is(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for name, content in sorted(parts.items()):
            info = ZipInfo(name, _LONG_AGO)
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, content)
    return file.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a dossier with the manifest; raises NotADossier where the file cannot be opened as one."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            if any(one.compress_type != ZIP_STORED or one.flag_bits & 1 for one in archive.infolist()):
                raise NotADossier("its parts are compressed or encrypted, which those of a dossier never are")
            return {name: archive.read(name) for name in archive.namelist()}
    except (BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, KeyError) as fault:
        raise NotADossier(str(fault)) from fault
