"""A lead makes a board, prepares its list and records what it decided; the learner reads it from her own page."""

import re

import pytest
from sqlalchemy import select

from app.models.academic.boards import Board, BoardState
from app.models.people import Role
from app.models.programmes import CreditDecision, CreditOutcome
from tests.builders import Builder
from tests.journeys.conftest import Arrives
from tests.journeys.live import Service
from tests.journeys.small_world import LEARNER, PASSWORD, let_in
from tests.journeys.visitor import Visitor

LEAD = "lead@nowhere.example"
BOARD = "Summer board"


@pytest.mark.parametrize(("width", "with_scripts"), [(1280, True), (390, False)])
def test_a_board_is_prepared_decides_and_its_learner_reads_it(
    service: Service, arrives: Arrives, width: int, with_scripts: bool
) -> None:
    with service.records() as session:
        build = Builder(session, service.now)
        programme = build.programme()
        learner, lead = build.learner(name="The Learner"), build.person(name="The Lead")
        build.enrolment(learner, programme)
        build.grant(lead, Role.PROGRAMME_LEAD, provider=programme.provider)
        let_in(learner, LEARNER)
        let_in(lead, LEAD)
    visitor = arrives(service, width, with_scripts=with_scripts)
    visitor.signs_in(LEAD, PASSWORD)
    makes_a_board(visitor)
    proposes(visitor)
    records(visitor)
    reads_it(arrives(service, width, with_scripts=with_scripts))
    with service.records() as session:
        assert session.scalars(select(Board.state)).all() == [BoardState.DECIDED]
        assert session.scalars(select(CreditDecision.outcome)).all() == [CreditOutcome.RESUBMISSION]


def makes_a_board(lead: Visitor) -> None:
    lead.goes_by_menu("Progress")
    lead.follows("Boards of credit")
    lead.is_on("Boards of credit")
    lead.follows("Make a board")
    lead.is_on("Make a board")
    lead.writes("Name of the board", BOARD)
    lead.dates("When does it meet?", 3, 3, 2026)
    lead.writes("Board reference", "BoE 2026/1")
    lead.writes("Members from elsewhere", "Prof E. External")
    lead.presses("Save the board")
    lead.is_on(BOARD)
    lead.reads("Nobody is on the list yet.")


def proposes(lead: Visitor) -> None:
    lead.follows("Put learners on the list")
    lead.is_on(f"Put learners on the list of {BOARD}")
    lead.page.get_by_role("checkbox").first.check()
    lead.presses("Put them on the list")
    lead.is_on(BOARD)
    lead.follows(re.compile("^Propose"))
    lead.is_on("What is proposed about The Learner?")
    lead.chooses("Something has to be submitted again, by a day")
    lead.dates("Until which day?", 2, 5, 2026)
    lead.writes("What should the learner know?", "Add a page on who may see the data.")
    lead.presses("Save the proposal")
    lead.is_on(BOARD)


def records(lead: Visitor) -> None:
    lead.follows("Record what the board decided")
    lead.is_on(f"Record what {BOARD} decided")
    lead.presses("Record all of them")
    lead.is_on(BOARD)
    lead.reads("1 decision of 3 March 2026 recorded, and the list is frozen.")
    lead.follows("Print")
    lead.is_on(BOARD)
    lead.reads("The list as it was decided, with what came later beside it.")


def reads_it(learner: Visitor) -> None:
    learner.signs_in(LEARNER, PASSWORD)
    learner.follows("Submit again for Online module 1")
    learner.is_on("Decisions about my credit")
    learner.reads("To be submitted again by 2 May 2026")
    learner.reads("Add a page on who may see the data.")
