"""The jobs that answer: all open questions of a run, which is read once for them, and after publishing every offer."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.operations.jobs import Lane
from app.models.placements import Offer
from app.models.requests import RankedOpening
from app.models.runs import Proposal, QuestionKind, QuestionState, Run, RunQuestion
from app.phrasebook.jobs import GIVEN_UP
from app.platform.clock import now
from app.platform.db import transaction, write_patiently
from app.platform.jobs import enqueue, job
from app.rounds.questions.answers import Facts, answer_to, explanation_of
from app.rounds.questions.service import DOES_NOT_FIT, TOO_LONG, is_proved, note_answer, note_failure
from app.rounds.questions.solved_run import SolvedRun, read_run
from app.web.paging import in_parts
from matching import BadProblem, OutOfTime

OFFERS_AT_ONCE, OFFERS_A_JOB = 20, 200
SECONDS_FOR_AN_ANSWER = 300  # others wait behind it
NOTHING_KNOWN: Facts = {"without": None, "alternatives": [], "more": 0}
LISTED = "listed"  # what the service asks by itself is only about the learner's list


@job("answer questions to a run", Lane.SECONDS)
def answer_questions(run_id: int) -> None:
    """Answer what waits of a run, and what is asked meanwhile; each answer can be read as soon as it is there."""
    question = next_waiting(run_id)
    if question is None:
        return
    solved = read_patiently(run_id)
    while question is not None:
        answer(solved, question)
        question = next_waiting(run_id)


@answer_questions.when_given_up
def fail_those_that_wait(session: Session, now: datetime, run_id: int) -> None:
    waiting = (RunQuestion.run_id == run_id, RunQuestion.state == QuestionState.WAITING)
    given_up = {"state": QuestionState.FAILED, "complaint": GIVEN_UP, "answered_at": now}
    session.execute(update(RunQuestion).where(*waiting).values(**given_up))


@answer_questions.when_asked_again
def let_them_wait_again(session: Session, now: datetime, run_id: int) -> None:
    failed = (
        RunQuestion.run_id == run_id,
        RunQuestion.state == QuestionState.FAILED,
        RunQuestion.complaint == GIVEN_UP,
    )
    again = {"state": QuestionState.WAITING, "complaint": "", "answered_at": None}
    session.execute(update(RunQuestion).where(*failed).values(**again))


@job("explain offers", Lane.LONG)
def explain_offers(run_id: int) -> None:
    """Work out for each offer of a published run what every opening higher on its learner's list would have cost.

    Some are written at a time, so that one begun again goes on where it was; and what is left after many is another
    job, so that a run which waits meanwhile has its turn.
    """
    requests = offers_to_explain(run_id)
    if not requests:
        return
    solved = read_patiently(run_id)
    for some in in_parts(requests[:OFFERS_A_JOB], OFFERS_AT_ONCE):
        found = {request_id: explanation_in_time(solved, request_id) for request_id in some}
        write_patiently(lambda session, found=found: keep_explanations(session, run_id, found))  # type: ignore[misc]
    if len(requests) > OFFERS_A_JOB:
        write_patiently(lambda session: enqueue(explain_offers, run_id))


def explanation_in_time(solved: SolvedRun, request_id: int) -> Facts:
    """What is known in time of the openings higher on her list; nothing of them where not even one is."""
    solved.limit.begin(SECONDS_FOR_AN_ANSWER)
    try:
        return explanation_of(solved, request_id, only_listed=True)
    except OutOfTime:
        return NOTHING_KNOWN


def next_waiting(run_id: int) -> RunQuestion | None:
    """The question that has waited longest."""
    with transaction(writing=False) as session:
        waiting = (RunQuestion.run_id == run_id, RunQuestion.state == QuestionState.WAITING)
        question = session.scalar(select(RunQuestion).where(*waiting).order_by(RunQuestion.id).limit(1))
        if question is not None:
            session.expunge(question)
        return question


def read_patiently(run_id: int) -> SolvedRun:
    """What the run kept, read outside of any transaction that others wait for."""
    with transaction(writing=False) as session:
        return read_run(session, session.get_one(Run, run_id))


def answer(solved: SolvedRun, question: RunQuestion) -> None:
    solved.limit.begin(SECONDS_FOR_AN_ANSWER)
    try:
        found = answer_to(solved, question.kind, question.asked, question.request_id)
    except (BadProblem, OutOfTime, Refused) as refusal:
        complaint = complaint_of(refusal)
        write_patiently(lambda session: note_failure(session, question.id, complaint, now()))
    else:
        write_patiently(lambda session: note_answer(session, question.id, found, now()))


def complaint_of(refusal: BadProblem | OutOfTime | Refused) -> str:
    """Why there is no answer, for whoever asked."""
    if isinstance(refusal, OutOfTime):
        return TOO_LONG
    return refusal.message if isinstance(refusal, Refused) else DOES_NOT_FIT


def offers_to_explain(run_id: int) -> list[int]:
    """The requests with an offer that have something higher on their list, and nothing explained yet."""
    with transaction(writing=False) as session:
        run = session.get_one(Run, run_id)
        if not is_proved(run):
            return []
        explained = select(RunQuestion.request_id).where(
            RunQuestion.run_id == run_id,
            RunQuestion.kind == QuestionKind.EXPLANATION,
            RunQuestion.state == QuestionState.ANSWERED,
        )
        wished_for = select(RankedOpening.request_id)
        offered = (
            select(Offer.request_id)
            .join(Proposal, Offer.proposal_id == Proposal.id)
            .where(
                Proposal.run_id == run_id,
                Proposal.rank.is_distinct_from(1),
                Proposal.is_pinned.is_(False),
                Offer.request_id.in_(wished_for),
                Offer.request_id.not_in(explained),
            )
        )
        return list(session.scalars(offered.order_by(Offer.request_id)))


def keep_explanations(session: Session, run_id: int, found: dict[int, Facts]) -> None:
    session.add_all(explanations(run_id, found, now()))


def explanations(run_id: int, found: dict[int, dict[str, Any]], now: datetime) -> Iterator[RunQuestion]:
    """What the service asked by itself, answered."""
    for request_id, facts in found.items():
        yield RunQuestion(
            run_id=run_id,
            kind=QuestionKind.EXPLANATION,
            request_id=request_id,
            asked=[LISTED],
            state=QuestionState.ANSWERED,
            answer=facts,
            asked_at=now,
            answered_at=now,
        )
