"""Which learning is the same, in whichever claim and at whichever university it is named."""

from app.language.folding import as_searched


def key_of(title: str, body: str) -> str:
    """The same for the same learning: what it was, and where; capitals, accents and a leading "The" do not matter."""
    return f"{as_searched(title)} | {as_searched(body).removeprefix('the ')}"
