"""A rough sense of what a text is about, so that invented people choose what a reader would expect them to choose.

The real scores are made elsewhere; this only decides what the people of the demo put on their lists.
"""

import re
from functools import lru_cache

_COMMON_WORDS = (
    "about after again against always another before being between could every first follow followed group groups "
    "given having instead interest interested learn learning might never nobody often other others outcome outcomes "
    "participants patients people primary protocol randomised research right service services should someone studies "
    "study their there these thing things those through together trial trials under until usual wards weeks where "
    "whether which while whose without would years"
)
_COMMON = frozenset(_COMMON_WORDS.split())


@lru_cache(maxsize=20_000)
def telling_words(text: str) -> frozenset[str]:
    """The longer words of a text, cut to six letters so that forms of one word meet, without the commonest."""
    words = re.findall(r"[a-z]{5,}", text.lower())
    return frozenset(word[:6] for word in words if word not in _COMMON)
