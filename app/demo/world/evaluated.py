"""Results and fair shares of years before the demo's people came: numbers of people who are nobody."""

from collections.abc import Collection, Sequence
from random import Random
from typing import Any

from app.evaluation.questions import Question
from app.evaluation.results.counting import ANSWERED, parts_of, title_of
from app.fair_shares.counting import COMPLETED, CREDITS, NOT_STATED, OFFERED, PARTS, PLACED
from app.models.programmes import Level
from app.models.values.backgrounds import EmployerKind, ResearchExperience
from app.models.values.registration import Profession
from app.rules.evaluation.kept import content_of
from app.rules.groups.published import EVERYBODY, Numbers, Part, published, published_in_turn

PEOPLE = 180  # a year
Labels = dict[str, str]  # of one person, in each grouping


def chance_of(year: int) -> Random:
    return Random(f"evaluation {year}")


def fair_shares(chance: Random, networks: Sequence[str], universities: Sequence[str]) -> dict[str, Any]:
    """Professions of very different size, of whom some get a place less often."""
    professions = [Profession.NURSE] * 9 + [Profession.DOCTOR] * 5 + [Profession.MIDWIFE] * 3
    professions += [Profession.PHYSIOTHERAPIST] * 3 + [Profession.PHARMACIST, Profession.PARAMEDIC]
    people: list[tuple[Labels, set[str]]] = []
    for _ in range(PEOPLE):
        profession = chance.choice(professions)
        labels = {
            "University": chance.choice(universities),
            "Profession": profession.label,
            "Region of the employer": chance.choice(networks[:5]),
            "Kind of employer": chance.choice([*(one.label for one in list(EmployerKind)[:4]), NOT_STATED]),
            "Research experience before": chance.choice([one.label for one in list(ResearchExperience)[:4]]),
        }
        people.append((labels, fate(chance, 0.45 if profession is Profession.MIDWIFE else 0.72)))
    return content_of(published(groupings(people, PARTS), PARTS))


def fate(chance: Random, rate: float) -> set[str]:
    """What became of one request."""
    if chance.random() > rate:
        return {OFFERED} if chance.random() < 0.3 else set()
    return {PLACED, *([COMPLETED] if chance.random() < 0.75 else []), *([CREDITS] if chance.random() < 0.6 else [])}


def results_of(
    chance: Random, universities: Sequence[str], questions: Sequence[Question], *, later: bool
) -> dict[str, Any]:
    """Two in three answer; most agree, in the later year more of them."""
    parts = parts_of(questions)
    people: dict[tuple[str, ...], dict[str, int]] = {}
    for _ in range(PEOPLE):
        labels = chance.choice(list(Level)).value, chance.choice(universities)
        agreed = {one.mark for one in questions if chance.random() < (0.74 if later else 0.66)}
        add_one(people.setdefault(labels, nobody(parts)), {ANSWERED} | agreed if chance.random() < 0.67 else ())
    asked = [[one.mark, one.theme, one.words] for one in questions]
    return content_of(published_in_turn(people, parts, title_of), questions=asked)


def groupings(people: Sequence[tuple[Labels, set[str]]], parts: Sequence[Part]) -> dict[str, dict[str, Numbers]]:
    """The people counted in each grouping."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for labels, has in people:
        for name, label in labels.items():
            add_one(found.setdefault(name, {}).setdefault(label, nobody(parts)), has)
    return {name: dict(groups) for name, groups in found.items()}


def nobody(parts: Sequence[Part]) -> dict[str, int]:
    return dict.fromkeys((EVERYBODY, *(part.name for part in parts)), 0)


def add_one(own: dict[str, int], has: Collection[str]) -> None:
    """One person more, and in which parts she is."""
    for part in (EVERYBODY, *has):
        own[part] += 1
