"""A text as a search compares it: accents, capitals, apostrophes and repeated spaces make no difference."""

import unicodedata

# Letters that Unicode does not take apart, as people type them who do not have them.
LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t"}
)
APOSTROPHES = dict.fromkeys(map(ord, "'’‘‛ʼʹʻ`´′＇"))
DASHES = dict.fromkeys(map(ord, "-‐‑‒–—―−"), " ")


def folded(text: str) -> str:
    """Ménière’s  Disease as meniere’s disease, Øst as ost, ﬁ as fi."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join(without_marks(plain).translate(LETTERS).split())


def without_marks(decomposed: str) -> str:
    """Without the accents that stand beside their letters, and without what nobody sees, such as soft hyphens."""
    return "".join(
        char for char in decomposed if not (unicodedata.combining(char) or unicodedata.category(char) == "Cf")
    )


def as_searched(text: str) -> str:
    """What a search looks for, and what it looks in: folded, O’Neill as oneill, Anne-Marie as anne marie."""
    return folded(text.translate(APOSTROPHES).translate(DASHES))
