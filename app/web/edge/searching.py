"""What is typed into a search, in every list the same: too much of it is an error at its field, and finds nothing."""

from flask import g, request

from app.rules.search import TYPED_MAX, is_too_much

STATUS = 422


def words_asked(name: str = "q") -> str:
    """What the query asks to look for; where it is too much, the page that answers says so."""
    typed = request.args.get(name, "").strip()
    if is_too_much(typed):
        g.search_complaint = f"Search for fewer words: {TYPED_MAX} characters are the most. Yours has {len(typed):,}."
    return typed


def search_complaint() -> str:
    """What is wrong with the search of this request; empty where nothing is."""
    complaint: str = g.get("search_complaint", "")
    return complaint
