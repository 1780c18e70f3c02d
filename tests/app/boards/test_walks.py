"""Whatever leads and boards do with a learner's credit in whatever order, nothing is lost and nothing counts twice."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from app.boards import service as boards
from app.boards.deciding import decide
from app.boards.lists import list_of
from app.boards.service import Proposal
from app.language.dates_and_times import day_of
from app.language.refusal import Refused
from app.models.academic.boards import Board, BoardLine, BoardState
from app.models.base import Base
from app.models.operations.outbox import Message
from app.models.people import Person, Role
from app.models.programmes import CREDITS_A_LEVEL, CreditDecision, CreditOutcome, CreditVoid
from app.platform.occasion import Occasion
from app.progress import service as progress
from app.promises.credit.deciding import Learner
from app.rules.credit.counting import counting, credits_decided
from app.rules.credit.outcomes import Said
from app.rules.signing.canonical import digest_of
from tests.builders import Builder
from tests.conftest import NOON

TODAY = day_of(NOON)
OUTCOMES = (CreditOutcome.EARNED, CreditOutcome.FAILED)
STEPS = st.one_of(
    st.tuples(st.just("decide"), st.integers(0, 3), st.sampled_from(OUTCOMES)),
    st.tuples(st.just("void"), st.integers(0, 9)),
    st.tuples(st.just("make")),
    st.tuples(st.just("put on"), st.integers(0, 1), st.integers(0, 3)),
    st.tuples(st.just("propose"), st.integers(0, 5), st.sampled_from(OUTCOMES)),
    st.tuples(st.just("meet"), st.integers(0, 1)),
    st.tuples(st.just("call off"), st.integers(0, 1)),
)


@pytest.fixture(scope="module")
def ground() -> Engine:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    return engine


class Walk:
    """One learner with four modules of which not all fit into the level, a lead, and what boards she makes."""

    def __init__(self, session: Session) -> None:
        self.session, build = session, Builder(session, NOON)
        self.programme = build.programme()
        self.programme.modules[3].credits = 30
        self.lead = build.person()
        build.grant(self.lead, Role.PROGRAMME_LEAD, provider=self.programme.provider)
        learner = build.learner()
        self.learner = Learner(build.enrolment(learner, self.programme), learner)
        self.frozen: dict[int, tuple[str, str]] = {}
        self.known: list[int] = []

    @property
    def occasion(self) -> Occasion:
        return Occasion(self.lead, TODAY, NOON, "home")

    def step(self, deed: str, *rest: object) -> None:
        before = self.standing()
        try:
            with self.session.begin_nested():
                getattr(self, deed.replace(" ", "_"))(*rest)
        except Refused:
            self.session.expire_all()
            assert self.standing() == before, "what is refused changes nothing"
        self.check()

    def decide(self, at: int, outcome: CreditOutcome) -> None:
        module = self.programme.modules[at]
        said = Said(outcome, None, "Why.", "All the same.", "The marks.")
        progress.decide_credit(self.session, self.occasion, self.learner, module, said, TODAY, "here", is_sure=True)

    def void(self, at: int) -> None:
        decisions = self.learner.enrolment.decisions
        if at < len(decisions):
            progress.make_void(self.session, self.occasion, self.learner, decisions[at], "Wrong.", "here", is_sure=True)

    def make(self) -> None:
        said = boards.SaidBoard("A board", TODAY, "B", (), ("Prof E. External",))
        boards.make_board(self.session, self.occasion, self.programme.provider, said, [], is_sure=True)

    def put_on(self, which: int, at: int) -> None:
        for board in self.boards(which):
            there = select(BoardLine.id).where(
                BoardLine.board_id == board.id, BoardLine.module_id == self.programme.modules[at].id
            )
            if self.session.scalar(there) is None:
                module = self.programme.modules[at]
                boards.put_on(self.session, self.occasion, board, [(self.learner.enrolment, module)])

    def propose(self, at: int, outcome: CreditOutcome) -> None:
        lines = self.session.scalars(select(BoardLine).order_by(BoardLine.id)).all()
        for line in lines[at : at + 1]:
            proposal = Proposal(outcome, None, "Why.", "All the same.")
            person = self.learner.person
            boards.prepare(self.session, self.occasion, line.board, line, person, proposal, is_sure=True)

    def meet(self, which: int) -> None:
        for board in self.boards(which):
            read = list_of(self.session, board, self.lead, TODAY)
            is_offered = board.is_preparing and read.can_be_decided
            try:
                decide(self.session, self.occasion, board, read.digest, "here")
            except Refused as refused:
                if is_offered:
                    raise AssertionError("what a page offers can be done") from refused
                raise

    def call_off(self, which: int) -> None:
        for board in self.boards(which):
            boards.call_off(self.session, self.occasion, board, "Too few.", is_sure=True)

    def boards(self, which: int) -> Iterator[Board]:
        yield from self.session.scalars(select(Board).order_by(Board.id)).all()[which : which + 1]

    def standing(self) -> list[tuple[int, int, bool]]:
        self.session.flush()
        return [(one.id, one.credits, one.stands) for one in self.learner.enrolment.decisions]

    def check(self) -> None:
        self.session.flush()
        self.session.expire_all()
        decisions = self.learner.enrolment.decisions
        assert credits_decided(decisions) <= CREDITS_A_LEVEL
        assert [one.id for one in decisions][: len(self.known)] == self.known, "no decision is lost"
        self.known = [one.id for one in decisions]
        for one in counting(decisions).values():
            assert all(later.void for later in decisions if later.module_id == one.module_id and later.id > one.id)
        for board in self.session.scalars(select(Board).where(Board.state == BoardState.DECIDED)):
            assert self.frozen.setdefault(board.id, (board.decided, board.digest)) == (board.decided, board.digest)
            assert digest_of(board.decided) == board.digest
            made = [line["decision"] for line in json.loads(board.decided)["lines"]]
            assert set(made) <= set(self.known)
        voids = len(self.session.scalars(select(CreditVoid)).all())
        by_boards = sum(len(json.loads(decided)["lines"]) for decided, _ in self.frozen.values())
        mails = len(self.session.scalars(select(Message)).all())
        assert mails == len(self.known) - by_boards + len(self.frozen) + voids, "each decision is told once"


@settings(max_examples=60)
@given(st.lists(STEPS, max_size=24))
def test_no_way_of_deciding_gives_too_much_loses_anything_or_changes_what_is_frozen(ground, steps):
    with Session(ground) as session:
        walk = Walk(session)
        for step in steps:
            walk.step(*step)
        session.rollback()


def test_a_walk_through_every_deed_decides_by_a_board_and_takes_it_back(ground):
    with Session(ground) as session:
        walk = Walk(session)
        for step in (
            ("make",),
            ("put on", 0, 1),
            ("put on", 0, 3),
            ("propose", 0, CreditOutcome.EARNED),
            ("propose", 1, CreditOutcome.EARNED),
            ("meet", 0),
            ("void", 0),
            ("decide", 1, CreditOutcome.EARNED),
        ):
            walk.step(*step)
        assert len(walk.frozen) == 1
        assert credits_decided(walk.learner.enrolment.decisions) == 45
        assert isinstance(walk.lead, Person)
        assert session.scalars(select(CreditDecision.outcome)).all() == [CreditOutcome.EARNED] * 3
        session.rollback()
