"""What the pages of questions share: the run that is asked, the asking, and the wait for an answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, url_for

from app.models.runs import QuestionKind, QuestionState, Run, RunQuestion, RunState
from app.platform.clock import now
from app.platform.db import db
from app.platform.jobs import enqueue, standing_of
from app.rounds.questions import service
from app.rounds.questions.jobs import answer_questions
from app.rounds.questions.queries import latest_of, question_in
from app.rounds.questions.supposed import Supposed
from app.rounds.runs.queries import run_of
from app.web.access import Permission, found, requires, signed_in
from app.web.htmx import answer, go_to, page_shown, wants_part

blueprint = Blueprint("questions", __name__)
PAGES: Mapping[QuestionKind, str] = {
    QuestionKind.PINS: "rounds.questions.pins",
    QuestionKind.SHORTAGES: "rounds.questions.shortages",
}


@blueprint.get("/runs/<int:run_id>/questions/<int:question_id>/progress")
@requires(Permission.RUN_ROUNDS)
def progress(run_id: int, question_id: int) -> Response:
    """Until there is an answer: then the page that waits for it is shown afresh."""
    run = solved_reached(run_id)
    question = found(question_in(db.session(), run, question_id))
    if question.state is QuestionState.WAITING and wants_part():
        part = "rounds/questions/_waiting.html"
        return answer(part, part, run=run, **waiting_for(question), here=address_of(question))
    return go_to(page_shown() if wants_part() else address_of(question))


def solved_reached(run_id: int) -> Run:
    """A solved run that this coordinator reaches; there is nothing to ask of any other."""
    run: Run = found(run_of(db.session(), signed_in(), run_id))
    return run if run.state is RunState.SOLVED else found(None)


def ask(run: Run, kind: QuestionKind, supposed: Sequence[Supposed] = (), request_id: int | None = None) -> RunQuestion:
    """Ask, and have it answered; raises Refused."""
    question, is_new = service.ask(db.session(), signed_in(), now(), run, kind, supposed, request_id)
    db.session().flush()
    if is_new:
        enqueue(answer_questions, run.id)
    return question


def asked(run: Run, kind: QuestionKind, request_id: int | None = None) -> dict[str, Any]:
    """What a page shows of the latest question of a kind: the question, its answer, how long it may take."""
    question = latest_of(db.session(), run, kind, request_id)
    return {"run": run, "is_proved": service.is_proved(run), **waiting_for(question)}


def waiting_for(question: RunQuestion | None) -> dict[str, Any]:
    """The question, and where its job stands while nobody has answered it."""
    waits = question is not None and question.state is QuestionState.WAITING
    return {
        "question": question,
        "standing": standing_of(answer_questions, question.run_id) if question and waits else None,
        "is_answered": question is not None and question.state is QuestionState.ANSWERED,
    }


def address_of(question: RunQuestion) -> str:
    """The page that shows the answer."""
    if question.kind is QuestionKind.EXPLANATION:
        return url_for("rounds.questions.one_learner", run_id=question.run_id, request_id=question.request_id)
    if question.kind is QuestionKind.WHAT_IF:
        return url_for("rounds.questions.show", run_id=question.run_id, question_id=question.id)
    return url_for(PAGES[question.kind], run_id=question.run_id)
