"""Makes what becomes of an enrolment: steps, what a learner asks, and awards from elsewhere."""

from datetime import timedelta
from typing import Any

from app.models.academic.enrolment_steps import EnrolmentStep, StepKind
from app.models.academic.prior_awards import PriorAward, PriorAwardState
from app.models.academic.record_shares import RecordShare
from app.models.academic.way_asked import WayAsked, WayAskedKind, WayAskedState
from app.models.people import Person
from app.models.programmes import Enrolment, Level, Programme, Provider
from tests.records import Records


class Ways(Records):
    """Records of a learner's way; each of today, unless told otherwise."""

    def step(self, enrolment: Enrolment, kind: StepKind, author: Person, **given: Any) -> EnrolmentStep:
        values = {"day": self.today, "recorded_at": self.now, **given}
        step = self.add(EnrolmentStep(enrolment=enrolment, kind=kind, author=author, **values))
        if kind.is_an_end:
            enrolment.ended_on = step.day - timedelta(days=1)
        return step

    def way_asked(self, learner: Person, programme: Programme, **given: Any) -> WayAsked:
        """A wish for a place, which waits."""
        values = {
            "kind": WayAskedKind.INTEREST,
            "state": WayAskedState.WAITING,
            "words": "I work in community nursing.",
            "asked_at": self.now,
            **given,
        }
        return self.add(WayAsked(learner=learner, programme=programme, **values))

    def prior_award(self, learner: Person, provider: Provider, **given: Any) -> PriorAward:
        """A PGCert from elsewhere, which waits to be confirmed."""
        values = {
            "level": Level.PGCERT,
            "title": "PGCert Clinical Research",
            "awarded_by": "University of Elsewhere",
            "awarded_on": self.today - timedelta(days=400),
            "reference": "Certificate 12",
            "state": PriorAwardState.WAITING,
            "recorded_at": self.now,
            **given,
        }
        return self.add(PriorAward(learner=learner, provider=provider, **values))

    def record_share(self, learner: Person, provider: Provider) -> RecordShare:
        return self.add(RecordShare(learner_id=learner.id, provider=provider, agreed_at=self.now))
