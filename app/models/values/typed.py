"""A number of a register as people type or paste it, brought into the one form in which it is read."""

import re

from stdnum.util import clean

_INVISIBLE = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff]+")


def compact(text: str) -> str:
    """Upper case without any space, visible or not, with plain hyphens and digits."""
    return _INVISIBLE.sub("", clean(text)).upper()
