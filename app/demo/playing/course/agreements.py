"""Plays the learning agreements of the demo's placements: signed by all, by two, voided after a change, and none."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.agreements.service import begin, give, plan_hours, reopen, sign, write_objective, write_working
from app.agreements.starts import Start
from app.demo.content.agreements import agreements
from app.demo.playing.course.readiness import Clock
from app.models.course.agreements import Cadence, LearningAgreement
from app.models.hours import HoursCategory
from app.models.people import Person
from app.models.placements import Placement
from app.platform.db import transaction
from app.platform.occasion import Occasion
from app.rules.agreements.capabilities import wordings_now
from app.rules.agreements.kind import AGREEMENT, agreement_of
from app.rules.agreements.parts import supervisors_of

BY_ALL, BY_TWO, VOIDED, NONE = range(4)
KINDS = 4
OBJECTIVES = 3
HOURS = {
    HoursCategory.TEACHING: 15,
    HoursCategory.SUPERVISION: 12,
    HoursCategory.SELF_DIRECTED: 33,
    HoursCategory.WORKPLACE: 60,
    HoursCategory.ASSIGNMENTS: 30,
}
WHY = "Two half days a week are more than the ward can give in the winter. One, and a day in the spring, would do."
WEEK = timedelta(weeks=1)


def play_agreements(placement_ids: Sequence[int], day: date, today: date, clock: Clock) -> None:
    """Let each learner in turn do one of the four; who changes hers does so a week ago, or on the last day before."""
    for number, id_ in enumerate(placement_ids):
        if number % KINDS == NONE:
            continue
        with clock(day) as now, transaction() as session:
            OneAgreement(session, session.get_one(Placement, id_), number, day, now).play()
        later = max(day, today - WEEK)
        if number % KINDS == VOIDED:
            with clock(later) as now, transaction() as session:
                OneAgreement(session, session.get_one(Placement, id_), number, later, now).ask_for_a_change()


class OneAgreement:
    """The agreement of one placement on one day of the demo's past."""

    def __init__(self, session: Session, placement: Placement, number: int, day: date, now: datetime) -> None:
        self.session, self.placement, self.number, self.day, self.now = session, placement, number, day, now

    def play(self) -> None:
        by_learner = self.by(self.placement.learner)
        agreement = begin(self.session, by_learner, self.placement, Start())
        self.write(agreement, by_learner)
        give(self.session, by_learner, agreement)
        signers = [self.placement.learner, self.placement.mentor, *supervisors_of(self.session, self.placement)[:1]]
        for person in signers[:2] if self.number % KINDS == BY_TWO else signers:
            sign(self.session, self.by(person), agreement, AGREEMENT.digest_of(agreement))

    def write(self, agreement: LearningAgreement, by_learner: Occasion) -> None:
        written = agreements()
        wordings = wordings_now(self.session, self.placement.module.programme_id)
        for place in range(OBJECTIVES):
            words = written.objective[(self.number + place) % len(written.objective)].words
            named = wordings[place :: OBJECTIVES + self.number % 3]
            write_objective(self.session, by_learner, agreement, None, words, named, is_sure=True)
        minutes = {category.value: hours * 60 for category, hours in HOURS.items()}
        plan_hours(self.session, by_learner, agreement, minutes)
        pattern = written.pattern[self.number % len(written.pattern)]
        cadence = tuple(Cadence)[1 + self.number % 2]
        write_working(self.session, by_learner, agreement, cadence, pattern.words, pattern.adjustments, is_sure=True)

    def ask_for_a_change(self) -> None:
        """The mentor asks for one, where the placement still goes its way."""
        agreement = agreement_of(self.session, self.placement)
        if agreement and self.placement.can_change_on(self.day):
            reopen(self.session, self.by(self.placement.mentor), agreement, WHY, is_sure=True)

    def by(self, who: Person) -> Occasion:
        return Occasion(who, self.day, self.now, "")
