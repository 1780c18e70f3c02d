"""No page shows the name of a constant: each table of words has a phrase for every member that can come up."""

import enum
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

import app
import matching
from app.models.academic.way_asked import WayAskedKind
from app.models.course.better_places import BetterPlaceState
from app.models.course.swaps import SwapState
from app.models.operations.parties import Party
from app.models.placements import OfferState
from app.models.runs import QuestionKind
from app.models.values.registration import HCPC_PREFIXES
from app.phrasebook.methods import METHOD_WORDS
from app.phrasebook.obstacles import PHRASES, Phrases
from app.phrasebook.proofs import PROOF_WORDS
from app.phrasebook.stages import STAGE_WORDS
from app.requests.questions.whereabouts import Stage
from matching import METHODS, PROOFS, UnplacedKind

# What never comes up where the table is asked, with who asks about it instead.
NEVER_ASKED: Mapping[str, set[enum.Enum]] = {
    "app.phrasebook.unplaced.WITH_OPENINGS": {UnplacedKind.NO_PAIR},  # has sentences of its own
    "app.models.placements._NOT_OPEN": {OfferState.WAITING},  # is open
    "app.rounds.questions.base_views.PAGES": {
        QuestionKind.EXPLANATION,
        QuestionKind.WHAT_IF,
    },  # have pages of their own
    "app.requests.home.WORDS": {  # have tasks or no words
        Stage.DRAFT,
        Stage.OFFERED,
        Stage.PLACED,
        Stage.WITHDRAWN,
        Stage.UNPLACED,
        Stage.ANSWERED,
        Stage.ENDED,
    },
    "app.rounds.dossier.after_publication.DECIDED": {*SwapState} - {SwapState.DONE, SwapState.NOT_AGREED},
    "app.rounds.dossier.after_publication.BECAME": (  # what no coordinator decided is not in the log of decisions
        {*BetterPlaceState} - {BetterPlaceState.MOVED_UP, BetterPlaceState.TAKEN_BACK}
    ),
    "app.enrolments.asked_views.STEP_OF": {WayAskedKind.INTEREST, WayAskedKind.TRANSFER},  # are answered by enrolling
    "app.progress_reviews.forms.ASKED_OF": {*Party} - {Party.LEARNER, Party.MENTOR},  # nobody else prepares one
}


def tables_of_words() -> Iterator[tuple[str, Mapping[enum.Enum, Any]]]:
    """Each table of the service from members of an enumeration to words, by where it stands."""
    for found in pkgutil.walk_packages(app.__path__, "app."):
        if not found.name.startswith("app.demo"):
            module = importlib.import_module(found.name)
            for name, table in vars(module).items():
                if isinstance(table, Mapping) and table is not HCPC_PREFIXES and is_of_words(table):
                    yield f"{found.name}.{name}", table


def is_of_words(table: Mapping[Any, Any]) -> bool:
    words = [part for value in table.values() for part in (value if isinstance(value, tuple) else (value,))]
    return (
        bool(words)
        and all(isinstance(key, enum.Enum) for key in table)
        and all(isinstance(one, str | Phrases) for one in words)
    )


TABLES = dict(tables_of_words())


def test_the_tables_are_found() -> None:
    assert {"app.phrasebook.obstacles.PHRASES", *NEVER_ASKED} <= TABLES.keys()


@pytest.mark.parametrize("place", TABLES)
def test_each_member_has_its_words(place: str) -> None:
    table = TABLES[place]
    members = {member for kind in {type(key) for key in table} for member in kind}
    assert members - table.keys() == NEVER_ASKED.get(place, set())


def test_each_stage_proof_and_method_of_the_engine_has_its_words() -> None:
    assert STAGE_WORDS.keys() == set(matching.STAGES)
    assert PROOF_WORDS.keys() == set(PROOFS)
    assert METHOD_WORDS.keys() == set(METHODS)


def test_no_two_facts_are_said_in_the_same_words() -> None:
    for voice in ("to_learner", "to_coordinator", "of_opening", "of_learners"):
        said = [getattr(phrases, voice) for phrases in PHRASES.values()]
        assert all(said)
        assert len(set(said)) == len(said)
    assert len(set(PROOF_WORDS.values())) == len(PROOF_WORDS)
    assert len(set(STAGE_WORDS.values())) == len(STAGE_WORDS)
    assert len(set(METHOD_WORDS.values())) == len(METHOD_WORDS)
