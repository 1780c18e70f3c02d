"""Plays credit in the demo: a board that decided some weeks ago, and one that is prepared."""

from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.boards import service
from app.boards.deciding import decide
from app.boards.lists import list_of
from app.boards.queries import Filters, candidates
from app.boards.service import Proposal, SaidBoard
from app.demo.playing.accounts import address_of
from app.demo.playing.days import acting, as_done_by
from app.models.academic.boards import Board
from app.models.people import Person, Role
from app.models.programmes import CreditOutcome, Enrolment, Module, ModuleKind
from app.platform.occasion import Occasion
from app.rules.academic.supervisors import supervisors_at
from app.web.addresses import full_address

ON_A_LIST = 6
OUTSIDE = ("Prof Edith External",)
EARNED = Proposal(CreditOutcome.EARNED)
OUTCOMES = (
    EARNED,
    EARNED,
    Proposal(
        CreditOutcome.RESUBMISSION,
        words="The essay on governance leaves out who may see the data. Add a page on it; the rest can stay.",
    ),
    EARNED,
)


def play_boards(app: Flask, today: date) -> None:
    """Of the university of the demo's programme lead."""
    decided_on = today - timedelta(weeks=3)
    with acting(app, decided_on - timedelta(days=5)) as (session, occasion):
        board_id = prepared(session, occasion, "First", decided_on, len(OUTCOMES)).id
    with acting(app, decided_on) as (session, occasion):
        lead, board = lead_in(session), session.get_one(Board, board_id)
        read = list_of(session, board, lead, decided_on)
        if read.can_be_decided:
            decide(session, as_done_by(occasion, lead), board, read.digest, full_address("boards.mine"))
    with acting(app, today - timedelta(days=2)) as (session, occasion):
        prepared(session, occasion, "Second", today + timedelta(days=9), ON_A_LIST)


def lead_in(session: Session) -> Person:
    return session.scalars(select(Person).where(Person.email == address_of("lead"))).one()


def prepared(session: Session, occasion: Occasion, name: str, meets_on: date, number: int) -> Board:
    """A board with so many learners on its list, and something proposed about most of them."""
    lead = lead_in(session)
    by_lead = as_done_by(occasion, lead)
    provider = next(one.provider for one in lead.grants if one.role is Role.PROGRAMME_LEAD and one.provider)
    members = [lead, *supervisors_at(session, [provider.id])[:1]]
    ids = tuple(dict.fromkeys(one.id for one in members))
    said = SaidBoard(f"{name} board of examiners", meets_on, f"BoE {meets_on:%Y/%m}", ids, OUTSIDE)
    board = service.make_board(session, by_lead, provider, said, members, is_sure=True)
    session.flush()
    service.put_on(session, by_lead, board, with_online_modules(session, board, by_lead.today)[:number])
    for line, proposal in zip(list_of(session, board, lead, by_lead.today).lines, OUTCOMES, strict=False):
        until_on = meets_on + timedelta(weeks=6) if proposal.outcome.has_day else None
        said_now = Proposal(proposal.outcome, until_on, proposal.words)
        service.prepare(session, by_lead, board, line.line, line.learner, said_now, is_sure=True)
    return board


def with_online_modules(session: Session, board: Board, today: date) -> list[tuple[Enrolment, Module]]:
    """Learners who had enrolled by the day of the board, with an online module each."""
    found = candidates(session, board, Filters(), today, 1).rows
    online = {
        enrolment.id: (enrolment, module)
        for enrolment, _, module in found
        if module.kind is ModuleKind.TAUGHT and enrolment.started_on <= today
    }
    return list(online.values())
