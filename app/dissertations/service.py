"""Deeds with a dissertation: it is begun, written, sent, answered, and noted as submitted; its days are set."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.dissertations import telling
from app.dissertations.moves import (
    AGREED,
    DISSERTATIONS,
    NOT_SUBMITTED,
    OF_PROPOSALS,
    REOPENED,
    RETURNED,
    SENT,
    SUBMITTED,
    SUBMITTED_AGAIN,
    TAKEN_BACK,
    WRITABLE,
)
from app.dissertations.standing import decision_about, is_earned, is_over, is_to_submit_again
from app.language.dates_and_times import day_in_words
from app.language.refusal import Overtaken, Refused
from app.models.academic.dissertations import (
    ApprovalEntry,
    ApprovalKind,
    ApprovalState,
    Dissertation,
    Milestone,
    MilestoneChange,
    MilestoneKind,
    SentProposal,
)
from app.models.people import Person
from app.models.programmes import Enrolment, Module
from app.models.studies import Study
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.promises.credit.deciding import hold
from app.rules.dissertations.milestones import dates_of, suggested
from app.rules.doubts import ask_about, doubts_about_text

# What a person ticks; the others are done by a deed of their own.
TICKED = frozenset({MilestoneKind.RESEARCH, MilestoneKind.FULL_DRAFT})
YEARS_AHEAD = timedelta(days=5 * 366)


@dataclass(frozen=True)
class Written:
    """A proposal as it is typed; without a study it says why there is none."""

    title: str
    proposal: str
    study: Study | None
    without_study: str


@dataclass(frozen=True)
class SaidApproval:
    """How an approval stands: given with a reference and a day, or not needed with a reason."""

    state: ApprovalState
    reference: str = ""
    decided_on: date | None = None
    reason: str = ""


def begin(session: Session, occasion: Occasion, enrolment: Enrolment, module: Module) -> Dissertation:
    """Begin a dissertation with its milestones, suggested from the dates of the cohort; or find it begun."""
    session.execute(select(Enrolment.id).where(Enrolment.id == enrolment.id).with_for_update()).all()
    there = session.scalar(select(Dissertation).where(Dissertation.enrolment_id == enrolment.id))
    if there is not None:
        return there
    dissertation = Dissertation(enrolment=enrolment, module=module, begun_at=occasion.now)
    days = suggested(*dates_of(enrolment))
    dissertation.milestones = [Milestone(kind=kind, due_on=due_on) for kind, due_on in days.items()]
    session.add(dissertation)
    record(session, occasion.actor, "began a dissertation", dissertation, now=occasion.now)
    return dissertation


def write(session: Session, occasion: Occasion, dissertation: Dissertation, written: Written, *, is_sure: bool) -> None:
    """Keep what is proposed; nobody else reads it before it is sent. The caller holds the dissertation."""
    check_not_over(dissertation, occasion.today)
    if dissertation.state not in WRITABLE:
        raise Overtaken(f"It is {dissertation.state.value} by now. Take it back, or ask your supervisor to return it.")
    ask_about(doubts_about_text((written.title, written.proposal, written.without_study), occasion.today), is_sure)
    dissertation.title, dissertation.proposal = written.title, written.proposal
    dissertation.study = written.study
    dissertation.without_study = "" if written.study else written.without_study
    record(session, occasion.actor, "wrote a proposal", dissertation, now=occasion.now)


def send(session: Session, occasion: Occasion, dissertation: Dissertation) -> None:
    """Send what is proposed to the academic supervisor, as it is; raises Refused for what is missing."""
    for value, what in ((dissertation.title, "a title"), (dissertation.proposal, "what you propose")):
        if not value.strip():
            raise Refused(f"Write {what} first, then send it.")
    if dissertation.study_id is None and not dissertation.without_study.strip():
        raise Refused("Choose the study in which it is rooted, or say why there is none. Then send it.")
    moved(session, occasion, dissertation, SENT, Party.LEARNER)
    dissertation.proposals.append(
        SentProposal(
            title=dissertation.title,
            words=dissertation.proposal,
            study_id=dissertation.study_id,
            without_study=dissertation.without_study,
            sent_at=occasion.now,
        )
    )
    telling.tell_sent(session, occasion, dissertation)


def take_back(session: Session, occasion: Occasion, dissertation: Dissertation) -> None:
    """Write on at what was sent and is not answered yet."""
    moved(session, occasion, dissertation, TAKEN_BACK, Party.LEARNER)


def agree(session: Session, occasion: Occasion, dissertation: Dissertation, learner: Person) -> None:
    """Agree to what is proposed; the learner hears."""
    moved(session, occasion, dissertation, AGREED, Party.ACADEMIC_SUPERVISOR)
    done(dissertation, MilestoneKind.PROPOSAL, occasion.today)
    telling.tell_agreed(session, occasion, dissertation, learner)


def give_back(
    session: Session, occasion: Occasion, dissertation: Dissertation, learner: Person, reason: str, *, is_sure: bool
) -> None:
    """Return a proposal with words, also one that was agreed to; the learner hears."""
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    is_open = DISSERTATIONS.can(RETURNED, dissertation.state, Party.ACADEMIC_SUPERVISOR)
    moved(session, occasion, dissertation, RETURNED if is_open else REOPENED, Party.ACADEMIC_SUPERVISOR, reason)
    done(dissertation, MilestoneKind.PROPOSAL, None)
    telling.tell_returned(session, occasion, dissertation, learner, reason)


def submit(
    session: Session, occasion: Occasion, dissertation: Dissertation, learner: Person, party: Party, submitted_on: date
) -> None:
    """Note that it was handed in, at the university; raises Refused for a day that cannot be."""
    if submitted_on > occasion.today:
        raise Refused("The date must be today or in the past.", "submitted_on")
    if submitted_on < dissertation.enrolment.started_on:
        first = day_in_words(dissertation.enrolment.started_on)
        raise Refused(f"The date must be on or after {first}, when the learner enrolled.", "submitted_on")
    moved(session, occasion, dissertation, deed_of_submission(dissertation, submitted_on), party)
    dissertation.submitted_on = submitted_on
    done(dissertation, MilestoneKind.SUBMISSION, submitted_on)
    telling.tell_submitted(session, occasion, dissertation, learner)


def deed_of_submission(dissertation: Dissertation, submitted_on: date) -> str:
    """Whether it is submitted or, because the university asked for that, again; then after it has asked."""
    decision = decision_about(dissertation)
    if decision is None or not is_to_submit_again(dissertation):
        return SUBMITTED
    if submitted_on < decision.decided_on:
        asked_on = day_in_words(decision.decided_on)
        raise Refused(f"The date must be on or after {asked_on}, when your university asked for it.", "submitted_on")
    return SUBMITTED_AGAIN


def take_submission_back(
    session: Session, occasion: Occasion, dissertation: Dissertation, learner: Person, reason: str, *, is_sure: bool
) -> None:
    """It was noted by mistake, or is to be submitted again; the learner hears.

    Raises Refused once its credits are earned: they rest on it.
    """
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    hold(session, [dissertation.enrolment])
    if is_earned(dissertation):
        raise Refused("Its credits are earned, on what was submitted. That decision has to be made void first.")
    moved(session, occasion, dissertation, NOT_SUBMITTED, Party.ACADEMIC_SUPERVISOR, reason)
    dissertation.submitted_on = None
    done(dissertation, MilestoneKind.SUBMISSION, None)
    telling.tell_not_submitted(session, occasion, dissertation, learner, reason)


def record_approval(
    session: Session,
    occasion: Occasion,
    dissertation: Dissertation,
    kind: ApprovalKind,
    said: SaidApproval,
    *,
    is_sure: bool,
) -> None:
    """Add what is known of an approval; what was said before stays. Raises Refused for what is missing from it."""
    ask_about(doubts_about_text((said.reference, said.reason), occasion.today), is_sure)
    is_given, is_needless = said.state is ApprovalState.GIVEN, said.state is ApprovalState.NOT_NEEDED
    if is_given and not said.reference.strip():
        raise Refused("Enter the reference of the approval", "reference")
    if is_given and said.decided_on is None:
        raise Refused("Enter the day on which it was given", "decided_on")
    if is_given and said.decided_on and said.decided_on > occasion.today:
        raise Refused("The date must be today or in the past.", "decided_on")
    if is_needless and not said.reason.strip():
        raise Refused("Say why it is not needed", "reason")
    dissertation.approvals.append(
        ApprovalEntry(
            kind=kind,
            state=said.state,
            reference="" if is_needless else said.reference.strip(),
            decided_on=said.decided_on if is_given else None,
            reason=said.reason.strip() if is_needless else "",
            by_id=actor_of(occasion).id,
            at=occasion.now,
        )
    )
    session.flush()
    settled_on = milestone_of(dissertation, MilestoneKind.APPROVALS).done_on or occasion.today
    done(dissertation, MilestoneKind.APPROVALS, settled_on if dissertation.are_approvals_settled else None)
    details = {"approval": kind.value, "state": said.state.value}
    record(session, occasion.actor, "recorded an approval", dissertation, now=occasion.now, **details)


def set_day(
    session: Session,
    occasion: Occasion,
    dissertation: Dissertation,
    learner: Person,
    kind: MilestoneKind,
    due_on: date,
    reason: str,
    *,
    is_sure: bool,
) -> None:
    """Set by when a milestone is to be done, for a reason that stays; the learner hears where somebody else did."""
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    milestone = milestone_of(dissertation, kind)
    if milestone.done_on is not None:
        raise Overtaken("This milestone is done by now, so its day stays as it is.")
    if not dissertation.enrolment.started_on <= due_on <= occasion.today + YEARS_AHEAD:
        raise Refused("The date must lie after the learner enrolled, and within five years.", "due_on")
    if due_on == milestone.due_on and not milestone.is_suggested:
        raise Refused("That is its day already. Enter another one.", "due_on")
    milestone.changes.append(
        MilestoneChange(
            due_before=milestone.due_on,
            due_after=due_on,
            reason=reason.strip(),
            by_id=actor_of(occasion).id,
            at=occasion.now,
        )
    )
    milestone.due_on, milestone.is_suggested = due_on, False
    record(session, occasion.actor, "set the day of a milestone", dissertation, now=occasion.now, milestone=kind.value)
    telling.tell_day(session, occasion, dissertation, learner, milestone, reason.strip())


def tick(session: Session, occasion: Occasion, dissertation: Dissertation, kind: MilestoneKind) -> None:
    """Say that a milestone is done; said twice, it is done once. Raises Refused for one that a deed of its own does."""
    if kind not in TICKED:
        raise Refused("This milestone is done by what it says: nobody ticks it.")
    milestone = milestone_of(dissertation, kind)
    if milestone.done_on is None:
        milestone.done_on = occasion.today
        record(
            session, occasion.actor, "said a milestone is done", dissertation, now=occasion.now, milestone=kind.value
        )


def moved(
    session: Session, occasion: Occasion, dissertation: Dissertation, deed: str, party: Party, reason: str = ""
) -> None:
    if deed in OF_PROPOSALS:
        check_not_over(dissertation, occasion.today)
    DISSERTATIONS.move(session, dissertation, deed, party, actor_of(occasion), occasion.now, reason=reason)


def check_not_over(dissertation: Dissertation, today: date) -> None:
    """Raise Refused once the learner has left the programme."""
    ended_on = dissertation.enrolment.ended_on
    if ended_on is not None and is_over(dissertation, today):
        last = day_in_words(ended_on)
        raise Refused(
            f"The last day on the programme was {last}, so nothing is proposed any more. What there is stays."
        )


def done(dissertation: Dissertation, kind: MilestoneKind, on: date | None) -> None:
    milestone_of(dissertation, kind).done_on = on


def milestone_of(dissertation: Dissertation, kind: MilestoneKind) -> Milestone:
    by_kind: Mapping[MilestoneKind, Milestone] = {one.kind: one for one in dissertation.milestones}
    return by_kind[kind]


def actor_of(occasion: Occasion) -> Person:
    assert occasion.actor is not None
    return occasion.actor
