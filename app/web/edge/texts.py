"""A request whose texts hold no character that no keyboard has: NUL cannot be stored, others break pages and files."""

import re
from typing import Any

from htmx_flask.requests import HtmxAwareRequest
from werkzeug.datastructures import FileStorage, ImmutableMultiDict

# What a paste out of a document or a PDF brings between lines and pages.
_BREAKS = re.compile("\r?[\x0b\x0c\x85]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def sound(text: str) -> str:
    """The text without control characters; breaks of lines and pages become new lines."""
    if text.isascii() and text.isprintable():
        return text
    return _CONTROLS.sub("", _BREAKS.sub("\n", text))


class SoundTexts(ImmutableMultiDict[str, Any]):
    """What a query or a form says: names, values and the names of files, each without control characters."""

    def __init__(self, mapping: Any = None) -> None:
        pairs = mapping.items(multi=True) if hasattr(mapping, "getlist") else mapping or ()
        super().__init__([(sound(name), sound_value(value)) for name, value in pairs])


def sound_value(value: Any) -> Any:
    if isinstance(value, str):
        return sound(value)
    if isinstance(value, FileStorage) and value.filename:
        value.filename = sound(value.filename)
    return value


class SoundRequest(HtmxAwareRequest):
    """The request as every view sees it."""

    parameter_storage_class = SoundTexts
    is_json = False  # no page takes JSON, and a form would read whatever is sent as such, however deep
