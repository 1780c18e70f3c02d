"""Asking a question of a run, and writing down what came of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.people import Person
from app.models.requests import PlacementRequest
from app.models.runs import QuestionKind, QuestionState, Run, RunQuestion, RunState
from app.models.studies import Opening
from app.platform.audit import record
from app.rounds.questions.solved_run import is_in_run
from app.rounds.questions.supposed import Supposed, What

SUPPOSED_MOST = 10
NOT_IN_RUN = "Something in this question is not in the run. Take it out and ask again."
DOES_NOT_FIT = (
    "This cannot be asked: a pairing in it is not among those that the run could form, or is both fixed and kept apart."
)
TOO_LONG = (
    "This could not be worked out within five minutes, so it was stopped, and nothing can be said yet. Ask again when "
    "less is going on, or about fewer changes at once."
)


def ask(
    session: Session,
    actor: Person,
    now: datetime,
    run: Run,
    kind: QuestionKind,
    supposed: Sequence[Supposed] = (),
    request_id: int | None = None,
) -> tuple[RunQuestion, bool]:
    """The question, and whether it is new: the same one is asked of a run once. Raises Refused where it cannot be.

    Asking changes nothing of the run, so what was answered once holds.
    """
    refuse_unless_proved(run)
    if kind is QuestionKind.WHAT_IF:
        refuse_unless_sound(session, run, supposed)
    session.execute(select(Run.id).where(Run.id == run.id).with_for_update())
    tokens = sorted(one.token for one in supposed)
    known = asked_before(session, run, kind, tokens, request_id)
    if known is not None:
        return known, False
    question = RunQuestion(
        run=run, kind=kind, asked=tokens, request_id=request_id, state=QuestionState.WAITING, asked_at=now
    )
    question.asked_by = actor
    session.add(question)
    record(session, actor, "asked a question of a run", run, now=now, kind=kind.value, asked=tokens, request=request_id)
    return question, True


def asked_before(
    session: Session, run: Run, kind: QuestionKind, tokens: list[str], request_id: int | None
) -> RunQuestion | None:
    """The latest question that asks just this and has not failed."""
    same = select(RunQuestion).where(
        RunQuestion.run_id == run.id,
        RunQuestion.kind == kind,
        RunQuestion.request_id == request_id,
        RunQuestion.state != QuestionState.FAILED,
    )
    asked = session.scalars(same.order_by(RunQuestion.id.desc()))
    return next((one for one in asked if one.asked == tokens), None)


def is_proved(run: Run) -> bool:
    """Whether the run has the best there is: only then can be said what another choice would cost."""
    return run.state is RunState.SOLVED and run.outcome.get("status") == "optimal"


def refuse_unless_proved(run: Run) -> None:
    if not is_proved(run):
        raise Refused(
            "This run was stopped before it was proved to be the best, so nobody can say what something else would "
            "cost. Start a new run with more time and ask that one."
        )


def refuse_unless_sound(session: Session, run: Run, supposed: Sequence[Supposed]) -> None:
    """Raise Refused for a question that says nothing, too much, or something of another round."""
    if not supposed:
        raise Refused("Choose at least one change to ask about.")
    if len(supposed) > SUPPOSED_MOST:
        raise Refused(f"Ask about at most {SUPPOSED_MOST} changes at once.")
    pinned = [one.ids[0] for one in supposed if one.what is What.PIN]
    if len(set(pinned)) < len(pinned):
        raise Refused("One learner is fixed twice in this question. Leave one of the two out.")
    if not all_in_run(session, run, supposed):
        raise Refused(NOT_IN_RUN)


def all_in_run(session: Session, run: Run, supposed: Sequence[Supposed]) -> bool:
    """Whether every request, opening, mentor and study is one of the run; four queries at most."""
    places = [int(opening_id) for opening_id in run.outcome["places"]]
    requests = {one.ids[0] for one in supposed if one.what.is_pairing}
    of_openings = (What.PIN, What.APART, What.PLACE_AT_OPENING)
    sought = (
        (Opening.id, {one.ids[-1] for one in supposed if one.what in of_openings}),
        (
            Opening.mentor_id,
            {one.ids[0] for one in supposed if one.what in (What.WITHOUT_MENTOR, What.PLACE_OF_MENTOR)},
        ),
        (Opening.study_id, {one.ids[0] for one in supposed if one.what is What.PLACE_IN_STUDY}),
    )
    here = Opening.id.in_(places)
    found = select(func.count()).where(PlacementRequest.id.in_(requests), is_in_run(run.id))
    return session.scalar(found) == len(requests) and all(
        session.scalar(select(func.count(column.distinct())).where(here, column.in_(ids))) == len(ids)
        for column, ids in sought
        if ids
    )


def note_answer(session: Session, question_id: int, answer: dict[str, Any], now: datetime) -> None:
    question = session.get_one(RunQuestion, question_id)
    question.state, question.answer, question.answered_at, question.complaint = QuestionState.ANSWERED, answer, now, ""


def note_failure(session: Session, question_id: int, complaint: str, now: datetime) -> None:
    question = session.get_one(RunQuestion, question_id)
    question.state, question.complaint, question.answered_at = QuestionState.FAILED, complaint, now
