"""Answers with the names of learners and openings, as pages show them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.phrasebook.answers.questions import movers_in_words
from app.phrasebook.stages import STAGE_WORDS
from app.rounds.questions.queries import openings_of_ids, requests_of_ids
from app.rounds.runs.clash import Clash, clash_told
from app.rounds.runs.outcome import number_in_words

Facts = Mapping[str, Any]
GAINS, LOSES, MOVES = "gains a place", "loses the place", "moves"


@dataclass(frozen=True)
class StageChange:
    """What an aim reached, and what it would reach."""

    words: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class Mover:
    """A learner whose place would be another one, or none; each with its place on the list."""

    request: PlacementRequest
    before: Opening | None
    after: Opening | None
    rank_before: int | None
    rank_after: int | None

    @property
    def word(self) -> str:
        """What becomes of her, in one word for a tag."""
        if self.before is None:
            return GAINS
        return LOSES if self.after is None else MOVES


@dataclass(frozen=True)
class Told:
    """What a change would do, in names; `clash` where nothing would satisfy it."""

    stages: Sequence[StageChange]
    movers: Sequence[Mover]
    clash: Clash | None

    @property
    def changed_stages(self) -> list[StageChange]:
        return [one for one in self.stages if one.is_changed]

    @property
    def changes_nothing(self) -> bool:
        return not self.movers and self.clash is None

    @property
    def finding(self) -> str:
        """How many gain, lose and move, in one sentence."""
        words = Counter(mover.word for mover in self.movers)
        return movers_in_words(words[GAINS], words[LOSES], words[MOVES])


def told(session: Session, answers: Sequence[Facts]) -> list[Told]:
    """Several differences in names, with as many queries as one has, beside those of clashes."""
    moves = [move for facts in answers for move in facts["moves"]]
    requests = requests_of_ids(session, list({move[0] for move in moves}))
    openings = openings_of_ids(session, list({one for move in moves for one in move[1:3] if one}))
    return [
        Told(
            list(stages_told(facts)),
            sorted(movers_told(facts, requests, openings), key=lambda mover: mover.request.learner.name),
            clash_told(session, facts["clash"]) if facts["clash"] else None,
        )
        for facts in answers
    ]


def stages_told(facts: Facts) -> Iterable[StageChange]:
    for name, before, after in facts["stages"]:
        yield StageChange(STAGE_WORDS[name], number_in_words(name, before), number_in_words(name, after))


def movers_told(
    facts: Facts, requests: Mapping[int, PlacementRequest], openings: Mapping[int, Opening]
) -> Iterable[Mover]:
    for request_id, before, after, rank_before, rank_after in facts["moves"]:
        yield Mover(requests[request_id], openings.get(before), openings.get(after), rank_before, rank_after)
