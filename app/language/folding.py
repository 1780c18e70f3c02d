"""A text as a search compares it: accents, capitals and repeated spaces make no difference."""

import unicodedata


def folded(text: str) -> str:
    """Ménière’s  Disease as meniere’s disease."""
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).casefold().split())
