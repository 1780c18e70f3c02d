"""The engine's own words for what it found, in the names of the problem: for its files and its commands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matching.errors import ClashItem, LimitKind, Release
from matching.solution import BY_CASES, BY_DUALS, BY_SEARCH, StageResult, UnplacedKind, Value

SHOWN = 4
PROOF_WORDS = {BY_DUALS: "prices", BY_CASES: "prices, case by case", BY_SEARCH: "branch and bound"}


@dataclass(frozen=True, slots=True)
class Closed:
    """Why a pair cannot be added to the placed ones: whose limit of `amount` is reached, by `kind`; for hours the
    `amount` is what is left of them, and `needed` what the pair would take."""

    kind: UnplacedKind
    of: tuple[str, ...]
    amount: int
    needed: int = 0


def reason_in_words(kind: UnplacedKind, openings: Sequence[tuple[str, str]], closed: Sequence[Closed | None]) -> str:
    """Why a learner has no place; `closed` says of each opening that fits what closes it, None where nothing does."""
    if kind is UnplacedKind.NO_PAIR:
        return "No opening in this round fits: there is no pair that could be formed."
    if kind is UnplacedKind.AIMS:
        mentor, study = openings[closed.index(None)]
        return (
            f"Mentor {mentor} on study {study} still has room, "
            "but a place there would have been worse for the aims of this round, in their order."
        )
    them = "The only opening that fits is" if len(openings) == 1 else f"All {len(openings)} openings that fit are"
    how = "full" if kind is UnplacedKind.FULL else "closed to one more"
    return f"{them} {how}: {_listed(_closed_in_words(one) for one in closed if one is not None)}."


def _closed_in_words(one: Closed) -> str:
    host = _host(one.of)
    if one.kind is UnplacedKind.FULL:
        return f"{host} has {_places_taken(one.amount)}"
    if one.kind is UnplacedKind.HOURS:
        return f"{host} has {one.amount} hours left and this would take {one.needed}"
    return f"{host} would start only with at least {one.amount} learners"


def _places_taken(places: int) -> str:
    if places == 0:
        return "no place to give"
    return "its only place taken" if places == 1 else f"all {places} places taken"


def _listed(told: Iterable[str]) -> str:
    """The first few different ones, and how many more there are."""
    sentences = list(dict.fromkeys(told))
    more = len(sentences) - SHOWN
    return "; ".join(sentences[:SHOWN]) + (f"; and {more} more" if more > 0 else "")


def item_in_words(item: ClashItem) -> str:
    """One part of a clash, without a full stop."""
    host, learners = _host(item.of), _learners(item.amount)
    match item.kind:
        case LimitKind.PIN:
            return f"{_pin(item)}{f' ({item.reason})' if item.reason else ''}"
        case LimitKind.CAPACITY:
            return f"{host} takes at most {learners}"
        case LimitKind.MINIMUM:
            return f"{host} must have at least {learners}"
        case LimitKind.MINIMUM_IF_USED:
            return f"{host} takes none or at least {learners}"
        case LimitKind.HOURS:
            return f"{host} has {item.amount} hours"


def remedy_in_words(releases: Sequence[Release]) -> str:
    """What resolves a clash, in a sentence."""
    told = [_release_in_words(one.item, one.amount) for one in releases]
    return f"{told[0]}." if len(told) == 1 else f"Together: {'; and '.join(told)}."


def _release_in_words(item: ClashItem, amount: int) -> str:
    host, learners = _host(item.of), _learners(amount)
    match item.kind:
        case LimitKind.PIN:
            return f"Remove the pin of {item.of[1]} to {' on '.join(item.of[2:])}"
        case LimitKind.CAPACITY:
            return f"Let {host} take {learners} instead of {item.amount}"
        case LimitKind.MINIMUM if not amount:
            return f"Let {host} do without a minimum"
        case LimitKind.MINIMUM:
            return f"Let {host} do with at least {learners} instead of {item.amount}"
        case LimitKind.MINIMUM_IF_USED:
            return f"Let {host} start with {learners} instead of {item.amount}"
        case LimitKind.HOURS:
            return f"Give {host} {amount} hours instead of {item.amount}"


def _pin(item: ClashItem) -> str:
    return f"{item.of[1]} is pinned to {' on '.join(item.of[2:])}"


def _host(of: tuple[str, ...]) -> str:
    return f"mentor {of[1]} on study {of[2]}" if of[0] == "opening" else f"{of[0]} {of[1]}"


def _learners(count: int) -> str:
    return f"{count} learner" if count == 1 else f"{count} learners"


def stage_in_words(stage: StageResult) -> str:
    """What a stage reached and what proves it."""
    if stage.proved:
        return f"{number_in_words(stage.value)}, proved by {PROOF_WORDS[stage.rests_on]}"
    limit = "no bound known" if stage.bound is None else f"cannot be better than {number_in_words(stage.bound)}"
    return f"{number_in_words(stage.value)}, not proved; {limit}"


def number_in_words(value: Value) -> str:
    """A number, or several one after the other."""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
