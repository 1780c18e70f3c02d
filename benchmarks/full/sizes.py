"""How large a database is, who walks through it, and which records they look at."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from app.language.dates_and_times import day_of
from app.models.people import Role

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
TODAY = day_of(NOW)
UNSENT = "a link that was never sent"
SHOWN_AT = "shown-to-everybody"
SWAP_CODE = "AAAAABBBBB"
KEY_ID = "key-of-records"
DRAFT = 90  # the version that is being written, and its part

CAST = {
    Role.LEARNER: 1,
    Role.MENTOR: 2,
    Role.COORDINATOR: 3,
    Role.ACADEMIC_SUPERVISOR: 4,
    Role.PROGRAMME_LEAD: 5,
    Role.ADMINISTRATOR: 6,
}
OTHER = 7  # somebody with one role, whose pages the administrator opens
FIRST_MENTOR, FIRST_LEARNER = 100, 100_000
CLOSED_ROUND, PUBLISHED_ROUND, OPEN_ROUND = 1, 2, 3


@dataclass(frozen=True)
class Size:
    """How many there are of what grows; `log` is the number of audit lines.

    The closed round has all `requests`, and all openings, in twelve networks. One enrolment in four has a placement.
    Half as many hours entries as audit lines stand on record, a tenth as many sessions and mails.
    """

    name: str
    openings: int
    requests: int
    enrolments: int
    log: int

    @property
    def mentors(self) -> int:
        """Two openings each."""
        return self.openings // 2

    @property
    def studies(self) -> int:
        return 2 * self.openings

    @property
    def placements(self) -> int:
        return self.enrolments // 4

    @property
    def learners(self) -> int:
        """Those with a placement, those in the closed round, and the rest of those enrolled."""
        return max(self.enrolments, self.placements + self.requests)

    @property
    def of_cast(self) -> int:
        """The number of the first request of the learner who walks: one not sent, one in a round, one with an offer."""
        return self.requests + self.placements + 1

    def mentor_of(self, opening: int) -> int:
        """The person who offers an opening; openings count from 1, and the first two are those of the cast."""
        return FIRST_MENTOR + (opening - 1) // 2 if opening > 2 else CAST[Role.MENTOR]

    def learner(self, at: int) -> int:
        """The learners count from 0, who is the one of the cast; those with a placement come first."""
        return FIRST_LEARNER + at if at else CAST[Role.LEARNER]

    @property
    def values(self) -> dict[str, Any]:
        """The value of each parameter of a route; `x with y` where the route also has a y."""
        return {
            "study_id": 1,
            "opening_id": 1,
            "opening_id with request_id": 4,
            "request_id": self.of_cast,
            "request_id with round_id": 1,
            "request_id with run_id": self.requests + 1,
            "network_id": 1,
            "question_id": 1,
            "provider_id": 1,
            "offer_id": self.placements + 1,
            "placement_id": 1,
            "call_id": 1,
            "open_call_id": 2,
            "application_id": 1,
            "assessor_id": 1,
            "spending_id": 1,
            "wish_id": 1,
            "next_place_id": 1,
            "next_opening_id": 3,
            "swap_id": 1,
            "better_place_id": 1,
            "round_id with offer_id": PUBLISHED_ROUND,
            "code": SWAP_CODE,
            "session_id": 1,
            "plan_id": 1,
            "deputy_id": 1,
            "group_id": 1,
            "need_id": 1,
            "objective_id": 1,
            "signature_id": 1,
            "programme_id": 1,
            "version_id": DRAFT,
            "part_id": DRAFT,
            "cohort_id": 2,
            "review_kind": "initial",
            "signature_id with review_kind": self.placements + 1,
            "cover_id": 1,
            "organisation_id": 1,
            "entry_id": 1,
            "enrolment_id": 1,
            "module_id": 1,
            "note_id": 1,
            "decision_id": 1,
            "board_id": 1,
            "line_id": 1,
            "dissertation_id": 1,
            "approval_kind": "HRA",
            "milestone_kind": "RESEARCH",
            "own_enrolment_id": 1,
            "way_asked_id": 1,
            "own_way_asked_id": 1,
            "award_id": 1,
            "own_award_id": 1,
            "way_step": "step-out",
            "way_kind": "step-out",
            "risk": "NO_SESSION",
            "capability_id": 1,
            "evidence_id": 1,
            "signed_record_id": 1,
            "record_address": "record-1",
            "record_key": KEY_ID,
            "sealed_paper_id": 1,
            "elsewhere_id": 1,
            "claim_id": 1,
            "source_id": 1,
            "led_provider_id": 1,
            "level_name": "PGCERT",
            "round_id": CLOSED_ROUND,
            "run_id": 1,
            "pin_id": 40,
            "conflict_id": 30,
            "nomination_id": 1,
            "list_id": 1,
            "upload_id": 1,
            "person_id": OTHER,
            "grant_id": OTHER,
            "secret": UNSENT,
            "item": UNSENT,
            "stop": UNSENT,
            "calendar": UNSENT,
            "filename": "app.css",
            "review_id": 1,
            "left_review_id": 2,
            "asked_id": 1,
            "asker": UNSENT,
            "update_id": 1,
            "wanted": UNSENT,
            "subscription": UNSENT,
            "asking_id": 1,
            "mentor_asking_id": 2,
            "words_id": 1,
            "survey_name": "placement",
            "survey_question": "induction",
            "mentor_id": self.mentor_of(1),
            "concern": "weak-fit",
            "address": SHOWN_AT,
            "round_id with review_id": PUBLISHED_ROUND,
        }


SMALL = Size("small", openings=500, requests=2_000, enrolments=2_000, log=10_000)
LARGE = Size("large", openings=5_000, requests=5_000, enrolments=20_000, log=1_000_000)
MANY = Size("many", openings=5_000, requests=2_000, enrolments=80_000, log=1_000_000)


def days(number: int) -> timedelta:
    return timedelta(days=number)
