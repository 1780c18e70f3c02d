"""A text as a search compares it: accents, capitals, apostrophes and repeated spaces make no difference."""

import unicodedata

# Letters that Unicode does not take apart, as people type them who do not have them.
LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t"}
)
APOSTROPHES = dict.fromkeys(map(ord, "'’‘‛ʼʹʻ`´′＇"))
DASHES = dict.fromkeys(map(ord, "-‐‑‒–—―−"), " ")


class _Kept(dict[int, int | None]):
    """What becomes of a character, found out once for each: a search folds many summaries of thousands."""

    def __missing__(self, code: int) -> int | None:
        char = chr(code)
        drops = unicodedata.combining(char) or unicodedata.category(char) == "Cf"
        return self.setdefault(code, None if drops else code)


_KEPT = _Kept()


def folded(text: str) -> str:
    """Ménière’s  Disease as meniere’s disease, Øst as ost, ﬁ as fi."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join(without_marks(plain).translate(LETTERS).split())


def without_marks(decomposed: str) -> str:
    """Without the accents that stand beside their letters, and without what nobody sees, such as soft hyphens."""
    return decomposed if decomposed.isascii() else decomposed.translate(_KEPT)


def as_searched(text: str) -> str:
    """What a search looks for, and what it looks in: folded, O’Neill as oneill, Anne-Marie as anne marie."""
    return folded(text.translate(APOSTROPHES).translate(DASHES))


def has_words(text: str, typed: str) -> bool:
    """True when the text has every typed word somewhere."""
    words = as_searched(typed).split()
    return not words or all(word in found for found in [as_searched(text)] for word in words)
