"""What an assessor has to score, who may not score what, and which scores are missing before a call is decided."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from app.bursaries.queries import applications_in, one_application, whole_applications
from app.models.academic.supervisors import SupervisorAssignment
from app.models.bursaries.applications import ApplicationState, BursaryApplication
from app.models.bursaries.assessing import Assessor, Interest, ScoreSheet
from app.models.bursaries.calls import BursaryCall, CallState, Method
from app.models.people import Person
from app.models.placements import Placement
from app.models.programmes import Enrolment

Pair = tuple[int, int]  # the ids of an application and of a person


def assessors_of(session: Session, call: BursaryCall) -> Sequence[Assessor]:
    """Those who assess for a call, by name."""
    standing = select(Assessor).join(Assessor.person).where(Assessor.call_id == call.id, Assessor.ended_at.is_(None))
    ordered = standing.order_by(Person.folded_name, Person.id)
    return session.scalars(ordered.options(joinedload(Assessor.person))).all()


def assessor_of(session: Session, call: BursaryCall, assessor_id: int) -> Assessor | None:
    return session.scalar(
        select(Assessor)
        .where(Assessor.id == assessor_id, Assessor.call_id == call.id)
        .options(joinedload(Assessor.person))
        .execution_options(populate_existing=True)
    )


def application_to_assess(
    session: Session, person: Person, application_id: int, now: datetime, *, to_change: bool = False
) -> BursaryApplication | None:
    """One that was sent to a call that has closed, and for which she assesses."""
    hers = select(Assessor.call_id).where(Assessor.person_id == person.id, Assessor.ended_at.is_(None))
    closed = select(BursaryCall.id).where(BursaryCall.closes_at <= now, BursaryCall.id.in_(hers))
    hidden = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN)
    wanted = (
        BursaryApplication.id == application_id,
        BursaryApplication.call_id.in_(closed),
        BursaryApplication.state.not_in(hidden),
    )
    return one_application(session, wanted, to_change)


def calls_assessed(session: Session, person: Person) -> Sequence[BursaryCall]:
    """Those for which she assesses, until they are decided."""
    hers = select(Assessor.call_id).where(Assessor.person_id == person.id, Assessor.ended_at.is_(None))
    live = BursaryCall.id.in_(hers), BursaryCall.state == CallState.PUBLISHED
    return session.scalars(select(BursaryCall).where(*live).order_by(BursaryCall.closes_at, BursaryCall.id)).all()


@dataclass(frozen=True)
class ToAssess:
    """An application as one assessor finds it in her list."""

    application: BursaryApplication
    is_scored: bool
    is_barred: bool


def to_assess(session: Session, person: Person, calls: Sequence[BursaryCall], now: datetime) -> list[ToAssess]:
    """The applications of calls that have closed, in the order of their references."""
    closed = [call.id for call in calls if call.has_closed(now)]
    statement = whole_applications().where(
        BursaryApplication.call_id.in_(closed), BursaryApplication.state == ApplicationState.SENT
    )
    found = session.scalars(statement.order_by(BursaryApplication.call_id, BursaryApplication.reference)).all()
    barred = pairs_barred(session, found, [person.id])
    mine = select(ScoreSheet.application_id).where(ScoreSheet.person_id == person.id)
    scored = set(session.scalars(mine.where(ScoreSheet.application_id.in_([one.id for one in found]))))
    return [ToAssess(one, one.id in scored, (one.id, person.id) in barred) for one in found]


def pairs_barred(
    session: Session, applications: Sequence[BursaryApplication], person_ids: Collection[int]
) -> set[Pair]:
    """Who may not score what: whoever declared an interest, mentors or supervises the learner, or is the learner."""
    by_learner: defaultdict[int, list[int]] = defaultdict(list)
    for one in applications:
        by_learner[one.learner_id].append(one.id)
    ids = [one.id for one in applications]
    declared = select(Interest.application_id, Interest.person_id).where(Interest.application_id.in_(ids), stands())
    mentored = select(Placement.learner_id, Placement.mentor_id).where(
        Placement.mentor_id.in_(person_ids), Placement.learner_id.in_(by_learner)
    )
    supervised = (
        select(Enrolment.learner_id, SupervisorAssignment.supervisor_id)
        .join(SupervisorAssignment, SupervisorAssignment.enrolment_id == Enrolment.id)
        .where(SupervisorAssignment.supervisor_id.in_(person_ids), Enrolment.learner_id.in_(by_learner))
    )
    near = {(row[0], row[1]) for statement in (mentored, supervised) for row in session.execute(statement)}
    near |= {(person_id, person_id) for person_id in person_ids}
    barred = {(id_, person_id) for learner_id, person_id in near for id_ in by_learner.get(learner_id, ())}
    return {(row[0], row[1]) for row in session.execute(declared)} | barred


def newest_sheets(session: Session, applications: Sequence[BursaryApplication]) -> dict[Pair, ScoreSheet]:
    """What each assessor gave last to each application."""
    ids = [one.id for one in applications]
    sheets = select(ScoreSheet).where(ScoreSheet.application_id.in_(ids)).order_by(ScoreSheet.id)
    return {(one.application_id, one.person_id): one for one in session.scalars(sheets)}


def sheet_of(session: Session, application: BursaryApplication, person: Person) -> ScoreSheet | None:
    """What she gave last."""
    hers = ScoreSheet.application_id == application.id, ScoreSheet.person_id == person.id
    return session.scalar(select(ScoreSheet).where(*hers).order_by(ScoreSheet.id.desc()).limit(1))


def interest_of(session: Session, application: BursaryApplication, person: Person) -> Interest | None:
    """The interest that she has declared and not taken back."""
    hers = Interest.application_id == application.id, Interest.person_id == person.id
    return session.scalar(select(Interest).where(*hers, stands()))


def stands() -> ColumnElement[bool]:
    """True of interests that were not taken back."""
    return Interest.taken_back_at.is_(None)


@dataclass(frozen=True)
class Scoring:
    """How far the scoring of a call has come: whose scores are missing, and what has too few that count."""

    sheets: Mapping[int, Sequence[ScoreSheet]]
    missing: Sequence[tuple[BursaryApplication, Person]]
    too_few: Sequence[BursaryApplication]

    @property
    def is_whole(self) -> bool:
        return not self.missing and not self.too_few


def scoring_of(session: Session, call: BursaryCall) -> Scoring:
    """Asked before a call is decided; what somebody scored counts, unless she has an interest."""
    sent = applications_in(session, call, ApplicationState.SENT)
    if call.method is Method.LOTTERY:
        return Scoring({}, (), ())
    assessors = [one.person for one in assessors_of(session, call)]
    sheets = newest_sheets(session, sent)
    people = {person.id for person in assessors} | {person_id for _, person_id in sheets}
    barred = pairs_barred(session, sent, people)
    counting = {
        one.id: [sheet for pair, sheet in sheets.items() if pair[0] == one.id and pair not in barred] for one in sent
    }
    missing = [
        (one, person)
        for one in sent
        for person in assessors
        if (one.id, person.id) not in barred and (one.id, person.id) not in sheets
    ]
    return Scoring(counting, missing, [one for one in sent if len(counting[one.id]) < call.scores_needed])


def number_to_score(session: Session, person: Person, now: datetime) -> int:
    """How many applications wait for her scores."""
    calls = calls_assessed(session, person)
    return sum(1 for one in to_assess(session, person, calls, now) if not one.is_scored and not one.is_barred)


def sheets_of(session: Session, application: BursaryApplication) -> Sequence[ScoreSheet]:
    """All that was given to an application, the newest last, whether it counts or not."""
    given = select(ScoreSheet).where(ScoreSheet.application_id == application.id).order_by(ScoreSheet.id)
    return session.scalars(given.options(joinedload(ScoreSheet.person))).all()


def interests_in(session: Session, application: BursaryApplication) -> Sequence[Interest]:
    """The interests that were declared in an application, the oldest first, also those that were taken back."""
    declared = select(Interest).where(Interest.application_id == application.id).order_by(Interest.id)
    return session.scalars(declared.options(joinedload(Interest.person))).all()
