"""What is recorded about a learner beside her request: whom she named, conflicts, her course, and her reminders."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.academic.dissertations import Dissertation
from app.models.academic.notes import SupervisorNote
from app.models.academic.prior_learning import PriorLearningClaim
from app.models.academic.supervisors import SupervisorAssignment
from app.models.academic.unplaced import UnplacedAcknowledgement
from app.models.course.acknowledged import Acknowledgement
from app.models.course.agreements import LearningAgreement
from app.models.course.capabilities import CapabilityRating
from app.models.course.evidence import Evidence
from app.models.course.records_of_elsewhere import RecordOfElsewhere
from app.models.course.sign_offs import SignOff
from app.models.course.signed_records import IssuedRecord
from app.models.evaluation.askings import Asking
from app.models.meetings.feedback import MentorAsked
from app.models.operations.false_alarms import FalseAlarm
from app.models.organisations import Organisation
from app.models.pairs.conflicts import Conflict
from app.models.pairs.nominations import Nomination
from app.models.people import Person
from app.models.placements import Placement
from app.models.programmes import CreditDecision, Enrolment
from app.models.reminding.calendar_addresses import CalendarAddress
from app.models.reminding.digests import DigestSetting
from app.requests.own_copy.bursaries import BursaryOfHers, bursaries_of_learner
from app.requests.own_copy.credit import credit_of_learner
from app.requests.own_copy.dissertations import dissertations_of_learner
from app.requests.own_copy.way import OwnWay, way_of_learner
from app.rules.agreements.kind import all_of_an_agreement, standings_of
from app.rules.prior_learning.facts import whole_claim
from app.rules.progress_reviews.kind import PlacementReviews, all_of_their_placements, reviews_of
from app.rules.sign_offs.standing import PlacementSignOff, all_of_a_sign_off
from app.rules.sign_offs.standing import standings_of as standings_of_sign_offs
from app.rules.signing.standing import Standing


@dataclass(frozen=True)
class Concerning:
    """Whom she named, the conflicts that coordinators recorded, her agreements and reviews, each in their order;
    what she chose about reminders, and whether her dates are read by a calendar, whose address is in no copy.

    Of a conflict her copy has who, what kind, since when, and whether it was lifted. Why a coordinator recorded it are
    words about two people, and stay with the coordinators (decision 0345); so it is with why somebody else supervises
    her now. Notes about her are hers to read, with their answers. Evidence and ratings are those of all her
    placements, the oldest first; files are named, and given out on the pages of the evidence.
    """

    nominations: Sequence[Nomination]
    conflicts: Sequence[Conflict]
    agreements: Sequence[tuple[LearningAgreement, Standing]]
    reviews: Sequence[PlacementReviews]
    sign_offs: Sequence[PlacementSignOff]
    evidence: Sequence[Evidence]
    ratings: Sequence[CapabilityRating]
    digest: DigestSetting | None
    calendar: CalendarAddress | None
    signed_records: Sequence[IssuedRecord]
    false_alarms: Sequence[FalseAlarm]
    from_elsewhere: Sequence[RecordOfElsewhere]
    mentors_settled: Sequence[str]
    supervisors: Sequence[SupervisorAssignment]
    notes: Sequence[SupervisorNote]
    put_aside: Sequence[Acknowledgement]
    unplaced: Sequence[UnplacedAcknowledgement]
    claims: Sequence[PriorLearningClaim]
    credit: Sequence[CreditDecision]
    dissertations: Sequence[Dissertation]
    way: OwnWay
    bursaries: Sequence[BursaryOfHers]
    surveys: Sequence[Asking]


def concerning(session: Session, learner: Person) -> Concerning:
    """A few queries, however much there is."""
    nominations = (
        select(Nomination)
        .where(Nomination.learner_id == learner.id)
        .options(
            joinedload(Nomination.module),
            joinedload(Nomination.study),
            joinedload(Nomination.organisation).load_only(Organisation.name),
            joinedload(Nomination.network),
        )
        .order_by(Nomination.id)
    )
    conflicts = select(Conflict).where(Conflict.learner_id == learner.id).options(joinedload(Conflict.mentor))
    hers = select(Placement.id).where(Placement.learner_id == learner.id)
    evidence = select(Evidence).where(Evidence.placement_id.in_(hers)).order_by(Evidence.id)
    issued = select(IssuedRecord).where(IssuedRecord.placement_id.in_(hers)).order_by(IssuedRecord.id)
    ratings = select(CapabilityRating).where(CapabilityRating.placement_id.in_(hers)).order_by(CapabilityRating.id)
    elsewhere = select(RecordOfElsewhere).join(RecordOfElsewhere.enrolment)
    elsewhere = elsewhere.where(Enrolment.learner_id == learner.id, RecordOfElsewhere.taken_at.is_not(None))
    settled = select(Person.name).join(MentorAsked, MentorAsked.mentor_id == Person.id)
    settled = settled.where(MentorAsked.learner_id == learner.id)
    return Concerning(
        session.scalars(nominations).all(),
        session.scalars(conflicts.order_by(Conflict.created_at, Conflict.id)).all(),
        agreements_of_learner(session, learner),
        reviews_of_learner(session, learner),
        sign_offs_of_learner(session, learner),
        session.scalars(evidence.options(joinedload(Evidence.file), selectinload(Evidence.wordings))).all(),
        session.scalars(
            ratings.options(joinedload(CapabilityRating.wording), joinedload(CapabilityRating.rated_by))
        ).all(),
        session.get(DigestSetting, learner.id),
        session.get(CalendarAddress, learner.id),
        session.scalars(issued.options(joinedload(IssuedRecord.sign_off), joinedload(IssuedRecord.key))).all(),
        session.scalars(select(FalseAlarm).where(FalseAlarm.person_id == learner.id).order_by(FalseAlarm.id)).all(),
        session.scalars(elsewhere.order_by(RecordOfElsewhere.id)).all(),
        session.scalars(settled.order_by(Person.name, Person.id)).all(),
        supervisors_of_learner(session, learner),
        notes_about_learner(session, learner),
        put_aside_about(session, learner),
        unplaced_about(session, learner),
        claims_of_learner(session, learner),
        credit_of_learner(session, learner),
        dissertations_of_learner(session, learner),
        way_of_learner(session, learner),
        bursaries_of_learner(session, learner),
        session.scalars(select(Asking).where(Asking.person_id == learner.id).order_by(Asking.id)).all(),
    )


def claims_of_learner(session: Session, learner: Person) -> Sequence[PriorLearningClaim]:
    """Every claim of prior learning with what it names, also what she took out again, and what was decided."""
    hers = select(PriorLearningClaim).join(PriorLearningClaim.enrolment).where(Enrolment.learner_id == learner.id)
    return session.scalars(hers.options(*whole_claim()).order_by(PriorLearningClaim.id)).all()


def supervisors_of_learner(session: Session, learner: Person) -> Sequence[SupervisorAssignment]:
    hers = select(SupervisorAssignment).join(SupervisorAssignment.enrolment).where(Enrolment.learner_id == learner.id)
    programme = joinedload(SupervisorAssignment.enrolment).joinedload(Enrolment.programme)
    statement = hers.options(joinedload(SupervisorAssignment.supervisor), programme).order_by(SupervisorAssignment.id)
    return session.scalars(statement).all()


def notes_about_learner(session: Session, learner: Person) -> Sequence[SupervisorNote]:
    about = select(SupervisorNote).join(SupervisorNote.enrolment).where(Enrolment.learner_id == learner.id)
    people = joinedload(SupervisorNote.author), joinedload(SupervisorNote.answered_by)
    return session.scalars(about.options(*people).order_by(SupervisorNote.id)).all()


def unplaced_about(session: Session, learner: Person) -> Sequence[UnplacedAcknowledgement]:
    """What was said of her while she had no placement."""
    about = select(UnplacedAcknowledgement).join(UnplacedAcknowledgement.enrolment)
    hers = about.where(Enrolment.learner_id == learner.id).order_by(UnplacedAcknowledgement.id)
    people = joinedload(UnplacedAcknowledgement.by), joinedload(UnplacedAcknowledgement.module)
    return session.scalars(hers.options(*people)).all()


def put_aside_about(session: Session, learner: Person) -> Sequence[Acknowledgement]:
    """What was said of reasons why her placements were at risk."""
    hers = select(Acknowledgement).join(Acknowledgement.placement).where(Placement.learner_id == learner.id)
    return session.scalars(hers.options(joinedload(Acknowledgement.by)).order_by(Acknowledgement.id)).all()


def agreements_of_learner(session: Session, learner: Person) -> Sequence[tuple[LearningAgreement, Standing]]:
    """What she has agreed for each placement, with what was signed, in the order of the placements."""
    hers = select(LearningAgreement).join(LearningAgreement.placement).where(Placement.learner_id == learner.id)
    agreements = session.scalars(hers.options(*all_of_an_agreement()).order_by(Placement.starts_on, Placement.id)).all()
    standings = standings_of(session, agreements)
    return [(one, standings[one.id]) for one in agreements]


def reviews_of_learner(session: Session, learner: Person) -> Sequence[PlacementReviews]:
    """The reviews of each placement that has any, in the order of the placements."""
    hers = select(Placement).where(Placement.learner_id == learner.id).options(*all_of_their_placements())
    placements = session.scalars(hers.order_by(Placement.starts_on, Placement.id)).all()
    return [one for one in reviews_of(session, placements).values() if one.reviews]


def sign_offs_of_learner(session: Session, learner: Person) -> Sequence[PlacementSignOff]:
    """All that were ever asked for, those that are void or superseded among them, the oldest first."""
    hers = select(SignOff).join(SignOff.placement).where(Placement.learner_id == learner.id)
    rows = session.scalars(hers.options(*all_of_a_sign_off()).order_by(SignOff.id)).all()
    return standings_of_sign_offs(session, rows)
