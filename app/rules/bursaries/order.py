"""In which order the applications of a call come: by scores, and by a lottery that anybody can draw again."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.models.bursaries.assessing import POINTS_MAX


def ticket(seed: str, reference: str) -> str:
    """SHA-256 of seed, colon and reference, in hexadecimal: what `printf %s SEED:REFERENCE | sha256sum` prints."""
    return hashlib.sha256(f"{seed}:{reference}".encode()).hexdigest()


def drawn(seed: str, references: Iterable[str]) -> list[tuple[str, str]]:
    """Each reference with its ticket, the smallest ticket first; the order in which they are given plays no part."""
    return sorted(((one, ticket(seed, one)) for one in references), key=lambda pair: (pair[1], pair[0]))


@dataclass(frozen=True)
class Scored:
    """An application by its reference, and what it reached: from 0 to 1, or nothing where it is a lottery."""

    reference: str
    score: Fraction = Fraction(0)


def in_order(seed: str, scored: Collection[Scored]) -> list[Scored]:
    """The highest score first; the lottery alone decides between equal ones."""
    return sorted(scored, key=lambda one: (-one.score, ticket(seed, one.reference), one.reference))


def score_of(sheets: Sequence[Mapping[str, int]], weights: Mapping[str, int]) -> Fraction:
    """The mean over the assessors of what each gave, of all that could be given; exact, from 0 to 1.

    Raises ValueError where nobody has scored, or somebody has left out a criterion.
    """
    if not sheets or any(sheet.keys() != weights.keys() for sheet in sheets):
        raise ValueError("every assessor scores every criterion")
    most = POINTS_MAX * sum(weights.values()) * len(sheets)
    given = sum(points * weights[criterion] for sheet in sheets for criterion, points in sheet.items())
    return Fraction(given, most)


def number_free(number: int, taken: int) -> int:
    """How many more can be offered."""
    return max(0, number - taken)
