"""Where one more place would help, per network and specialty, without the name of any learner."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.models.runs import Run
from app.models.studies import Opening
from app.phrasebook.answers.shortages import effect_in_words, place_in_words
from app.rounds.questions.queries import openings_at, openings_of_ids

NO_SPECIALTY = "No specialty named"


@dataclass(frozen=True)
class Shortage:
    """One place more somewhere, and what it would do."""

    kind: str
    openings: Sequence[Opening]
    placed: int
    bettered: int

    @property
    def words(self) -> str:
        first = self.openings[0]
        return place_in_words(self.kind, first.mentor.name, f"“{first.study.name}”")

    @property
    def effect(self) -> str:
        return effect_in_words(self.placed, self.bettered)

    @property
    def sentence(self) -> str:
        return f"{self.words} {self.effect}."

    @property
    def line(self) -> str:
        """The sentence after the specialties that it is about, for a text that is sent."""
        return f"{', '.join(self.specialties)}: {self.sentence[:1].lower()}{self.sentence[1:]}"

    @property
    def specialties(self) -> list[str]:
        named = {specialty.name for one in self.openings for specialty in one.study.specialties}
        return sorted(named) or [NO_SPECIALTY]

    def is_in(self, network_id: int) -> bool:
        return any(one.network_id == network_id for one in self.openings)


@dataclass(frozen=True)
class Scarce:
    """A specialty in a network, and the place in it that would help most."""

    network: str
    specialty: str
    best: Shortage


def shortages_told(session: Session, run: Run, answer: Mapping[str, Any]) -> list[Shortage]:
    """All that were found, best first."""
    places = answer["places"]
    ids: dict[str, list[int]] = {
        kind: [one["id"] for one in places if one["of"] == kind] for kind in ("opening", "mentor", "study")
    }
    single = openings_of_ids(session, ids["opening"], with_specialties=True)
    shared = openings_at(session, run, ids["mentor"], ids["study"])

    def openings_with(one: Mapping[str, Any]) -> list[Opening]:
        if one["of"] == "opening":
            return [single[one["id"]]]
        name = f"{one['of']}_id"
        return [opening for opening in shared if getattr(opening, name) == one["id"]]

    return [Shortage(one["of"], openings_with(one), one["placed"], one["bettered"]) for one in places]


def scarce_in(shortages: Iterable[Shortage]) -> list[Scarce]:
    """The best place of each network and specialty, in the order of what it does."""
    best: dict[tuple[str, str], Scarce] = {}
    for one in shortages:
        for opening in one.openings:
            for specialty in [own.name for own in opening.study.specialties] or [NO_SPECIALTY]:
                key = (opening.network.name, specialty)
                best.setdefault(key, Scarce(*key, one))
    return list(best.values())
