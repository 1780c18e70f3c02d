"""What is said of a study or mentor with fewer learners than it starts with."""

from app.language.numbers import count, plural
from app.rules.groups.too_small import SmallGroup


def group_in_words(group: SmallGroup) -> str:
    """For instance "“Falls” starts with 3 learners at least, and 2 have a place or an offer"."""
    have = plural(group.there, "has", "have")
    return (
        f"{group.name} starts with {group.starts_with} learners at least, and {group.there} {have} a place or an offer"
    )


def what_to_do(group: SmallGroup) -> str:
    """What a coordinator can do about it."""
    return (
        f"Offer a place to {count(group.missing, 'more learner')}, or agree that it starts with fewer and lower that "
        "number."
    )
