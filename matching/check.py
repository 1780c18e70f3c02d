"""`check`: whether a solution is what it says, recomputed from the problem alone and trusting no number in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from matching.check_bounds import Part, Priced, parts_of
from matching.check_cases import Entry, Unproved, cases_close, read_entry, whole
from matching.check_limits import limit_faults, pair_faults, pairs_of
from matching.check_values import Count, Counts
from matching.digest import digest
from matching.problem import Pair, Problem
from matching.seal import seal_of
from matching.solution import BY_CASES, BY_DUALS, BY_SEARCH, PROOFS, Solution, StageResult, Value

SIGNS = {"rank_sum": -1, "fewest_last": -1, "even_load": -1}
LISTED = ("first_choices", "fewest_last", "lottery")


@dataclass(frozen=True, slots=True)
class StageCheck:
    """What was found about one stage: `value` as recounted, `bound` as the prices alone show it (None where a
    stopped solve gave none), and what the claim of optimality was found to rest on."""

    name: str
    value: Value
    bound: Value | None
    rests_on: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """`valid`: the pairs obey every limit and every number is true. `proved`: besides, every stage is optimal, by
    prices and cases that were verified here or, where `rests_on` says so, by the solver's search."""

    valid: bool
    proved: bool
    errors: tuple[str, ...]
    stages: tuple[StageCheck, ...]

    @property
    def rests_on_search(self) -> tuple[str, ...]:
        return tuple(stage.name for stage in self.stages if stage.rests_on == BY_SEARCH)


def check(problem: Problem, solution: Solution) -> CheckReport:
    """Verify a solution with exact integer arithmetic, from the problem alone.

    Looks at the digest, the pairs, every limit, every stage's value and, through the certificate's prices, every
    bound. Time O(pairs * counts); shares no code with the solvers.
    """
    errors: list[str] = []
    if solution.problem_digest != digest(problem):
        errors.append("The digest is of another problem.")
    found = pairs_of(problem, solution)
    errors += pair_faults(problem, solution, found)
    chosen = list(found.values())
    errors += limit_faults(problem, chosen)
    if solution.certificate.get("seal") != seal_of(solution):
        errors.append("The solution was changed after it was sealed: its seal does not fit.")
    if errors:
        return CheckReport(False, False, tuple(errors), ())
    walk = _Walk(problem, solution, chosen)
    walk.through_all_stages()
    valid = not walk.errors
    proved = valid and solution.status == "optimal" and all(stage.proved for stage in solution.stages)
    return CheckReport(valid, proved, tuple(walk.errors), tuple(walk.found))


