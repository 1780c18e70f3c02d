"""What one run gives beside another, in words."""

from app.language.numbers import count, plural

SAME = "the same"
BEFORE_NUMBERS = "Made before the numbers of runs were kept: start it again to compare it"
NOT_PROVED = "Not proved to be the best"
MAY_NOT_HOLD = "Something has changed since, so it may no longer hold"


def share(got: int, of: int) -> str:
    """12 of 30 (40%)"""
    return f"{got:,} of {of:,} ({100 * got / of:.0f}%)" if of else "nobody"


def more_or_fewer(number: int, other: int) -> str:
    """3 more, 2 fewer, the same: a number of people or places beside another."""
    return difference(number - other, "more", "fewer")


def higher_or_lower(number: int | None, other: int | None) -> str:
    """12 higher, 5 lower, the same; empty where there is nothing to compare."""
    return "" if number is None or other is None else difference(number - other, "higher", "lower")


def difference(by: int, more: str, less: str) -> str:
    return f"{abs(by):,} {more if by > 0 else less}" if by else SAME


def who_differs(differing: int, requests: int) -> str:
    """The finding of a comparison."""
    if not differing:
        return "Every learner gets the same."
    return f"{differing:,} of {count(requests, 'learner')} {plural(differing, 'gets', 'get')} something else."


def gains_and_losses(name: str, better: int, worse: int, gained: int, lost: int) -> str:
    """What a run changes for those who differ, by their own lists."""
    return (
        f"{name}: {count(better, 'learner gets', 'learners get')} something that they rank better, {worse:,} something "
        f"that they rank worse. Among them, {have(gained)} a place only here, and {have(lost)} none here."
    )


def have(number: int) -> str:
    return count(number, "has", "have")


def gained_or_lost(worse_by: int) -> str:
    """Where only one of two runs gives a learner a place."""
    return "" if not worse_by else "Gains a place" if worse_by < 0 else "Loses the place"


def higher_or_lower_on_the_list(better_by: int, fit_by: int) -> str:
    """What one opening is for a learner beside another: by her own list, then by how well it fits."""
    by_list = "" if not better_by else "Higher on the list" if better_by > 0 else "Lower on the list"
    by_fit = f"fit {difference(fit_by, 'higher', 'lower')}" if fit_by else ""
    return ", ".join(filter(None, (by_list, by_fit if by_list else by_fit.capitalize())))
