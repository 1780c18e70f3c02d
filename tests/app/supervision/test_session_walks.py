"""Whatever learner and mentor do with sessions in whatever order: what counts was said by both, and counts once."""

import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_of
from app.language.refusal import Refused
from app.models.hours import HoursCategory
from app.models.meetings.planned import PlannedSession, PlanState
from app.models.operations.state_changes import StateChange
from app.models.placements import Placement
from app.models.supervision import SessionForm, SessionState, SupervisionSession
from app.platform.occasion import Occasion
from app.rules.record_totals import summary_of
from app.supervision.answering import confirm_session, question_session, withdraw_session
from app.supervision.planning.service import NewPlan, cancel_plan, change_plan, plan_session
from app.supervision.service import NewSession, correct_session, log_session

DEEDS = ("plan", "move", "cancel", "record", "log", "correct", "confirm", "question", "withdraw")


@dataclass
class Walk:
    """What two people do to the sessions of one placement."""

    session: Session
    placement: Placement
    now: datetime
    steps: int = 0

    def step(self, by_learner, deed, which):
        self.steps += 1
        self.now += timedelta(hours=1)
        actor = self.placement.learner if by_learner else self.placement.mentor
        try:
            with self.session.begin_nested():
                getattr(self, deed)(actor, which)
        except Refused:
            self.session.expire_all()

    def occasion(self, actor):
        return Occasion(actor, day_of(self.now), self.now, "")

    def one_of(self, model, which):
        rows = self.session.scalars(
            select(model).where(model.placement_id == self.placement.id).order_by(model.id)
        ).all()
        if not rows:
            raise Refused("There is none.")
        return rows[which % len(rows)]

    def new_plan(self):
        return NewPlan(self.now + timedelta(minutes=30), 60, SessionForm.VIDEO, "", f"Agenda {self.steps}")

    def new_session(self):
        return NewSession(day_of(self.now), 30 + self.steps, SessionForm.VIDEO, "Consent.", f"walk {self.steps:016}")

    def said(self):
        return {"is_sure": True, "now": self.now, "today": day_of(self.now)}

    def plan(self, actor, which):
        plan_session(self.session, self.occasion(actor), self.placement, self.new_plan(), lambda p: "", is_sure=True)

    def move(self, actor, which):
        plan = self.one_of(PlannedSession, which)
        change_plan(self.session, self.occasion(actor), plan, self.new_plan(), "", is_sure=True)

    def cancel(self, actor, which):
        cancel_plan(self.session, self.occasion(actor), self.one_of(PlannedSession, which), "", "", is_sure=True)

    def record(self, actor, which):
        plan = self.one_of(PlannedSession, which)
        log_session(self.session, actor, self.placement, self.new_session(), lambda m: "", plan=plan, **self.said())

    def log(self, actor, which):
        log_session(self.session, actor, self.placement, self.new_session(), lambda m: "", **self.said())

    def correct(self, actor, which):
        meeting = self.one_of(SupervisionSession, which)
        correct_session(self.session, actor, meeting, self.new_session(), lambda m: "", **self.said())

    def confirm(self, actor, which):
        confirm_session(self.session, actor, self.one_of(SupervisionSession, which), [], self.now)

    def question(self, actor, which):
        question_session(
            self.session, actor, self.one_of(SupervisionSession, which), "It was shorter.", "", **self.said()
        )

    def withdraw(self, actor, which):
        withdraw_session(self.session, actor, self.one_of(SupervisionSession, which), "A slip.", **self.said())

    def check(self):
        session, placement = self.session, self.placement
        session.flush()
        rows = session.scalars(select(SupervisionSession).where(SupervisionSession.placement_id == placement.id)).all()
        changes = session.scalars(select(StateChange).order_by(StateChange.id)).all()
        story = {
            row.id: [c for c in changes if (c.subject_type, c.subject_id) == ("SupervisionSession", row.id)]
            for row in rows
        }
        counting = [row for row in rows if row.state is SessionState.CONFIRMED]
        assert summary_of(session, placement).minutes[HoursCategory.SUPERVISION] == sum(r.minutes for r in counting)
        for row in rows:
            moves = story[row.id]
            assert [move.number for move in moves] == list(range(1, len(moves) + 1))
            assert row.state.value == (moves[-1].state_after if moves else "to confirm")
            assert all(before.state_after == after.state_before for before, after in itertools.pairwise(moves))
        for row in counting:
            assert [m.actor_id for m in story[row.id] if m.deed == "confirmed a session"] == [row.answerer.id]
            assert row.answerer.id != row.logged_by_id
        replaced = {row.corrects_id for row in rows if row.corrects_id}
        assert all(row.state is SessionState.WITHDRAWN for row in rows if row.id in replaced)
        plans = session.scalars(select(PlannedSession).where(PlannedSession.placement_id == placement.id)).all()
        assert all((plan.state is PlanState.RECORDED) == (plan.recorded_as_id is not None) for plan in plans)
        recorded = [plan.recorded_as_id for plan in plans if plan.recorded_as_id]
        assert len(recorded) == len(set(recorded))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from(DEEDS), st.integers(0, 3)), min_size=1, max_size=14))
def test_what_counts_was_said_by_both_and_counts_once(build, session, now, deeds):
    with session.begin_nested() as undone:
        walk = Walk(session, build.placement(), now)
        for by_learner, deed, which in deeds:
            walk.step(by_learner, deed, which)
            walk.check()
        undone.rollback()
    assert session.scalar(select(func.count()).select_from(SupervisionSession)) == 0
