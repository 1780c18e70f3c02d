"""Checks a dossier from its bytes alone: no database, and no number in it is believed."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import matching
from app.platform.files.plain_zip import packed_plainly
from app.rounds.dossier.archive import (
    DECISIONS,
    FORMAT,
    MANIFEST,
    PARTS,
    PROBLEM,
    QUALITY,
    ROUND,
    SHARES,
    SOLUTION,
    manifest_of,
    unpacked,
)
from app.rounds.dossier.measures import aims_of, measures_of
from app.rules.groups.small_numbers import FEWEST


class Wrong(Exception):
    """Something that a dossier says is not so; the message says what."""


@dataclass(frozen=True)
class Outcome:
    """What was checked, and what is wrong with it: empty where nothing is."""

    question: str
    wrong: str = ""


@dataclass(frozen=True)
class Dossier:
    """The parts of a dossier as they are, and read where they can be."""

    data: bytes
    parts: Mapping[str, bytes]

    @cached_property
    def round(self) -> Any:
        return json.loads(self.parts[ROUND])

    @cached_property
    def decisions(self) -> Any:
        return json.loads(self.parts[DECISIONS])

    @cached_property
    def problem(self) -> matching.Problem:
        return matching.read_problem(self.parts[PROBLEM])

    @cached_property
    def solution(self) -> matching.Solution:
        return matching.read_solution(self.parts[SOLUTION])

    @cached_property
    def report(self) -> matching.CheckReport:
        return matching.check(self.problem, self.solution)


def verify(data: bytes) -> Iterator[Outcome]:
    """Answer every question in turn; raises NotADossier where the file is something else."""
    dossier = Dossier(data, unpacked(data))
    for question, ask in QUESTIONS.items():
        yield Outcome(question, wrong_with(ask, dossier))


def wrong_with(ask: Callable[[Dossier], None], dossier: Dossier) -> str:
    try:
        ask(dossier)
    except Wrong as wrong:
        return str(wrong)
    except matching.BadProblem as bad:
        return f"it cannot be read: {bad.sentences[0]}"
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as fault:
        return f"it cannot be read ({type(fault).__name__})"
    return ""


def insist(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Wrong(otherwise)


def every_part_is_there(dossier: Dossier) -> None:
    missing, more = {*PARTS, MANIFEST} - dossier.parts.keys(), dossier.parts.keys() - {*PARTS, MANIFEST}
    insist(not missing, f"missing: {', '.join(sorted(missing))}")
    insist(not more, f"not part of a dossier: {', '.join(sorted(more))}")
    insist(packed_plainly(dossier.parts) == dossier.data, "the file is not packed as a dossier is")


def no_part_has_changed(dossier: Dossier) -> None:
    said = json.loads(dossier.parts[MANIFEST])
    insist(said["format"] == FORMAT, f"the format is not {FORMAT}")
    others = {name: content for name, content in dossier.parts.items() if name != MANIFEST}
    for name, content in others.items():
        insist(said["sha256"].get(name) == hashlib.sha256(content).hexdigest(), f"{name} is not as it was")
    insist(dossier.parts[MANIFEST] == manifest_of(others), "the manifest is not as it was")


def the_seed_has_its_digest(dossier: Dossier) -> None:
    seed, newest = dossier.round["seed"], dossier.round["seeds"][-1]
    insist(hashlib.sha256(seed.encode()).hexdigest() == newest["digest"], "the seed does not give the digest")
    insist(dossier.problem.seed == seed, "the problem was solved with another seed")


def the_seed_was_there_before_the_close(dossier: Dossier) -> None:
    drawn, closes = dossier.round["seeds"][-1]["drawn_at"], dossier.round["closes_at"]
    insist(drawn < closes, f"the seed that counts was drawn at {drawn}, the round closed at {closes}")


def the_problem_is_the_one_that_was_published(dossier: Dossier) -> None:
    digest = dossier.round["problem_digest"]
    insist(matching.digest(dossier.problem) == digest, "the problem has another digest")
    insist(dossier.solution.problem_digest == digest, "the solution is of another problem")


def the_solution_is_valid(dossier: Dossier) -> None:
    insist(dossier.report.valid, "; ".join(dossier.report.errors[:3]) or "the solution is not valid")


def the_solution_is_proved(dossier: Dossier) -> None:
    insist(dossier.report.valid and dossier.report.proved, "it is not proved that nothing is better")


def the_policy_is_that_of_the_problem(dossier: Dossier) -> None:
    insist(tuple(dossier.round["stages"]) == dossier.problem.stages, "the problem was solved under another policy")
    insist(dossier.round["aims"] == aims_of(dossier.report), "the numbers of the policy are others")


def the_measures_are_right(dossier: Dossier) -> None:
    said = json.loads(dossier.parts[QUALITY])
    insist(said == measures_of(dossier.problem, dossier.solution), "they are others when computed again")


def the_shares_can_be(dossier: Dossier) -> None:
    """Who belongs to which group is in no file, so only what has to be so is asked."""
    learners, placed = len(dossier.problem.learners), len(dossier.solution.placed)
    for kind, told in json.loads(dossier.parts[SHARES])["by"].items():
        rows = told["shown"]
        insist(sum(row["placed"] for row in rows) <= placed, f"more are placed by {kind} than in all")
        insist(sum(row["learners"] for row in rows) <= learners, f"there are more learners by {kind} than in all")
        insist(all(row["learners"] >= FEWEST for row in rows), f"a group of fewer than {FEWEST} is shown by {kind}")
        insist(all(row["first_choices"] <= row["placed"] <= row["learners"] for row in rows), f"{kind} cannot be so")


def the_pins_are_those_of_the_log(dossier: Dossier) -> None:
    logged = {
        (one["learner"], one["mentor"], one["study"], one["why"])
        for one in dossier.decisions
        if one["what"] == "pin fixed" and one["kept_by_the_run"]
    }
    kept = {(*pin.key, pin.reason) for pin in dossier.problem.pins}
    insist(logged == kept, "the log has other pins than the problem")


QUESTIONS: Mapping[str, Callable[[Dossier], None]] = {
    "Every part is there, and nothing else": every_part_is_there,
    "No part has changed since the dossier was made": no_part_has_changed,
    "The seed gives the digest, and the problem was solved with it": the_seed_has_its_digest,
    "The seed was there before the round closed": the_seed_was_there_before_the_close,
    "The problem has the digest, and the solution is of it": the_problem_is_the_one_that_was_published,
    "The solution obeys every limit": the_solution_is_valid,
    "The solution is proved to be the best under the policy": the_solution_is_proved,
    "The policy and its numbers are those of the problem and the solution": the_policy_is_that_of_the_problem,
    "The measures of quality are right": the_measures_are_right,
    "The fair shares can be so (who belongs to which group is in no file)": the_shares_can_be,
    "The log of decisions has the pins of the problem": the_pins_are_those_of_the_log,
}
