"""Whatever learner and mentor do with hours in whatever order: what is verified is what was read, and counts once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.hours.approval.deciding import decide_lines
from app.hours.approval.periods import periods_of
from app.hours.approval.queries import drafts_of
from app.hours.approval.submitting import keep_returned, submit_period
from app.hours.service import NewEntry, correct_hours, log_hours, withdraw_hours
from app.language.dates_and_times import day_of
from app.language.refusal import Refused
from app.models.hours import HoursCategory, HoursEntry, HoursState
from app.models.placements import Placement
from app.platform.lifecycle import Party, stories_of
from app.platform.occasion import Occasion
from app.promises.course.hours import reopen
from app.rules.record_totals import summary_of

DEEDS = ("log", "correct", "withdraw", "submit", "keep", "verify", "give_back", "reopen")


@dataclass
class Walk:
    """What two people do to the hours of one placement."""

    session: Session
    placement: Placement
    now: datetime
    steps: int = 0

    def step(self, deed, which):
        self.steps += 1
        self.now += timedelta(minutes=1)
        try:
            with self.session.begin_nested():
                getattr(self, deed)(which)
        except Refused:
            self.session.expire_all()

    def occasion(self, actor):
        return Occasion(actor, day_of(self.now), self.now, "")

    def entries(self):
        rows = select(HoursEntry).where(HoursEntry.placement_id == self.placement.id).order_by(HoursEntry.id)
        return self.session.scalars(rows).all()

    def one_of(self, which):
        rows = self.entries()
        if not rows:
            raise Refused("There is none.")
        return rows[which % len(rows)]

    def new(self):
        key = f"walk {self.placement.id} {self.steps}"
        return NewEntry(day_of(self.now), HoursCategory.TEACHING, 15, f"Step {self.steps}.", "", key)

    def given(self):
        return {"is_sure": True, "now": self.now, "today": day_of(self.now)}

    def log(self, which):
        log_hours(self.session, self.placement.learner, self.placement, self.new(), **self.given())

    def correct(self, which):
        correct_hours(self.session, self.placement.learner, self.one_of(which), self.new(), **self.given())

    def withdraw(self, which):
        withdraw_hours(self.session, self.placement.learner, self.one_of(which), self.now)

    def submit(self, which):
        for period in periods_of(drafts_of(self.session, self.placement))[:1]:
            submit_period(self.session, self.occasion(self.placement.learner), self.placement, period, "")

    def keep(self, which):
        keep_returned(self.session, self.occasion(self.placement.learner), self.one_of(which), "So.", is_sure=True)

    def verify(self, which):
        self.decide({self.one_of(which).id}, {})

    def give_back(self, which):
        self.decide((), {self.one_of(which).id: "No."})

    def decide(self, verified, returned):
        by = self.occasion(self.placement.mentor)
        decide_lines(self.session, by, self.placement, verified, returned, "", is_sure=True)

    def reopen(self, which):
        by = self.occasion(self.placement.mentor)
        reopen(self.session, by, self.one_of(which), Party.MENTOR, "So.", "", is_sure=True)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 9)), max_size=20))
def test_whatever_they_do_what_is_verified_is_what_was_read_and_each_counts_once(session, build, now, steps):
    walk = Walk(session, build.placement(), now)
    for deed, which in steps:
        walk.step(deed, which)
    session.flush()
    session.expire_all()
    entries = walk.entries()
    stories = stories_of(session, entries)
    for entry in entries:
        story = stories[entry.id]
        assert [one.number for one in story] == list(range(1, len(story) + 1))
        assert (entry.state is HoursState.WITHDRAWN) == (entry.withdrawn_at is not None)
        assert entry.stands_as_verified == (entry.state is HoursState.VERIFIED)
        if entry.state is HoursState.VERIFIED:
            assert (story[-1].deed, story[-1].actor_id) == ("verified hours", walk.placement.mentor_id)
        if story:
            assert story[-1].state_after == entry.state.value
    summary = summary_of(session, walk.placement)
    assert summary.total_minutes == sum(one.minutes for one in entries if one.counts)
    assert summary.total_minutes + summary.draft_minutes == sum(one.minutes for one in entries if not one.withdrawn_at)
