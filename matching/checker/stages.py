"""Part of `check`: goes through the stages in order, all parts side by side, and finds what each claim rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from matching.checker.bounds import Part, Priced, parts_of
from matching.checker.cases import cases_close
from matching.checker.entries import UNREADABLE, Entry, Unproved, read_goals
from matching.checker.values import Count, Counts
from matching.problem import Pair, Problem
from matching.solution import BY_CASES, BY_DUALS, BY_SEARCH, PROOFS, Solution, StageResult, Value

SIGNS = {"rank_sum": -1, "fewest_last": -1, "even_load": -1}
LISTED = ("first_choices", "fewest_last", "lottery")


@dataclass(frozen=True, slots=True)
class StageCheck:
    """What was found about one stage.

    `value` is as recounted, `bound` as the prices alone show it (None where a stopped solve gave none), `claimed` the
    bound that the solution says; `proved` where it says that it is the value. `rests_on` is what the claim was found
    to rest on: prices alone, prices case by case, or the solver's search; None where nothing is claimed.
    """

    name: str
    value: Value
    bound: Value | None
    rests_on: str | None
    claimed: Value | None
    proved: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What a count was shown not to exceed: by prices alone, and with the cases that close their gaps."""

    by_prices: int
    by_cases: int


class Walk:
    """Goes through the stages in order, all parts side by side.

    `errors` and `found` are what came of it. For each part of the certificate, by its position: the part itself, its
    goals, its chosen pairs, and whether it was stopped, after which nothing more is shown of it.
    """

    def __init__(self, problem: Problem, solution: Solution, chosen: list[Pair]) -> None:
        self.problem, self.solution, self.chosen = problem, solution, chosen
        self.counts = Counts(problem)
        self.errors: list[str] = []
        self.found: list[StageCheck] = []
        self.parts: list[Part] = []
        self.entries: list[dict[tuple[int, str], Entry]] = []
        self.chosen_of: list[list[Pair]] = []
        self.stopped: list[bool] = []
        self.proof = BY_DUALS  # the weakest that the present stage was found to rest on

    def through_all_stages(self) -> None:
        """Fill `found` and `errors`; nothing that a certificate says is raised. O(m) for each goal and each case."""
        try:
            self._read_certificate()
        except UNREADABLE as fault:
            self.errors.append(f"The certificate cannot be read: {fault or type(fault).__name__}.")
            return
        names = [stage.name for stage in self.solution.stages]
        if names != list(self.problem.stages):
            self.errors.append(f"The stages are {', '.join(self.problem.stages)}, not {', '.join(names)}.")
            return
        for at, claim in enumerate(self.solution.stages):
            if not self.counts.knows(claim.name):
                self.errors.append(f"Stage {claim.name} is none that this check knows: nothing from there on is shown.")
                return
            self._stage(at, claim)

    def _read_certificate(self) -> None:
        parts = self.solution.certificate["parts"]
        learners = [list(part["learners"]) for part in parts]
        told = [learner for part in learners for learner in part]
        wanted = {pair.learner for pair in self.problem.pairs}
        if len(told) != len(set(told)) or not wanted <= set(told) <= {one.id for one in self.problem.learners}:
            raise Unproved("its parts do not hold each learner once")
        self.parts = parts_of(self.problem, learners)
        self.entries = [read_goals(part["goals"]) for part in parts]
        by_learner = {pair.learner: pair for pair in self.chosen}
        self.chosen_of = [[by_learner[one] for one in part if one in by_learner] for part in learners]
        self.stopped = [False] * len(parts)
        if "even_load" in self.problem.stages and _shares_mentors(self.parts):
            raise Unproved("a mentor is in several of its parts although loads count")
        if [(one.learners, one.pairs) for one in self.solution.components] != list(map(_size, self.parts)):
            self.errors.append("The components are not as large as the parts of the certificate.")

    def _stage(self, at: int, claim: StageResult) -> None:
        self.proof = BY_DUALS
        if claim.name == "floor":
            self._floor(at, claim)
            return
        if claim.name == "lottery":
            values, shown = self._lottery(at)
        else:
            values, shown = [], []
            for count in self.counts.of_stage(claim.name):
                values.append(count.of(self.chosen))
                shown.append(_total(self._bound(which, at, count, claim) for which in range(len(self.parts))))
        self._compare(claim, values, shown)

    def _bound(self, which: int, at: int, count: Count, claim: StageResult) -> Shown | None:
        """The bound of one part; narrows the part to what may still reach the value, once nothing can exceed it."""
        entry = self.entries[which].get((at, count.name))
        if entry is None or self.stopped[which]:
            self._missing(claim, count)
            return None
        part, value = self.parts[which], count.of(self.chosen_of[which])
        if not part.fits(entry.prices):
            self.errors.append(f"Stage {claim.name}: the prices for {count.name} speak of other limits.")
            return None
        priced = part.priced(count, entry.prices)
        shown = self._shown(part, priced, entry, value, claim)
        if claim.proved or shown.by_cases == value:
            part.narrow(priced, value)
        else:
            self.stopped[which] = True
        return shown

    def _shown(self, part: Part, priced: Priced, entry: Entry, value: int, claim: StageResult) -> Shown:
        """Where prices leave a gap, cases may close it; else a proved stage has to rest on the solver's search."""
        name, most = priced.count.name, priced.bound // priced.prices.scale
        if most < value:
            self.errors.append(f"Stage {claim.name}: the prices show at most {most}, but the pairs have {value}.")
        if most <= value:
            return Shown(most, most)
        if cases_close(part, priced, entry, value):
            self._found_by(BY_CASES)
            return Shown(most, value)
        if claim.proved and claim.rests_on != BY_SEARCH:
            self.errors.append(f"Stage {claim.name}: the prices leave {most - value} more of {name} possible.")
        self._found_by(BY_SEARCH)
        return Shown(most, most)

    def _found_by(self, proof: str) -> None:
        self.proof = max(self.proof, proof, key=PROOFS.index)

    def _missing(self, claim: StageResult, count: Count) -> None:
        if claim.proved:
            self.errors.append(f"Stage {claim.name}: the certificate has no prices for {count.name}.")

    def _lottery(self, at: int) -> tuple[list[int], list[Shown | None]]:
        claim = self.solution.stages[at]
        claimed = claim.value if isinstance(claim.value, tuple) else ()
        digits = [self.counts.digit(digit) for digit in range(len(claimed))]
        shown = [self._lots(which, at, claim, digits) for which in range(len(self.parts))]
        values = [digit.of(self.chosen) for digit in digits]
        return values, [_total(of_parts[digit] for of_parts in shown) for digit in range(len(digits))]

    def _lots(self, which: int, at: int, claim: StageResult, digits: list[Count]) -> list[Shown | None]:
        """The bounds of a part on its lots: digit after digit, until only one solution is left for the others.

        No digit may be passed over, or the lots were not the problem's; and the first is needed, since only the most
        lots rule out that somebody more could be placed.
        """
        entries, shown = self.entries[which], list[Shown | None]()
        for digit in digits:
            if shown and (at, digit.name) not in entries:
                break
            shown.append(self._bound(which, at, digit, claim))
        others = digits[len(shown) :]
        if not claim.proved:
            return shown + [None] * len(others)
        if not digits:
            self._missing(claim, self.counts.digit(0))
        self._only_one(which, at, claim)
        values = [digit.of(self.chosen_of[which]) for digit in others]
        return shown + [Shown(value, value) for value in values]

    def _only_one(self, which: int, at: int, claim: StageResult) -> None:
        """The part's pairs must be the only ones left, or the lots did not decide."""
        self._bound(which, at, self.counts.shared_with(self.chosen_of[which]), claim)

    def _floor(self, at: int, claim: StageResult) -> None:
        line = min((pair.score for pair in self.chosen), default=1000)
        if claim.proved:
            self._hold_line(at, line, claim)
        else:
            self.stopped = [True] * len(self.parts)
        if claim.value != line or claim.bound != (line if claim.proved else None):
            self.errors.append(f"Stage floor: the lowest score is {line}, not {claim.value} (bound {claim.bound}).")
        bound, proof = (line, self.proof) if claim.proved else (None, None)
        self.found.append(StageCheck("floor", line, bound, proof, claim.bound, claim.proved))

    def _hold_line(self, at: int, line: int, claim: StageResult) -> None:
        if any(self.stopped) or not (line == 1000 or self._is_hindered(at, line, claim)):
            self.errors.append(f"Stage floor: the certificate does not show that {line} is the highest line.")
        for part in self.parts:
            part.keep(line)

    def _is_hindered(self, at: int, line: int, claim: StageResult) -> bool:
        """Whether something shows that no solution stays above the line."""
        scores = {pair.score for part in self.parts for pairs in part.pairs.values() for pair in pairs}
        highest = min((score for score in scores if score > line), default=1000)
        for which, part in enumerate(self.parts):
            for higher in range(line + 1, highest + 1):
                count = self.counts.below(higher)
                entry = self.entries[which].get((at, count.name))
                if entry is not None and part.fits(entry.prices):
                    priced = part.priced(count, entry.prices)
                    if priced.bound < 0:
                        return True
                    if cases_close(part, priced, entry, -1):
                        self._found_by(BY_CASES)
                        return True
                    if claim.rests_on == BY_SEARCH:
                        self._found_by(BY_SEARCH)
                        return True
        return False

    def _compare(self, claim: StageResult, values: list[int], shown: list[Shown | None]) -> None:
        value = _signed(claim.name, values)
        bound = _signed(claim.name, [None if one is None else one.by_prices for one in shown])
        if claim.value != value:
            self.errors.append(f"Stage {claim.name}: the pairs have {value}, not {claim.value}.")
        if claim.proved and claim.bound != value:
            self.errors.append(f"Stage {claim.name}: a proved stage has its value as bound, not {claim.bound}.")
        if claim.proved and not _admits(claim.rests_on, self.proof):
            self.errors.append(f"Stage {claim.name}: it rests on {self.proof}, not on {claim.rests_on}.")
        proof = self.proof if claim.proved else self._proof_of_bound(claim, values, shown)
        self.found.append(StageCheck(claim.name, value, bound, proof, claim.bound, claim.proved))

    def _proof_of_bound(self, claim: StageResult, values: list[int], shown: list[Shown | None]) -> str | None:
        """What the bound of a stopped stage rests on; it must at least leave room for the pairs there are."""
        if claim.bound is None:
            return None
        claimed = _counted(claim.name, claim.bound)
        if len(claimed) != len(values) or claimed < values:
            self.errors.append(f"Stage {claim.name}: what the pairs have is beyond its bound {claim.bound}.")
        if _covers(claimed, [None if one is None else one.by_prices for one in shown]):
            return BY_DUALS
        return BY_CASES if _covers(claimed, [None if one is None else one.by_cases for one in shown]) else BY_SEARCH


