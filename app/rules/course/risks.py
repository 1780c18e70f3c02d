"""What puts a placement at risk, as facts: one rule for its university, its coordinator and their downloads."""

import enum
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.models.course.changes_asked import AskedKind
from app.models.course.progress_reviews import ReviewKind
from app.models.values.study_status import StudyStatus
from app.rules.progress_reviews.dates import ReviewDates, from_then_on
from app.rules.readiness.missing import Lack
from app.rules.record_totals import OVERDUE_AFTER
from app.rules.workplace_hours import Workplace

# A session that nobody has said yes to for so long will hardly be remembered.
UNCONFIRMED_AFTER = timedelta(days=28)
# Whoever is away for the last days alone has met the learner before.
AWAY_FOR_DAYS = 14


class Risk(enum.Enum):
    """Why a placement is at risk, what needs somebody most first."""

    LEARNER_GONE = "learner gone"
    MENTOR_GONE = "mentor gone"
    STUDY_STOPPED = "study stopped"
    MENTOR_LEAVES = "mentor leaves"
    ASKS_TO_END = "asks to end"
    ASKS_TO_PAUSE = "asks to pause"
    NOT_READY = "not ready"
    RELEASE_WITHDRAWN = "release withdrawn"
    RETURN_OVERDUE = "return overdue"
    NO_SESSION = "no session"
    BEHIND = "behind"
    REVIEW_OVERDUE = "review overdue"
    STUDY_CLOSES = "study closes"
    MENTOR_AWAY = "mentor away"
    NO_EVIDENCE = "no evidence"
    RUNS_OUT = "runs out"
    UNCONFIRMED = "session not confirmed"

    @property
    def needs_rescue(self) -> bool:
        """True where the placement cannot stay as it is: it goes on elsewhere, pauses or ends."""
        return self in RESCUE


RANKS = {risk: rank for rank, risk in enumerate(Risk)}  # what needs somebody most has the lowest
RESCUE = frozenset(
    {
        Risk.LEARNER_GONE,
        Risk.MENTOR_GONE,
        Risk.STUDY_STOPPED,
        Risk.MENTOR_LEAVES,
        Risk.ASKS_TO_END,
        Risk.ASKS_TO_PAUSE,
    }
)
OF_ASKED = {
    AskedKind.MENTOR_LEAVES: Risk.MENTOR_LEAVES,
    AskedKind.END: Risk.ASKS_TO_END,
    AskedKind.PAUSE: Risk.ASKS_TO_PAUSE,
}


@dataclass(frozen=True, slots=True)
class AtRisk:
    """One reason: `day` is when it began or begins, `workplace` has the numbers of hours that are behind, `lack` what
    is missing or runs out, `review` which review was not held in time, `number` how many capabilities lack evidence.

    For RETURN_OVERDUE `day` is when a learner who has stepped out of the programme was to return; for NO_SESSION it is
    that of the last session, None where there has been none, and `weeks` how long ago.
    """

    risk: Risk
    day: date | None = None
    weeks: int = 0
    workplace: Workplace | None = None
    lack: Lack | None = None
    review: ReviewKind | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """What the risks of one placement rest on, in plain values; `workplace` has all its parts together.

    `is_away` is true while its learner has stepped out of the programme, `returns_on` when she means to be back, and
    `returned_on` when she last was.
    """

    placement_id: int
    starts_on: date
    ends_on: date
    workplace: Workplace
    last_session_on: date | None = None
    unconfirmed_since: date | None = None
    learner_takes_part: bool = True
    mentor_takes_part: bool = True
    study_status: StudyStatus = StudyStatus.OPEN
    study_completes_on: date | None = None
    asked: Sequence[tuple[AskedKind, date]] = ()
    pauses: Sequence[tuple[date, date]] = ()
    lack: Lack | None = None
    reviews: ReviewDates | None = None
    reviews_signed: Collection[ReviewKind] = ()
    lacking_evidence: int = 0  # capabilities, once its end is near
    is_away: bool = False
    returns_on: date | None = None
    returned_on: date | None = None
    mentor_away_from: date | None = None  # until after the end, and AWAY_FOR_DAYS before it at the latest

    def runs_on(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on and not (self.is_paused_on(day) or self.is_away)

    def is_paused_on(self, day: date) -> bool:
        return any(first <= day < after for first, after in self.pauses)


def risks_of(course: Course, today: date) -> list[AtRisk]:
    """Why a placement is at risk, what needs somebody most first; empty when it runs well or is over."""
    if today > course.ends_on:
        return []
    found = [*needing_rescue(course), *needing_what_is_missing(course, today)]
    if course.is_away and course.returns_on and course.returns_on < today:
        found.append(AtRisk(Risk.RETURN_OVERDUE, course.returns_on))
    if course.runs_on(today):
        found += while_it_runs(course, today)
    return found


def needing_rescue(course: Course) -> Iterator[AtRisk]:
    """Also before it begins and while it is paused: the sooner it is known, the better."""
    if not course.learner_takes_part:
        yield AtRisk(Risk.LEARNER_GONE)
    if not course.mentor_takes_part:
        yield AtRisk(Risk.MENTOR_GONE)
    if not course.study_status.can_take_learners:
        yield AtRisk(Risk.STUDY_STOPPED)
    for kind, day in course.asked:
        yield AtRisk(OF_ASKED[kind], day)


def needing_what_is_missing(course: Course, today: date) -> Iterator[AtRisk]:
    """From the day on which something was due; what runs out is known long before."""
    lack = course.lack
    if lack is None or course.is_away:
        return
    if lack.missing and (course.starts_on <= today or (lack.due_on and lack.due_on <= today)):
        yield AtRisk(Risk.NOT_READY, course.starts_on, lack=lack)
    if lack.release_until:
        yield AtRisk(Risk.RELEASE_WITHDRAWN, lack.release_until)
    if lack.lapse:
        yield AtRisk(Risk.RUNS_OUT, lack.lapse.last_day, lack=lack)


def while_it_runs(course: Course, today: date) -> Iterator[AtRisk]:
    without = today - last_met(course, today)
    if without > OVERDUE_AFTER:
        yield AtRisk(Risk.NO_SESSION, course.last_session_on, without.days // 7)
    if course.workplace.is_behind(today):
        yield AtRisk(Risk.BEHIND, workplace=course.workplace)
    review = overdue_review(course, today)
    if review and course.reviews:
        yield AtRisk(Risk.REVIEW_OVERDUE, course.reviews.due_on(review), review=review)
    closes = course.study_completes_on
    if closes and today <= closes < course.ends_on:
        yield AtRisk(Risk.STUDY_CLOSES, closes)
    if course.mentor_away_from:
        yield AtRisk(Risk.MENTOR_AWAY, course.mentor_away_from)
    if course.lacking_evidence:
        yield AtRisk(Risk.NO_EVIDENCE, course.ends_on, number=course.lacking_evidence)
    since = course.unconfirmed_since
    if since and today - since > UNCONFIRMED_AFTER:
        yield AtRisk(Risk.UNCONFIRMED, since)


def overdue_review(course: Course, today: date) -> ReviewKind | None:
    kind = course.reviews.asked_on(today) if course.reviews else None
    if kind is None or course.reviews is None or not course.reviews.is_past(kind, today):
        return None
    return None if set(from_then_on(kind)) & set(course.reviews_signed) else kind


def last_met(course: Course, today: date) -> date:
    """When they last met, or could not: nobody meets before the first day, while it is paused, or she is away."""
    back = [after for _, after in course.pauses if after <= today]
    if course.returned_on:
        back.append(course.returned_on)
    return max([course.last_session_on or course.starts_on, *back])
