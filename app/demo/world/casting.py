"""Decides who the learners of the demo are: profession, programme and network by share, and who has trouble."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from random import Random
from typing import TypeVar

from app.demo.content.networks import networks
from app.demo.content.personas import Persona, personas
from app.demo.content.professions import learners_by_profession
from app.demo.content.scarcity import scarcity
from app.demo.content.universities import programme_of, programmes
from app.demo.world.records import Trouble
from app.demo.world.shares import divide
from app.models.programmes import Level
from app.models.values.registration import Profession

Item = TypeVar("Item")

# In 160 learners; never more than two are managed by the one mentor who takes therapists.
_TROUBLES = {
    Trouble.NO_OPENING: 4,
    Trouble.PROFESSION: 3,
    Trouble.TOO_EARLY: 2,
    Trouble.TOO_LATE: 1,
    Trouble.LINE_MANAGER: 2,
}
_MOST_MANAGED = 2


@dataclass(frozen=True)
class Part:
    """A learner before name and dates."""

    persona: Persona
    home: str
    programme: str
    trouble: Trouble | None

    @property
    def level(self) -> Level:
        return programme_of(self.programme).level


def cast(count: int, random: Random) -> list[Part]:
    """So many parts, in no order that means anything."""
    people = _personas(count, random)
    troubles = _troubles(people, random)
    programme_keys = _shuffled(divide(count, {p.key: p.share for p in programmes() if p.share}), random)
    homes = _shuffled(divide(count, {network.name: network.learners for network in networks()}), random)
    parts: dict[int, Part] = {}
    for index in sorted(range(count), key=lambda index: index not in troubles):  # who has trouble chooses first
        parts[index] = _part(people[index], troubles.get(index), programme_keys, homes)
    return [parts[index] for index in range(count)]


def _part(persona: Persona, trouble: Trouble | None, programme_keys: list[str], homes: list[str]) -> Part:
    tied_to = _network_of(trouble)
    few = scarcity().few_professions

    def suits(programme: str) -> bool:
        return tied_to is None or programme_of(programme).level is Level.PGCERT

    def is_home(network: str) -> bool:
        if tied_to is not None:
            return network == tied_to
        return network != few.network or persona.profession in (*few.clinic, *few.therapy)

    programme = _take(programme_keys, suits)
    home = tied_to if tied_to is not None and tied_to not in homes else _take(homes, is_home)
    return Part(persona, home, programme, trouble)


def _network_of(trouble: Trouble | None) -> str | None:
    """Where the learner works who has this trouble, if it can be had in one network only."""
    if trouble is Trouble.NO_OPENING:
        return scarcity().no_pgcert.network
    if trouble in (Trouble.PROFESSION, Trouble.LINE_MANAGER):
        return scarcity().few_professions.network
    return None


def _personas(count: int, random: Random) -> list[Persona]:
    """Professions by their shares; within one, everybody once before anybody twice."""
    written: dict[Profession, list[Persona]] = defaultdict(list)
    for persona in _shuffled(personas(), random):
        written[persona.profession].append(persona)
    turns: dict[Profession, Iterator[Persona]] = {profession: cycle(mine) for profession, mine in written.items()}
    professions = divide(count, learners_by_profession(), at_least_one=True)
    return _shuffled([next(turns[profession]) for profession in professions], random)


def _troubles(people: list[Persona], random: Random) -> dict[int, Trouble]:
    """Which learners, by place in the list, the demo puts in trouble."""
    dealt: dict[int, Trouble] = {}
    for trouble, in_160 in _TROUBLES.items():
        wanted = round(in_160 * len(people) / 160)
        if trouble is Trouble.LINE_MANAGER:
            wanted = min(wanted, _MOST_MANAGED)
        fitting = [index for index, p in enumerate(people) if index not in dealt and _can_have(trouble, p.profession)]
        dealt.update(dict.fromkeys(_shuffled(fitting, random)[:wanted], trouble))
    return dealt


def _can_have(trouble: Trouble, profession: Profession) -> bool:
    few = scarcity().few_professions
    if trouble is Trouble.LINE_MANAGER:
        return profession in few.therapy
    if trouble is Trouble.PROFESSION:
        return profession not in (*few.clinic, *few.therapy)
    return True


def _take(pool: list[str], is_fitting: Callable[[str], bool]) -> str:
    """Takes the first that fits out of the pool, else simply the first."""
    chosen = next((one for one in pool if is_fitting(one)), pool[0])
    pool.remove(chosen)
    return chosen


def _shuffled(items: Sequence[Item], random: Random) -> list[Item]:
    return random.sample(items, len(items))
