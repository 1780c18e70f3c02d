"""What a coordinator may suppose of a run, as a word that stands in addresses and is kept with the question."""

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import matching
from app.rounds.names_in_problem import LEARNERS, MENTORS, STUDIES

OpeningKeys = Mapping[int, tuple[str, str]]
ID_DIGITS = 10


class What(enum.Enum):
    """What is supposed; the ids behind it are those of a request and an opening, or of the one thing it names."""

    PIN = "pin"
    APART = "apart"
    WITHOUT_MENTOR = "without"
    PLACE_AT_OPENING = "opening"
    PLACE_OF_MENTOR = "mentor"
    PLACE_IN_STUDY = "study"

    @property
    def is_pairing(self) -> bool:
        return self in (What.PIN, What.APART)


@dataclass(frozen=True, slots=True)
class Supposed:
    """One change that is thought of, and not made."""

    what: What
    ids: tuple[int, ...]

    @property
    def token(self) -> str:
        """For instance "pin-12-5"."""
        return "-".join((self.what.value, *map(str, self.ids)))


def supposed_in(tokens: Iterable[str]) -> list[Supposed]:
    """What the words say, each once; those that nobody could have been given are left out."""
    return list(dict.fromkeys(one for token in tokens for one in read(token)))


def read(token: str) -> Iterator[Supposed]:
    word, *ids = token.split("-")
    what = next((one for one in What if one.value == word), None)
    if what is not None and len(ids) == 1 + what.is_pairing and all(is_id(text) for text in ids):
        yield Supposed(what, tuple(map(int, ids)))


def is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < ID_DIGITS


def change_of(one: Supposed, openings: OpeningKeys) -> matching.Change:
    """The change for the engine; `openings` are the mentor and study of each opening, as the problem names them."""
    *_, last = one.ids
    match one.what:
        case What.PIN:
            return matching.WithPin(LEARNERS.encode(one.ids[0]), *openings[last])
        case What.APART:
            return matching.WithConflict(LEARNERS.encode(one.ids[0]), *openings[last])
        case What.WITHOUT_MENTOR:
            return matching.WithoutMentor(MENTORS.encode(last))
        case What.PLACE_AT_OPENING:
            return matching.MorePlaces("opening", openings[last])
        case What.PLACE_OF_MENTOR:
            return matching.MorePlaces("mentor", MENTORS.encode(last))
        case What.PLACE_IN_STUDY:
            return matching.MorePlaces("study", STUDIES.encode(last))
