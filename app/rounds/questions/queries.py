"""Loaders of questions to a run, and what of the run can be asked about."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload, undefer
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.models.people import Person
from app.models.requests import PlacementRequest
from app.models.runs import Proposal, QuestionKind, Run, RunQuestion, UnplacedRequest
from app.models.studies import Opening, Study
from app.rounds.questions.solved_run import is_in_run
from app.rules.fit import all_of_a_request
from app.rules.search import named
from app.web.paging import Page, page_of

MATCHES_SHOWN = 10


def question_in(session: Session, run: Run, question_id: int) -> RunQuestion | None:
    """A question to this run, with its answer."""
    statement = select(RunQuestion).where(RunQuestion.id == question_id, RunQuestion.run_id == run.id)
    return session.scalar(statement.options(undefer(RunQuestion.answer), joinedload(RunQuestion.asked_by)))


def latest_of(session: Session, run: Run, kind: QuestionKind, request_id: int | None = None) -> RunQuestion | None:
    """The latest question of a kind that a coordinator asked of the run, with its answer."""
    asked = (RunQuestion.run_id == run.id, RunQuestion.kind == kind, RunQuestion.request_id == request_id)
    statement = select(RunQuestion).where(*asked, RunQuestion.asked_by_id.is_not(None))
    statement = statement.order_by(RunQuestion.id.desc()).limit(1)
    return session.scalar(statement.options(undefer(RunQuestion.answer), joinedload(RunQuestion.asked_by)))


def what_ifs_of(session: Session, run: Run, page: int) -> Page:
    """A page of what was asked of the run with "what if", the newest first."""
    asked = (RunQuestion.run_id == run.id, RunQuestion.kind == QuestionKind.WHAT_IF)
    statement = select(RunQuestion).where(*asked).order_by(RunQuestion.id.desc())
    return page_of(session, statement.options(joinedload(RunQuestion.asked_by)), page)


def request_in_run(session: Session, run: Run, request_id: int) -> PlacementRequest | None:
    """A request that the run placed or could not place, also one that was withdrawn since."""
    statement = select(PlacementRequest).where(PlacementRequest.id == request_id, is_in_run(run.id))
    return session.scalar(statement.options(*all_of_a_request(), selectinload(PlacementRequest.ranked)))


def proposal_for(session: Session, run: Run, request: PlacementRequest) -> Proposal | None:
    """What the run proposed for a request."""
    opening = joinedload(Proposal.opening)
    return session.scalar(
        select(Proposal)
        .where(Proposal.run_id == run.id, Proposal.request_id == request.id)
        .options(
            opening.joinedload(Opening.mentor),
            opening.joinedload(Opening.study),
            opening.joinedload(Opening.organisation),
            opening.joinedload(Opening.network),
        )
    )


def unplaced_for(session: Session, run: Run, request: PlacementRequest) -> UnplacedRequest | None:
    """Why the run placed a request nowhere, where it did not."""
    of_it = (UnplacedRequest.run_id == run.id, UnplacedRequest.request_id == request.id)
    return session.scalar(select(UnplacedRequest).where(*of_it))


def learners_found(session: Session, run: Run, search: str) -> Sequence[PlacementRequest]:
    """A few requests of the run whose learner's name has each word of the search."""
    statement = (
        select(PlacementRequest)
        .join(PlacementRequest.learner)
        .where(is_in_run(run.id), named(Person.folded_name, search))
        .options(joinedload(PlacementRequest.learner).joinedload(Person.learner_profile))
        .order_by(Person.name, PlacementRequest.id)
    )
    return session.scalars(statement.limit(MATCHES_SHOWN)).all()


def openings_found(session: Session, run: Run, search: str) -> Sequence[Opening]:
    """A few openings of the run whose study or mentor has each word of the search."""
    places = [int(opening_id) for opening_id in run.outcome["places"]]
    statement = (
        select(Opening)
        .join(Opening.mentor)
        .join(Opening.study)
        .where(Opening.id.in_(places), named(Study.folded_name + " " + Person.folded_name, search))
        .options(joinedload(Opening.mentor), joinedload(Opening.study), joinedload(Opening.network))
        .order_by(Person.name, Opening.id)
    )
    return session.scalars(statement.limit(MATCHES_SHOWN)).all()


def openings_of_ids(session: Session, ids: Sequence[int], *, with_specialties: bool = False) -> dict[int, Opening]:
    """Openings by their ids, with what the pages of answers say of them."""
    statement = select(Opening).where(Opening.id.in_(ids)).options(*names_of_opening(with_specialties))
    return {one.id: one for one in session.scalars(statement)}


def names_of_opening(with_specialties: bool) -> tuple[_AbstractLoad, ...]:
    study = joinedload(Opening.study)
    named = study.selectinload(Study.specialties) if with_specialties else study
    return joinedload(Opening.mentor), named, joinedload(Opening.network)


def requests_of_ids(session: Session, ids: Sequence[int]) -> dict[int, PlacementRequest]:
    """Requests by their ids, with their learners."""
    statement = select(PlacementRequest).where(PlacementRequest.id.in_(ids))
    return {one.id: one for one in session.scalars(statement.options(joinedload(PlacementRequest.learner)))}


def openings_at(session: Session, run: Run, mentor_ids: Sequence[int], study_ids: Sequence[int]) -> Sequence[Opening]:
    """The openings of the run that are of one of these mentors or on one of these studies."""
    places = [int(opening_id) for opening_id in run.outcome["places"]]
    of_them = or_(Opening.mentor_id.in_(mentor_ids), Opening.study_id.in_(study_ids))
    statement = select(Opening).where(Opening.id.in_(places), of_them).order_by(Opening.id)
    return session.scalars(statement.options(*names_of_opening(with_specialties=True))).all()
