"""One text for one content, and its digest: what a signature covers."""

import hashlib
import json
from typing import Any


def canonical_text(content: Any) -> str:
    """The content as JSON in one way: keys in order, no spaces; the same content gives the same text everywhere.

    It takes texts, whole numbers, true, false, null, lists, and mappings with texts as keys. Raises TypeError for
    anything else: a day or a fraction could be written in several ways, so whoever asks says in which.
    """
    require_plain(content)
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def require_plain(content: Any) -> None:
    if isinstance(content, dict):
        for key, value in content.items():
            if not isinstance(key, str):
                raise TypeError(f"a key must be a text, not {key!r}")
            require_plain(value)
    elif isinstance(content, list | tuple):
        for value in content:
            require_plain(value)
    elif not (content is None or isinstance(content, str | int)):
        raise TypeError(f"{type(content).__name__} has no one way to be written")


def digest_of(text: str) -> str:
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
