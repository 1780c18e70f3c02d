"""The deed of publishing: a run's proposals become offers, and everybody concerned is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_of
from app.language.local_times import until_in_words
from app.language.mail import Mail
from app.language.refusal import Overtaken, Refused
from app.models.people import Person
from app.models.publications import Publication
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.runs import Proposal, Run, RunState, UnplacedRequest
from app.models.studies import Opening
from app.platform.audit import record
from app.platform.outbox import queue_messages
from app.rounds.plan.service import announce
from app.rounds.publishing import mails
from app.rounds.publishing.changes import changes_since
from app.rounds.publishing.offers import make_offers
from app.rounds.publishing.told import ToTell, absences_of, to_tell
from app.rules.capacity import lock_limits_unread
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.standing_still import lock_people

LEAST_TIME_TO_ANSWER = timedelta(days=1)


def publish_run(
    session: Session,
    actor: Person,
    today: date,
    now: datetime,
    round_: MatchRound,
    run: Run,
    addresses: mails.Addresses,
    reason: str = "",
    *,
    is_sure: bool = False,
) -> int:
    """Turn the proposals of a run into offers and return how many they are; each turn of a round is published once.

    It can be published again when that was taken back.

    The round is read again: when its problem is no longer the one that the run solved, nothing is published. The
    caller has locked the round. Its learners are locked here, because one may leave or exclude somebody at the same
    moment, and what limits the places, because another round may be published then and share mentors with this one.
    A run of another policy than was announced needs a `reason`, which is announced with it.
    Raises Refused, or Overtaken when somebody else published first.
    """
    refuse_unless_publishable(round_, run, now)
    lock_people(session, learners_of(run))
    lock_limits_unread(session, select(Proposal.opening_id).where(Proposal.run_id == run.id))
    changes = changes_since(session, run, today)
    if changes:
        told = " ".join(change.text for change in changes)
        raise Refused(f"The round has changed since this run. {told} Start a new run and publish that.")
    if is_of_another_policy(round_, run):
        announce_other(session, actor, now, round_, run, reason, is_sure)
    make_offers(session, actor, run, round_.offers_until, now)
    note_publication(round_, run, now)
    publication = Publication(round=round_, run=run, published_at=now, published_by=actor)
    session.add(publication)
    session.flush()
    concerned = to_tell(session, run)
    queue_messages(session, mails_to_all(session, run, concerned, addresses, today), now, publication.mails_about)
    numbers = {"offers": len(concerned.placed), "unplaced": len(concerned.unplaced)}
    record(session, actor, "published a run", run, now=now, name=round_.name, **numbers)
    return len(concerned.placed)


def is_of_another_policy(round_: MatchRound, run: Run) -> bool:
    """True when learners were told that another policy is meant to be published."""
    return round_.announced is not None and round_.announced.stages != list(run.stages)


def announce_other(
    session: Session, actor: Person, now: datetime, round_: MatchRound, run: Run, reason: str, is_sure: bool
) -> None:
    """Announce the policy that is published, with the reason why it is not the one of before."""
    if not reason:
        raise Refused("Enter the reason: learners read it", "reason")
    ask_about(doubts_about_text((reason,), day_of(now)), is_sure)
    announce(round_, actor, now, run.stages, reason)
    record(session, actor, "announced a policy", round_, now=now, name=round_.name, stages=run.stages)


def note_publication(round_: MatchRound, run: Run, now: datetime) -> None:
    """The turn that is under way ends with it; the first one is the round itself."""
    run.published_at = now
    if round_.open_turn:
        round_.open_turn.published_at = now
    else:
        round_.published_at = now


def learners_of(run: Run) -> Select[int]:
    """The ids of everybody whom the run has placed or not."""
    requests = union_all(
        select(Proposal.request_id).where(Proposal.run_id == run.id),
        select(UnplacedRequest.request_id).where(UnplacedRequest.run_id == run.id),
    )
    return select(PlacementRequest.learner_id).where(PlacementRequest.id.in_(requests))


def refuse_unless_publishable(round_: MatchRound, run: Run, now: datetime) -> None:
    """Raise Refused, with what to do, while the run cannot be published."""
    if not round_.is_worked_on:
        raise Overtaken(f"“{round_.name}” is published already. Its answers are on the page of the round.")
    if run.turn != round_.turn_number:
        raise Refused("This run is of an earlier turn of the round. Start a new run and publish that.")
    if run.state is not RunState.SOLVED:
        raise Refused("Only a run that is solved can be published.")
    if not run.has_the_seed_of_its_round:
        raise Refused(
            "This run drew its lottery from another seed than that of the round. Start a new run and publish that."
        )
    if not round_.has_closed(now):
        raise Refused(
            f"Learners can change their requests until {until_in_words(round_.closes_at)}. Publish after that, or "
            "close the round first."
        )
    if round_.offers_until - now < LEAST_TIME_TO_ANSWER:
        mend = "End this turn and open another" if round_.open_turn else "Change the dates of the round first"
        until = until_in_words(round_.offers_until)
        raise Refused(f"Learners would have no time to answer: they answer until {until}. {mend}.")


def mails_to_all(
    session: Session, run: Run, told: ToTell, addresses: mails.Addresses, today: date
) -> Iterator[tuple[str, Mail]]:
    """One mail to each learner, and one to each mentor of a proposal, each with its recipient."""
    round_, until, absences = run.round, run.round.offers_until, absences_of(session, run)
    policy = mails.another_policy(round_, run)
    for placed in told.placed:
        begins, address = placed.first_day(today, absences), addresses.offer(placed.offer_id)
        yield placed.learner_email, mails.offer(placed, round_, until, begins, address, policy)
    for unplaced in told.unplaced:
        yield unplaced.learner_email, mails.no_place(unplaced, round_, addresses.home, policy)
    for hers in told.by_mentor():
        yield hers[0].mentor_email, mails.to_mentor(hers, round_, addresses.home)


@dataclass(frozen=True)
class Concerned:
    """How many a publication concerns: who gets an offer, whose openings they are, who has no place."""

    offers: int
    mentors: int
    unplaced: int


def concerned_by(session: Session, run: Run) -> Concerned:
    mentors = func.count(Opening.mentor_id.distinct())
    of_proposals = select(func.count(), mentors).join_from(Proposal, Opening, Proposal.opening_id == Opening.id)
    offers, mentors_told = session.execute(of_proposals.where(Proposal.run_id == run.id)).one()
    unplaced = select(func.count()).select_from(UnplacedRequest).where(UnplacedRequest.run_id == run.id)
    return Concerned(offers, mentors_told, session.scalar(unplaced) or 0)
