"""Made-up words: a vocabulary in which few words are common and most are rare, as in real texts."""

from itertools import product

import numpy as np

_BEGINNINGS = ("ca", "dor", "fel", "gri", "ha", "jun", "kel", "lo", "mar", "ne", "pra", "ru", "sti", "ta", "vo", "zi")
_MIDDLES = ("ba", "den", "fi", "gor", "lu", "mi", "no", "ra", "se", "tu", "va", "we")
_ENDS = ("cle", "dine", "fer", "gan", "line", "mont", "pare", "rin", "sol", "ton", "ver", "xis")
VOCABULARY = np.array(["".join(parts) for parts in product(_BEGINNINGS, _MIDDLES, _ENDS)])


def texts(chance: np.random.Generator, number: int, length: int) -> list[str]:
    """Several texts of about so many words; a word's chance falls with its place in the vocabulary (Zipf's law)."""
    weights = 1 / np.arange(3, len(VOCABULARY) + 3)
    found = VOCABULARY[chance.choice(len(VOCABULARY), (number, length), p=weights / weights.sum())]
    lengths = chance.integers(length // 2, length + 1, number)
    return [" ".join(row[:end]).capitalize() + "." for row, end in zip(found, lengths, strict=True)]
