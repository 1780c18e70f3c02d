"""What the demo prints: the outcome of its round, and how to sign in."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, undefer

import matching
from app.demo.happened import compared_with
from app.demo.playing.accounts import ACCOUNTS, address_of
from app.demo.playing.loading import PASSWORD
from app.demo.playing.staging import OF_TODAY
from app.demo.playing.story.rounds import COMPARED
from app.models.people import Person
from app.models.programmes import Level
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.runs import Run, RunState, UnplacedRequest
from app.rounds.runs.outcome import stage_rows
from app.rounds.runs.queries import profile_of

COLUMNS = 100
SHOWN = f"{OF_TODAY}, {Level.PGCERT.value}"
REASONS_SHOWN = 8
NAMES_SHOWN = 2


def run_to_show(session: Session) -> int | None:
    """The newest solved run of the round that has closed; None where the demo was interrupted before its runs."""
    solved = select(func.count(), func.max(Run.id)).join(Run.round).where(Run.state == RunState.SOLVED)
    number, newest = session.execute(solved.where(MatchRound.name == SHOWN)).one()
    return newest if number >= len(COMPARED) else None


def result_of(session: Session, run_id: int) -> Iterator[str]:
    """The outcome of a run, line by line."""
    run = session.scalars(
        select(Run).where(Run.id == run_id).options(joinedload(Run.round), undefer(Run.problem), undefer(Run.solution))
    ).one()
    yield ""
    yield f"Match round “{run.round.name}”"
    if run.state is not RunState.SOLVED:
        yield from wrapped("  ", f"{run.state.value}: {run.complaint}")
        return
    proof = "proved optimal" if run.outcome["status"] == "optimal" else "not proved optimal"
    placed, learners = run.outcome["placed"], run.outcome["learners"]
    yield f"  {placed} of {learners} learners placed, {proof} in {run.seconds:.2f} seconds"
    for stage in stage_rows(run):
        end = "proved" if stage.proved else f"at best {stage.bound}"
        yield f"    {stage.words + ':':<54} {stage.value:>9}  {end}"
    yield from wrapped("  ", check_of(run))
    ranks = [f"{label.lower().removesuffix(' choice')} {number}" for label, number in profile_of(session, run)]
    yield from wrapped("  ", f"Choice obtained: {', '.join(ranks)}")
    yield from in_lines(compared_with(session, run))
    yield from reasons_of(unplaced_by(session, run))


def check_of(run: Run) -> str:
    """What the independent check says of the solution."""
    problem = matching.read_problem(run.problem)
    report = matching.check(problem, matching.read_solution(run.solution))
    validity = "valid" if report.valid else "not valid"
    verdict = f"{validity} and {'proved' if report.proved else 'not proved'}"
    return f"Checked from the problem alone ({len(problem.pairs):,} possible pairs): {verdict}"


def unplaced_by(session: Session, run: Run) -> list[tuple[str, list[str]]]:
    """The learners whom a run could not place under the reason that each can be told, the most frequent first."""
    by_reason: dict[str, list[str]] = {}
    for one in session.scalars(
        select(UnplacedRequest)
        .where(UnplacedRequest.run_id == run.id)
        .options(joinedload(UnplacedRequest.request).joinedload(PlacementRequest.learner))
        .order_by(UnplacedRequest.id)
    ):
        by_reason.setdefault(one.reason, []).append(one.request.learner.name)
    return sorted(by_reason.items(), key=lambda item: -len(item[1]))


def reasons_of(unplaced: Sequence[tuple[str, list[str]]]) -> Iterator[str]:
    """Each reason once, with the learners whom it concerns."""
    if not unplaced:
        return
    yield f"  Not placed: {sum(len(names) for _, names in unplaced)}. What they can be told:"
    for reason, names in unplaced[:REASONS_SHOWN]:
        yield from wrapped("    ", f"{those(names)}: {reason}")
    others = sum(len(names) for _, names in unplaced[REASONS_SHOWN:])
    if others:
        yield f"    ... and {others} more on the page of the run"


def those(names: Sequence[str]) -> str:
    """A few names, and how many more there are."""
    more = len(names) - NAMES_SHOWN
    return ", ".join(names[:NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")


def wrapped(margin: str, text: str) -> list[str]:
    """A text in lines of at most 100 columns, all but the first two columns further in."""
    return textwrap.wrap(text, COLUMNS, initial_indent=margin, subsequent_indent=margin + "  ")


def in_lines(texts: Iterable[str]) -> Iterator[str]:
    """Texts, each in as many lines as it needs, with the margin that it begins with."""
    for text in texts:
        yield from wrapped(text[: len(text) - len(text.lstrip())], text.lstrip()) or [""]


def sign_in_lines(session: Session, port: int) -> Iterator[str]:
    """How to sign in as one person of each role; in a small world nobody may have an offer to answer."""
    known = set(session.scalars(select(Person.email).where(Person.email.in_(list(map(address_of, ACCOUNTS))))))
    yield ""
    yield f"Sign in at http://127.0.0.1:{port}/sign-in with the password “{PASSWORD}” as"
    for account, purpose in ACCOUNTS.items():
        if address_of(account) in known:
            yield f"  {address_of(account):<29} {purpose}"