def _admits(told: str, found: str) -> bool:
    """Whether a proof is found to be no weaker than was told; a solve that was stopped may not know how good it is."""
    return told in PROOFS and PROOFS.index(told) >= PROOFS.index(found)


def _total(shown: Iterable[Shown | None]) -> Shown | None:
    known = list(shown)
    if None in known:
        return None
    return Shown(sum(one.by_prices for one in known if one), sum(one.by_cases for one in known if one))


def _covers(claimed: list[int], shown: list[int | None]) -> bool:
    """Whether counts that come one after the other can be no better than claimed, by what was shown of each."""
    for at_most, limit in zip(claimed, shown, strict=False):
        if limit is None or at_most != limit:
            return limit is not None and at_most > limit
    return True


def _signed(name: str, values: list[Any]) -> Any:
    """Counts as the stage says them; None where one is not known."""
    if None in values:
        return None
    signed = [SIGNS.get(name, 1) * value for value in values]
    return tuple(signed) if name in LISTED else signed[0]


def _counted(name: str, bound: Value) -> list[int]:
    """What a stage says, as counts of which more is better."""
    return [SIGNS.get(name, 1) * value for value in (bound if isinstance(bound, tuple) else (bound,))]


def _size(part: Part) -> tuple[int, int]:
    return len(part.pairs), sum(map(len, part.pairs.values()))


def _shares_mentors(parts: list[Part]) -> bool:
    mentors = [row for part in parts for row in part.limits if row[0] == "mentor"]
    return len(mentors) != len(set(mentors))
