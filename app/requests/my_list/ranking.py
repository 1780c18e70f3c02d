"""The order of a list of choices: numbers 1 to n without gaps, nothing twice, never more than LIST_MAX (rule R2)."""

from typing import TypeVar

from app.language.refusal import Refused

LIST_MAX = 10

Choice = TypeVar("Choice")


def with_added(choices: tuple[Choice, ...], choice: Choice) -> tuple[Choice, ...]:
    """The choice at the end of the list; one that is there already stays where it is. Raises Refused on a full list."""
    if choice in choices:
        return choices
    if len(choices) >= LIST_MAX:
        raise Refused(f"Your list has {LIST_MAX} openings, which is the most it can hold. Remove one to add another.")
    return (*choices, choice)


def without(choices: tuple[Choice, ...], choice: Choice) -> tuple[Choice, ...]:
    """The list with the choice taken out; those below move up."""
    return tuple(one for one in choices if one != choice)


def with_moved(choices: tuple[Choice, ...], choice: Choice, position: int | None) -> tuple[Choice, ...]:
    """The list with the choice at `position` (1 is the first); raises Refused when there is no such position."""
    if choice not in choices:
        raise Refused("That opening is no longer on your list. Add it again if you want it.")
    if position is None or not 1 <= position <= len(choices):
        raise Refused(f"Enter a number from 1 to {len(choices)} to move it to.")
    rest = without(choices, choice)
    return (*rest[: position - 1], choice, *rest[position - 1 :])
