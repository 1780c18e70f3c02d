"""Decides who the learners of the demo are: profession, programme and network by share, and who has trouble."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from app.demo.interests import PERSONAS, Persona
from app.demo.networks import NETWORKS
from app.demo.scarcity import CLINIC_PROFESSIONS, FEW_PROFESSIONS, NO_PGCERT, THERAPY_PROFESSIONS
from app.demo.shares import divide
from app.demo.universities import PROGRAMME_BY_KEY, PROGRAMMES
from app.demo.world import Trouble
from app.models.programmes import Level
from app.models.values.registration import Profession as P

Item = TypeVar("Item")

# How many in 160 learners each profession has; everybody regulated is there.
_PROFESSIONS = {
    **dict.fromkeys(P, 1),
    P.NURSE: 38,
    P.PHYSIOTHERAPIST: 13,
    P.PHARMACIST: 9,
    P.DOCTOR: 8,
    P.PARAMEDIC: 8,
    P.MIDWIFE: 7,
    P.OCCUPATIONAL_THERAPIST: 7,
    P.DIETITIAN: 6,
    P.RADIOGRAPHER: 6,
    P.SPEECH_AND_LANGUAGE_THERAPIST: 6,
    **dict.fromkeys((P.BIOMEDICAL_SCIENTIST, P.CLINICAL_SCIENTIST, P.PRACTITIONER_PSYCHOLOGIST, P.OTHER), 4),
    **dict.fromkeys((P.CHIROPODIST_OR_PODIATRIST, P.DENTAL_CARE_PROFESSIONAL, P.NURSING_ASSOCIATE), 3),
    **dict.fromkeys((P.OPERATING_DEPARTMENT_PRACTITIONER, P.PHARMACY_TECHNICIAN, P.SOCIAL_WORKER), 3),
    **dict.fromkeys((P.ARTS_THERAPIST, P.DENTIST, P.OPTOMETRIST, P.ORTHOPTIST, P.PHYSICIAN_ASSOCIATE), 2),
    P.PROSTHETIST_OR_ORTHOTIST: 2,
}
# In 160 learners; never more than two are managed by the one mentor who takes therapists.
_TROUBLES = {
    Trouble.NO_OPENING: 4,
    Trouble.PROFESSION: 3,
    Trouble.TOO_EARLY: 2,
    Trouble.TOO_LATE: 1,
    Trouble.LINE_MANAGER: 2,
}
_MOST_MANAGED = 2
_WHERE = {
    Trouble.NO_OPENING: NO_PGCERT,
    Trouble.PROFESSION: FEW_PROFESSIONS,
    Trouble.LINE_MANAGER: FEW_PROFESSIONS,
}


@dataclass(frozen=True)
class Part:
    """A learner before name and dates."""

    persona: Persona
    home: str
    programme: str
    trouble: Trouble | None

    @property
    def level(self) -> Level:
        return PROGRAMME_BY_KEY[self.programme].level


def cast(count: int, random: Random) -> list[Part]:
    """So many parts, in no order that means anything."""
    personas = _personas(count, random)
    troubles = _troubles(personas, random)
    programmes = _shuffled(divide(count, {p.key: p.share for p in PROGRAMMES if p.share}), random)
    homes = _shuffled(divide(count, {network.name: network.learners for network in NETWORKS}), random)
    parts: dict[int, Part] = {}
    for index in sorted(range(count), key=lambda index: index not in troubles):  # who has trouble chooses first
        parts[index] = _part(personas[index], troubles.get(index), programmes, homes)
    return [parts[index] for index in range(count)]


def _part(persona: Persona, trouble: Trouble | None, programmes: list[str], homes: list[str]) -> Part:
    def suits(programme: str) -> bool:
        return trouble not in _WHERE or PROGRAMME_BY_KEY[programme].level is Level.PGCERT

    def is_home(network: str) -> bool:
        if trouble in _WHERE:
            return network == _WHERE[trouble]
        return network != FEW_PROFESSIONS or persona.profession in (*CLINIC_PROFESSIONS, *THERAPY_PROFESSIONS)

    programme = _take(programmes, suits)
    home = _WHERE[trouble] if trouble in _WHERE and _WHERE[trouble] not in homes else _take(homes, is_home)
    return Part(persona, home, programme, trouble)


def _personas(count: int, random: Random) -> list[Persona]:
    """Professions by their shares; within one, everybody once before anybody twice."""
    written: dict[P, list[Persona]] = defaultdict(list)
    for persona in _shuffled(list(PERSONAS), random):
        written[persona.profession].append(persona)
    professions = divide(count, _PROFESSIONS, at_least_one=True)
    turns: dict[P, int] = defaultdict(int)
    personas = []
    for profession in professions:
        mine = written[profession]
        personas.append(mine[turns[profession] % len(mine)])
        turns[profession] += 1
    return _shuffled(personas, random)


def _troubles(personas: list[Persona], random: Random) -> dict[int, Trouble]:
    """Which learners, by place in the list, the demo puts in trouble."""
    dealt: dict[int, Trouble] = {}
    for trouble, in_160 in _TROUBLES.items():
        wanted = round(in_160 * len(personas) / 160)
        if trouble is Trouble.LINE_MANAGER:
            wanted = min(wanted, _MOST_MANAGED)
        fitting = [index for index, p in enumerate(personas) if index not in dealt and _can_have(trouble, p.profession)]
        dealt.update(dict.fromkeys(_shuffled(fitting, random)[:wanted], trouble))
    return dealt


def _can_have(trouble: Trouble, profession: P) -> bool:
    if trouble is Trouble.LINE_MANAGER:
        return profession in THERAPY_PROFESSIONS
    if trouble is Trouble.PROFESSION:
        return profession not in (*CLINIC_PROFESSIONS, *THERAPY_PROFESSIONS)
    return True


def _take(pool: list[str], is_fitting: Callable[[str], bool]) -> str:
    """Takes the first that fits out of the pool, else simply the first."""
    chosen = next((one for one in pool if is_fitting(one)), pool[0])
    pool.remove(chosen)
    return chosen


def _shuffled(items: list[Item], random: Random) -> list[Item]:
    return random.sample(items, len(items))
