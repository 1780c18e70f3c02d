"""ZIP files of which every byte is settled: the same parts always give the same file, and one other byte is noticed."""

import io
import json
from collections.abc import Mapping
from typing import Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest moment that a ZIP file can say


class NotPlain(Exception):
    """The file is no ZIP file, or not one that was packed here."""


def json_of(thing: Any) -> bytes:
    """JSON as every part has it: one way to say it, so that no byte can be otherwise."""
    return (json.dumps(thing, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def packed_plainly(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a ZIP file.

    Nothing is compressed and every part has the same date: how a compressor works and when it was made show in no byte.
    """
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for name, content in sorted(parts.items()):
            info = ZipInfo(name, _LONG_AGO)
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, content)
    return file.getvalue()


def unpacked_plainly(data: bytes, parts_max: int) -> dict[str, bytes]:
    """The parts of a file that was packed so; raises NotPlain for every other.

    What is not compressed is no larger unpacked; only many entries that share their bytes could be.
    """
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > parts_max:
                raise NotPlain("it has more parts than there can be")
            if any(one.compress_type != ZIP_STORED or one.flag_bits & 1 for one in entries):
                raise NotPlain("its parts are compressed or encrypted, which they never are")
            return {one.filename: archive.read(one) for one in entries}
    except (BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, KeyError) as fault:
        raise NotPlain(str(fault)) from fault
