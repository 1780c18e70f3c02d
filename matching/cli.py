"""`rpe solve` and `rpe check`: the engine on files, without a database."""

from __future__ import annotations

import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

import click

from matching.checker.report import CheckReport, StageCheck, check
from matching.deadline import Progress
from matching.errors import BadProblem, Infeasible, NothingFound
from matching.files.problem_json import read_problem
from matching.files.solution_json import read_solution, solution_to_json
from matching.files.wording import item_in_words, number_in_words, remedy_in_words, stage_in_words
from matching.lexicographic.solve import solve
from matching.model.objectives.registered import OBJECTIVES
from matching.solution import BY_DUALS, BY_SEARCH, METHODS, Solution

PROVED, WRONG, BAD_INPUT, INFEASIBLE, STOPPED = 0, 1, 2, 3, 4
MOST_ERRORS_SHOWN = 200


class _TellingStages(click.Command):
    """A command whose help ends with the stages that a problem can have."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("The stages of a problem, solved one after the other"):
            formatter.write_dl([(objective.name, objective.aim) for objective in OBJECTIVES.values()])


@click.command("solve", cls=_TellingStages)
@click.argument("problem_file", metavar="PROBLEM.json", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", metavar="SOLUTION.json", type=click.Path(path_type=Path), help="Where to write the solution."
)
@click.option("--time-limit", metavar="SECONDS", type=click.FloatRange(min=0), help="Stop with the best found by then.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    help="The most components solved side by side. By default as many as there are processors, where it pays.",
)
def solve_command(problem_file: Path, output: Path | None, time_limit: float | None, jobs: int | None) -> None:
    """Pair the learners of PROBLEM.json with openings, as well as its stages ask for, and prove it.

    Without -o the solution goes to standard output. Exit status: 0 optimal, 2 bad input, 3 nothing satisfies the
    pins, minimums and capacities, 4 stopped by --time-limit.
    """
    problem_text = _text_of(problem_file)
    try:
        problem = read_problem(problem_text)
        with _Bar() as bar:
            solution = solve(problem, time_limit_seconds=time_limit, progress=bar.show, jobs=jobs)
    except BadProblem as bad:
        _refuse(problem_file, bad)
    except Infeasible as clash:
        _say_infeasible(clash)
    except NothingFound as nothing:
        _end(STOPPED, str(nothing))
    _write(output, solution_to_json(solution))
    _say_summary(solution)
    sys.exit(PROVED if solution.status == "optimal" else STOPPED)


@click.command("check")
@click.argument("problem_file", metavar="PROBLEM.json", type=click.Path(path_type=Path))
@click.argument("solution_file", metavar="SOLUTION.json", type=click.Path(path_type=Path))
def check_command(problem_file: Path, solution_file: Path) -> None:
    """Verify SOLUTION.json against PROBLEM.json with exact arithmetic, trusting no number in it.

    Exit status: 0 valid and proved, 1 not valid or not proved, 2 bad input.
    """
    texts = [_text_of(problem_file), _text_of(solution_file)]
    try:
        problem = read_problem(texts[0])
    except BadProblem as bad:
        _refuse(problem_file, bad)
    try:
        solution = read_solution(texts[1])
    except BadProblem as bad:
        _refuse(solution_file, bad)
    report = check(problem, solution)
    _say_report(report)
    if any(OBJECTIVES[stage].is_by_lot for stage in problem.stages):
        click.echo(f"The seed of the lottery has the SHA-256 digest {sha256(problem.seed.encode()).hexdigest()}.")
    sys.exit(PROVED if report.valid and report.proved else WRONG)


class _Bar:
    """A progress line on standard error while that is a terminal; silent otherwise."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._width = 0

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._width:
            click.echo("\r" + " " * self._width + "\r", nl=False, err=True)

    def show(self, progress: Progress) -> None:
        if not self._shown:
            return
        done = progress.component * 20 // max(1, progress.components)
        where = f"component {progress.component + 1} of {progress.components}, {progress.stage}"
        line = f"[{'#' * done}{'.' * (20 - done)}] {where}"
        if progress.best is not None:
            line += f": {progress.best}, at most {progress.bound}"
        click.echo("\r" + line.ljust(self._width), nl=False, err=True)
        self._width = max(self._width, len(line))


def _text_of(path: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        _end(BAD_INPUT, f"{path} cannot be read: {error.strerror}.")


def _write(path: Path | None, text: str) -> None:
    if path is None:
        click.echo(text)
        return
    try:
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        _end(BAD_INPUT, f"{path} cannot be written: {error.strerror}.")


def _refuse(path: Path, bad: BadProblem) -> NoReturn:
    shown = bad.sentences[:MOST_ERRORS_SHOWN]
    more = len(bad.sentences) - len(shown)
    lines = [f"{path}: {sentence}" for sentence in shown] + ([f"{path}: and {more} more errors."] if more else [])
    _end(BAD_INPUT, "\n".join(lines))


def _say_infeasible(clash: Infeasible) -> NoReturn:
    lines = ["Nothing satisfies this problem. These cannot all hold together:"]
    lines += [f"  - {item_in_words(item)}" for item in clash.clash]
    lines += ["What would resolve it:"] if clash.remedies else []
    lines += [f"  - {remedy_in_words(remedy)}" for remedy in clash.remedies]
    _end(INFEASIBLE, "\n".join(lines))


def _say_summary(solution: Solution) -> None:
    click.echo(f"{len(solution.placed)} placed, {len(solution.unplaced)} not placed.", err=True)
    for stage in solution.stages:
        click.echo(f"  {stage.name}: {stage_in_words(stage)}", err=True)
    click.echo(f"{len(solution.components)} components, {solution.seconds:.2f} seconds.", err=True)
    goals: Counter[str] = sum((Counter(dict(one.methods)) for one in solution.components), Counter())
    told = ", ".join(f"{method} {goals[method]}" for method in METHODS if method in goals)
    click.echo(f"Goals decided by: {told or 'nothing'}.", err=True)


def _say_report(report: CheckReport) -> None:
    for error in report.errors:
        click.echo(error, err=True)
    click.echo("The solution is valid." if report.valid else "The solution is not valid.")
    for stage in report.stages if report.valid else ():
        click.echo(f"  {stage.name} {number_in_words(stage.value)}: {_check_words(stage)}")
    if report.valid and not report.proved:
        click.echo("It is not proved to be optimal.")


def _check_words(stage: StageCheck) -> str:
    if stage.claimed is None:
        return "not proved, and no bound is known."
    claim = "optimal" if stage.proved else f"not proved; cannot be better than {number_in_words(stage.claimed)}"
    if stage.rests_on != BY_SEARCH:
        how = "prices" if stage.rests_on == BY_DUALS else "prices, case by case,"
        return f"{claim}, shown here by {how} in whole numbers."
    shown = "nothing" if stage.bound is None else number_in_words(stage.bound)
    claimed = number_in_words(stage.claimed)
    rest = "the rest was settled" if stage.proved else f"not proved, and the bound {claimed} was found"
    return f"prices alone show {shown}; {rest} by the solver's branch and bound, which this check does not repeat."


def _end(status: int, message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(status)
