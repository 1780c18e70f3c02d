"""Plays what the placed learners of the demo had ready before they started, and what of it runs out by now."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.demo.playing.course.record import LATE_STARTERS
from app.models.course.readiness import Cover, Need, NeedKind
from app.models.people import Person
from app.models.placements import Placement
from app.models.values.access_papers import Employment
from app.platform.db import transaction
from app.platform.occasion import Occasion
from app.readiness.service import Evidence, check, enter, make_exception, say_paper
from app.rules.coordinators import coordinators_of_network
from app.rules.readiness.missing import needs_of
from app.rules.readiness.site_rules import SiteRule, months_after

Clock = Callable[[date], AbstractContextManager[datetime]]
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
KINDS = 5  # of what can be seen today: all in place, training that runs out, a paper to check, an exception, all again


def play_readiness(placement_ids: Sequence[int], day: date, today: date, clock: Clock) -> None:
    """Let all be in place by the first day of each placement; `day` is when learners enter what they have."""
    for number, id_ in enumerate(placement_ids):
        with clock(day) as now, transaction() as session:
            placement = session.get_one(Placement, id_)
            OneList(session, placement, number, day, now, today).play_before()
            starts_on = placement.starts_on
        with clock(starts_on) as now, transaction() as session:
            placement = session.get_one(Placement, id_)
            OneList(session, placement, number, starts_on, now, today).play_first_day()
        if number % KINDS == 2 and not is_late(number):
            with clock(today - DAY) as now, transaction() as session:
                placement = session.get_one(Placement, id_)
                OneList(session, placement, number, today - DAY, now, today).play_newer_paper()


def is_late(number: int) -> bool:
    """True of those who have stopped recording: theirs has lapsed without anybody seeing to it."""
    return number % LATE_STARTERS == LATE_STARTERS - 1


class OneList:
    """The list of one placement on one day of the demo's past."""

    def __init__(
        self, session: Session, placement: Placement, number: int, day: date, now: datetime, today: date
    ) -> None:
        self.session, self.placement, self.number = session, placement, number
        self.day, self.now, self.today = day, now, today
        self.needs = {need.kind: need for need in needs_of(session, placement)}
        self.coordinator = coordinators_of_network(session, placement.opening.network_id)[0]

    def play_before(self) -> None:
        """What learners have entered, and others have seen, some weeks before."""
        mentor, learner = self.placement.mentor, self.placement.learner
        access = self.needs[NeedKind.ACCESS]
        if access.is_undecided:
            say_paper(self.session, access, Employment.OTHER, self.number % 2 == 0, self.by(mentor))
        if access.is_needed:
            check(self.session, self.enters(learner, access, self.day, self.end_of_paper()), self.by(mentor))
        training = self.needs[NeedKind.GCP]
        check(self.session, self.enters(learner, training, self.day_of_training()), self.by(mentor))
        if self.number % KINDS == 3:
            self.excepts_release()
        else:
            self.enters(self.coordinator, self.needs[NeedKind.RELEASE], self.day)

    def excepts_release(self) -> None:
        until = min(self.today + 4 * DAY, self.placement.ends_on)
        reason = "The employer has agreed by word of mouth; the letter is on its way."
        release = self.needs[NeedKind.RELEASE]
        make_exception(self.session, release, until, reason, is_sure=True, occasion=self.by(self.coordinator))

    def play_first_day(self) -> None:
        """The investigator signs the log before the first task."""
        self.enters(self.placement.mentor, self.needs[NeedKind.DELEGATION], self.day)

    def play_newer_paper(self) -> None:
        """Who works there needs none; anybody else has entered the paper that follows, which waits to be checked."""
        access = self.needs[NeedKind.ACCESS]
        if access.is_needed:
            self.enters(self.placement.learner, access, self.today, self.placement.ends_on)

    def end_of_paper(self) -> date:
        return self.today + 10 * DAY if self.number % KINDS == 2 else self.placement.ends_on

    def day_of_training(self) -> date:
        """A year ago, or so long ago that it runs out three weeks from today, or ran out five weeks ago."""
        counts_for = -SiteRule().gcp_months
        if is_late(self.number):
            return months_after(self.today - 5 * WEEK, counts_for)
        if self.number % KINDS == 1:
            return months_after(self.today + 3 * WEEK, counts_for)
        return months_after(self.day, -12)

    def enters(self, who: Person, need: Need, first: date, last: date | None = None) -> Cover:
        return enter(self.session, need, Evidence(first, last), is_sure=True, occasion=self.by(who))

    def by(self, who: Person) -> Occasion:
        return Occasion(who, self.day, self.now, "")