@dataclass
class _Walk:
    """Goes through the stages in order, all parts side by side."""

    problem: Problem
    solution: Solution
    chosen: list[Pair]
    errors: list[str] = field(default_factory=list)
    found: list[StageCheck] = field(default_factory=list)

    def through_all_stages(self) -> None:
        self.counts = Counts(self.problem)
        try:
            self._read_certificate()
        except (KeyError, TypeError, ValueError, AttributeError, Unproved) as fault:
            self.errors.append(f"The certificate cannot be read: {fault or type(fault).__name__}.")
            return
        names = [stage.name for stage in self.solution.stages]
        if names != list(self.problem.stages):
            self.errors.append(f"The stages are {', '.join(self.problem.stages)}, not {', '.join(names)}.")
            return
        for at, claim in enumerate(self.solution.stages):
            self._stage(at, claim)

    def _read_certificate(self) -> None:
        parts = self.solution.certificate["parts"]
        learners = [list(part["learners"]) for part in parts]
        told = [learner for part in learners for learner in part]
        wanted = {pair.learner for pair in self.problem.pairs}
        if len(told) != len(set(told)) or not wanted <= set(told) <= {one.id for one in self.problem.learners}:
            raise Unproved("its parts do not hold each learner once")
        self.parts = parts_of(self.problem, learners)
        self.entries = [_entries(part["goals"]) for part in parts]
        by_learner = {pair.learner: pair for pair in self.chosen}
        self.chosen_of = [[by_learner[one] for one in part if one in by_learner] for part in learners]
        self.stopped = [False] * len(parts)
        if "even_load" in self.problem.stages and _shares_mentors(self.parts):
            raise Unproved("a mentor is in several of its parts although loads count")

    def _stage(self, at: int, claim: StageResult) -> None:
        self.proof = BY_DUALS
        if claim.name == "floor":
            self._floor(at, claim)
            return
        if claim.name == "lottery":
            values, bounds = self._lottery(at)
        else:
            values, bounds = [], []
            for count in self.counts.of_stage(claim.name):
                values.append(count.of(self.chosen))
                bounds.append(self._bound_all(at, count, claim))
        self._compare(claim, values, bounds)

    def _bound_all(self, at: int, count: Count, claim: StageResult) -> int | None:
        """The sum of the parts' bounds on one count."""
        bounds = [self._bound(which, at, count, claim) for which in range(len(self.parts))]
        return None if None in bounds else sum(bound for bound in bounds if bound is not None)

    def _bound(self, which: int, at: int, count: Count, claim: StageResult) -> int | None:
        """The bound of one part by prices alone; narrows the part to what may still reach the value."""
        entry = self.entries[which].get((at, count.name))
        if entry is None or self.stopped[which]:
            self._missing(claim, count)
            return None
        part, value = self.parts[which], count.of(self.chosen_of[which])
        if not part.fits(entry.prices):
            self.errors.append(f"Stage {claim.name}: the prices for {count.name} speak of other limits.")
            return None
        priced = part.priced(count, entry.prices)
        bound = priced.bound // entry.prices.scale
        if bound < value:
            self.errors.append(f"Stage {claim.name}: the prices show at most {bound}, but the pairs have {value}.")
        elif bound > value and claim.proved:
            self._without_prices_alone(part, priced, entry, value, claim)
        if claim.proved:
            part.narrow(priced, value)
        else:
            self.stopped[which] = True
        return bound

    def _without_prices_alone(self, part: Part, priced: Priced, entry: Entry, value: int, claim: StageResult) -> None:
        """The prices leave a gap: its cases must close it, or the solver's search has to be believed."""
        if cases_close(part, priced, entry, value):
            self._found_by(BY_CASES)
        elif claim.rests_on == BY_SEARCH:
            self._found_by(BY_SEARCH)
        else:
            more = priced.bound // priced.prices.scale - value
            self.errors.append(f"Stage {claim.name}: the prices leave {more} more of {priced.count.name} possible.")

    def _found_by(self, proof: str) -> None:
        self.proof = max(self.proof, proof, key=PROOFS.index)

    def _missing(self, claim: StageResult, count: Count) -> None:
        if claim.proved:
            self.errors.append(f"Stage {claim.name}: the certificate has no prices for {count.name}.")

    def _lottery(self, at: int) -> tuple[list[int], list[int | None]]:
        claim = self.solution.stages[at]
        claimed = claim.value if isinstance(claim.value, tuple) else ()
        digits = [self.counts.digit(digit) for digit in range(len(claimed))]
        bounds = [self._lots(which, at, claim, digits) for which in range(len(self.parts))]
        totals = [
            None if None in column else sum(bound for bound in column if bound is not None)
            for column in zip(*bounds, strict=True)
        ]
        return [digit.of(self.chosen) for digit in digits], totals if self.parts else [0] * len(digits)

    def _lots(self, which: int, at: int, claim: StageResult, digits: list[Count]) -> list[int | None]:
        """The bounds of a part on its lots: digit after digit, until only one solution is left for the others.

        No digit may be passed over, or the lots were not the problem's; and the first is needed, since only the most
        lots rule out that somebody more could be placed.
        """
        entries, bounds = self.entries[which], list[int | None]()
        for digit in digits:
            if bounds and (at, digit.name) not in entries:
                break
            bounds.append(self._bound(which, at, digit, claim))
        if not claim.proved:
            return bounds + [None] * (len(digits) - len(bounds))
        if not digits:
            self._missing(claim, self.counts.digit(0))
        self._only_one(which, at, claim)
        return bounds + [digit.of(self.chosen_of[which]) for digit in digits[len(bounds) :]]

    def _only_one(self, which: int, at: int, claim: StageResult) -> None:
        """The part's pairs must be the only ones left, or the lots did not decide."""
        self._bound(which, at, self.counts.shared_with(self.chosen_of[which]), claim)

    def _floor(self, at: int, claim: StageResult) -> None:
        line = min((pair.score for pair in self.chosen), default=1000)
        shown = line == 1000 or self._is_hindered(at, line, claim)
        for part in self.parts:
            part.keep(line)
        if claim.proved and not shown:
            self.errors.append(f"Stage floor: the certificate does not show that {line} is the highest line.")
        if claim.value != line or (claim.proved and claim.bound != line):
            self.errors.append(f"Stage floor: the lowest score is {line}, not {claim.value} (bound {claim.bound}).")
        self.found.append(StageCheck("floor", line, line if claim.proved else None, self.proof))

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

    def _compare(self, claim: StageResult, values: list[int], bounds: list[int | None]) -> None:
        value, bound = _shown(claim.name, values), _shown(claim.name, bounds)
        if claim.value != value:
            self.errors.append(f"Stage {claim.name}: the pairs have {value}, not {claim.value}.")
        if claim.proved and claim.bound != value:
            self.errors.append(f"Stage {claim.name}: a proved stage has its value as bound, not {claim.bound}.")
        if claim.proved and claim.rests_on != self.proof:
            self.errors.append(f"Stage {claim.name}: it rests on {self.proof}, not on {claim.rests_on}.")
        self.found.append(StageCheck(claim.name, value, bound, self.proof if claim.proved else BY_SEARCH))


def _shown(name: str, values: Any) -> Any:
    signed = [None if value is None else SIGNS.get(name, 1) * value for value in values]
    if None in signed:
        return None
    return tuple(signed) if name in LISTED else signed[0]


def _entries(goals: list[dict[str, Any]]) -> dict[tuple[int, str], Entry]:
    return {(whole(goal["stage"]), str(goal["goal"])): read_entry(goal) for goal in goals}


def _shares_mentors(parts: list[Part]) -> bool:
    mentors = [row for part in parts for row in part.limits if row[0] == "mentor"]
    return len(mentors) != len(set(mentors))
