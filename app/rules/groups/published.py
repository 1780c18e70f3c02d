"""Numbers of groups of people as they leave the service: no table, taken from any other, tells a small number.

What holds, and why, is decision 0425; `tests/app/rules/groups/` takes the tables apart and tries to prove it wrong.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.rules.groups.small_numbers import FEWEST, hidden_among

EVERYBODY = ""
Numbers = Mapping[str, int]  # how many people there are, under EVERYBODY, and how many of them are in each part
Shown = Mapping[str, int | None]  # the same, None of what is not shown


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a group: of those in the part `of`, or, with `of_the_rest`, of those beside it."""

    name: str
    of: str = EVERYBODY
    of_the_rest: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A group, or several that stand together, whose label is empty; a part that is None is not shown."""

    label: str
    numbers: Mapping[str, int | None]

    @property
    def people(self) -> int:
        number = self.numbers[EVERYBODY]
        assert number is not None
        return number


@dataclass(frozen=True, slots=True)
class Published:
    """All people together, and a table for each way to group them; a table without lines has none large enough."""

    whole: Line
    tables: Mapping[str, Sequence[Line]]


def published(groupings: Mapping[str, Mapping[str, Numbers]], parts: Sequence[Part]) -> Published | None:
    """The tables of the same people grouped in several ways; None of fewer than five.

    Each part comes after the one it is of. A person is in one group of each grouping.
    """
    whole = added_up(next(iter(groupings.values()), {}).values(), parts)
    if whole[EVERYBODY] < FEWEST:
        return None
    shown = shown_of_all(whole, parts)
    return Published(Line(EVERYBODY, shown), {name: lines_of(own, parts, shown) for name, own in groupings.items()})


def published_in_turn(
    people: Mapping[tuple[str, ...], Numbers], parts: Sequence[Part], titled: Callable[[tuple[str, ...]], str]
) -> Published | None:
    """The tables of people grouped in turn, by all their labels: by the first, then each group by the next.

    Only a group that is shown is grouped further, and of it only what is shown: each table stands in one line of the
    table before, so that no two cross. `titled` names the table of those whose first labels are given.
    """
    whole = added_up(people.values(), parts)
    if whole[EVERYBODY] < FEWEST:
        return None
    shown = shown_of_all(whole, parts)
    return Published(Line(EVERYBODY, shown), {titled(of): lines for of, lines in tables_in((), people, parts, shown)})


def tables_in(
    of: tuple[str, ...], people: Mapping[tuple[str, ...], Numbers], parts: Sequence[Part], shown: Shown
) -> Iterator[tuple[tuple[str, ...], list[Line]]]:
    """The table of those with some first labels, of whom so much is shown, then those that stand in its lines."""
    depth = len(of)
    rows: dict[str, list[Numbers]] = {}
    for labels, own in people.items():
        if labels[:depth] == of and len(labels) > depth:
            rows.setdefault(labels[depth], []).append(own)
    if rows:
        lines = lines_of({label: added_up(own, parts) for label, own in rows.items()}, parts, shown)
        yield of, lines
        for line in lines:
            if line.label:
                yield from tables_in((*of, line.label), people, parts, line.numbers)


def lines_of(groups: Mapping[str, Numbers], parts: Sequence[Part], shown: Shown) -> list[Line]:
    """Groups that are large enough by label, then the others together; `shown` is what is shown of all of them."""
    hidden = hidden_among({label: own[EVERYBODY] for label, own in groups.items()})
    lines = [(label, groups[label]) for label in sorted(groups) if label not in hidden]
    if not lines:
        return []
    if hidden:
        lines.append((EVERYBODY, added_up((groups[label] for label in hidden), parts)))
    unseen: dict[str, set[int]] = {EVERYBODY: set()}
    for part in parts:
        unseen[part.name] = not_shown(lines, part, parts, unseen[part.of], is_total_shown=shown[part.name] is not None)
    return [
        Line(label, {name: None if at in unseen[name] else own[name] for name in (EVERYBODY, *unseen)})
        for at, (label, own) in enumerate(lines)
    ]


def shown_of_all(whole: Numbers, parts: Sequence[Part]) -> dict[str, int | None]:
    """Of all people the parts that are neither small nor leave few beside them, nor part of one that is not shown."""
    shown: dict[str, int | None] = {EVERYBODY: whole[EVERYBODY]}
    for part in parts:
        is_plain = shown[part.of] is not None and not is_telling(whole, part, parts)
        shown[part.name] = whole[part.name] if is_plain else None
    return shown


def not_shown(
    lines: Sequence[tuple[str, Numbers]], part: Part, parts: Sequence[Part], before: set[int], *, is_total_shown: bool
) -> set[int]:
    """The lines that do not show a part: those that tell a small number, and as many more as keep it from being had
    by taking the others from the total. What does not show a part shows nothing of it either (`before`).
    """
    everything = set(range(len(lines)))
    if not is_total_shown:
        return everything
    hidden = before | {at for at in everything if is_telling(lines[at][1], part, parts)}
    others = iter(sorted(everything - hidden))
    while hidden and is_too_little(hidden, lines, part, parts):
        one_more = next(others, None)
        if one_more is None:
            return everything
        hidden.add(one_more)
    return hidden


def is_too_little(hidden: set[int], lines: Sequence[tuple[str, Numbers]], part: Part, parts: Sequence[Part]) -> bool:
    """True while the hidden lines, whose sum anybody can find, are one, or a small number together."""
    return len(hidden) < 2 or is_telling(added_up((lines[at][1] for at in hidden), parts), part, parts)


def is_telling(own: Numbers, part: Part, parts: Sequence[Part]) -> bool:
    """True where so few are in the part, or beside it, that it would tell of somebody."""
    return min(own[part.name], out_of(own, part, parts) - own[part.name]) < FEWEST


def out_of(own: Mapping[str, int], part: Part, parts: Sequence[Part]) -> int:
    """How many could be in a part."""
    if not part.of_the_rest:
        return own[part.of]
    other = next(one for one in parts if one.name == part.of)
    return out_of(own, other, parts) - own[part.of]


def added_up(groups: Iterable[Numbers], parts: Sequence[Part]) -> dict[str, int]:
    rows = list(groups)
    return {name: sum(own[name] for own in rows) for name in (EVERYBODY, *(part.name for part in parts))}
