"""Plays the progress reviews of the demo's placements: held and read, to be signed, prepared by one, overdue."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo.content.progress_reviews import WrittenPreparation, progress_reviews
from app.demo.playing.course.readiness import Clock
from app.models.course.progress_reviews import ReviewKind
from app.models.people import Person, Role, RoleGrant
from app.models.placements import Cause, Outcome, Placement
from app.models.programmes import Programme
from app.oversight.service import end_placement
from app.platform.db import transaction
from app.platform.occasion import Occasion
from app.progress_reviews.service import Prepared, WrittenDown, hand_in, meet, note_read, set_plan, sign, write_down
from app.rules.agreements.capabilities import wordings_now
from app.rules.agreements.parts import supervisors_of
from app.rules.progress_reviews.dates import Weeks
from app.rules.progress_reviews.kind import PROGRESS_REVIEW

PREPARED, TO_SIGN, SIGNED, READ = range(4)
HOW_FAR = (READ, SIGNED, READ, TO_SIGN, READ, PREPARED)  # each initial review in turn; the last two of one are overdue

WHY_ENDED = "All that was planned is done, and the study closes to new learners."


def set_plans(day: date, clock: Clock) -> None:
    """Let every programme that has a lead ask for reviews from a day on."""
    with clock(day) as now, transaction() as session:
        leads = select(RoleGrant.provider_id, RoleGrant.person_id).where(RoleGrant.role == Role.PROGRAMME_LEAD)
        by_provider = dict(session.execute(leads.order_by(RoleGrant.id.desc())).all())
        for programme in session.scalars(select(Programme).order_by(Programme.id)).all():
            if programme.provider_id in by_provider:
                lead = session.get_one(Person, by_provider[programme.provider_id])
                set_plan(session, Occasion(lead, day, now, ""), programme, day, Weeks(), is_asked=True)


def play_initial_reviews(placement_ids: Sequence[int], day: date, clock: Clock) -> None:
    """Let the initial review of each placement in turn come as far as it has by a day."""
    for number, id_ in enumerate(placement_ids):
        with clock(day) as now, transaction() as session:
            placement = session.get_one(Placement, id_)
            OneReview(session, placement, ReviewKind.INITIAL, number, day, now).play(HOW_FAR[number % len(HOW_FAR)])


def play_final_review(placement_id: int, coordinator: Person, today: date, clock: Clock) -> None:
    """Let a placement end because all is done, if it can, with its final review, which the supervisor reads."""
    with clock(today) as now, transaction() as session:
        placement = session.get_one(Placement, placement_id)
        if placement.can_change_on(today):
            by = Occasion(coordinator, today, now, "")
            end_placement(session, placement, Outcome.COMPLETED_EARLY, Cause.ALL_DONE, today, WHY_ENDED, True, by)
            OneReview(session, placement, ReviewKind.FINAL, 0, today, now).play(READ)


class OneReview:
    """One review of one placement on one day of the demo's past."""

    def __init__(
        self, session: Session, placement: Placement, kind: ReviewKind, number: int, day: date, now: datetime
    ) -> None:
        self.session, self.placement, self.kind = session, placement, kind
        self.number, self.day, self.now = number, day, now

    def play(self, how_far: int) -> None:
        learner, mentor, written = self.placement.learner, self.placement.mentor, progress_reviews()
        self.hand_in(learner, written.learner[self.number % len(written.learner)])
        if how_far == PREPARED:
            return
        self.hand_in(mentor, written.mentor[self.number % len(written.mentor)])
        meet(self.session, self.by(mentor), self.placement, self.kind)
        said = WrittenDown(self.day, written.agreed[self.number % len(written.agreed)].words)
        if self.kind.is_last:
            seen = wordings_now(self.session, self.placement.module.programme_id)[1:]
            said = WrittenDown(self.day, said.agreed, written.statement, seen)
        review = write_down(self.session, self.by(mentor), self.placement, self.kind, said, is_sure=True)
        seen_digest = PROGRESS_REVIEW.digest_of(review)
        for person in (mentor,) if how_far == TO_SIGN else (mentor, learner):
            sign(self.session, self.by(person), self.placement, self.kind, seen_digest)
        if how_far == READ:
            for supervisor in supervisors_of(self.session, self.placement)[:1]:
                note_read(self.session, self.by(supervisor), self.placement, self.kind, seen_digest)

    def hand_in(self, who: Person, said: WrittenPreparation) -> None:
        prepared = Prepared(said.goes_well, said.is_hard, said.comes_next)
        hand_in(self.session, self.by(who), self.placement, self.kind, prepared, is_sure=True)

    def by(self, who: Person) -> Occasion:
        return Occasion(who, self.day, self.now, "")
