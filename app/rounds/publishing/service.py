"""The deed of publishing: a run's proposals become offers, and everybody concerned is told."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.language.dates_and_times import day_in_words
from app.language.refusal import Overtaken, Refused
from app.models.people import Person
from app.models.placements import Offer, OfferState, Terms
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.runs import Proposal, Run, RunState, UnplacedRequest
from app.platform.audit import record
from app.platform.outbox import queue_message
from app.rounds.publishing import mails
from app.rounds.publishing.changes import changes_since
from app.rules.capacity import lock_limits
from app.rules.eligibility import first_day_together
from app.rules.fit import all_of_a_request, all_of_an_opening
from app.rules.standing_still import lock_people


def publish_run(
    session: Session,
    actor: Person,
    today: date,
    now: datetime,
    round_: MatchRound,
    run: Run,
    addresses: mails.Addresses,
) -> int:
    """Turn the proposals of a run into offers and return how many they are; a round is published once.

    The round is read again: when its problem is no longer the one that the run solved, nothing is published. The
    caller has locked the round. Its learners are locked here, because one may leave or exclude somebody at the same
    moment, and what limits the places, because another round may be published then and share mentors with this one.
    Raises Refused, or Overtaken when somebody else published first.
    """
    refuse_unless_publishable(round_, run, today)
    lock_people(session, learners_of(session, run))
    proposals, unplaced = proposals_of(session, run), unplaced_of(session, run)
    lock_limits(session, (proposal.opening for proposal in proposals))
    changes = changes_since(session, run, today)
    if changes:
        raise Refused(f"The round has changed since this run. {' '.join(changes)} Start a new run and publish that.")
    offers = [offer_for(proposal, round_, now) for proposal in proposals]
    session.add_all(offers)
    round_.published_at = run.published_at = now
    session.flush()
    offer_ids = {offer.proposal_id: offer.id for offer in offers}
    tell_everybody(session, round_, proposals, unplaced, offer_ids, addresses, today, now)
    record(
        session, actor, "published a run", run, now=now, name=round_.name, offers=len(proposals), unplaced=len(unplaced)
    )
    return len(proposals)


def learners_of(session: Session, run: Run) -> set[int]:
    """The ids of everybody whom the run has placed or not."""
    statement = select(PlacementRequest.learner_id)
    placed = statement.join(Proposal, Proposal.request_id == PlacementRequest.id).where(Proposal.run_id == run.id)
    left = statement.join(UnplacedRequest, UnplacedRequest.request_id == PlacementRequest.id)
    return {*session.scalars(placed), *session.scalars(left.where(UnplacedRequest.run_id == run.id))}


def refuse_unless_publishable(round_: MatchRound, run: Run, today: date) -> None:
    """Raise Refused, with what to do, while the run cannot be published."""
    if round_.published_at is not None:
        raise Overtaken(f"“{round_.name}” is published already. Its answers are on the page of the round.")
    if run.state is not RunState.SOLVED:
        raise Refused("Only a run that is solved can be published.")
    if not run.has_the_seed_of_its_round:
        raise Refused(
            "This run drew its lottery from another seed than that of the round. Start a new run and publish that."
        )
    if round_.closes_on >= today:
        raise Refused(
            f"Learners can change their requests until {day_in_words(round_.closes_on)}. Publish after that day, or "
            "close the round first."
        )
    if round_.answer_by <= today:
        raise Refused(
            f"Learners would have no time to answer: the last day is {day_in_words(round_.answer_by)}. Change the "
            "dates of the round first."
        )


def offer_for(proposal: Proposal, round_: MatchRound, now: datetime) -> Offer:
    offer = Offer(
        proposal_id=proposal.id,
        request_id=proposal.request_id,
        opening_id=proposal.opening_id,
        round_id=round_.id,
        state=OfferState.WAITING,
        offered_at=now,
        answer_by=round_.answer_by,
    )
    offer.say(Terms.of(proposal.opening), now)
    return offer


def proposals_of(session: Session, run: Run) -> Sequence[Proposal]:
    """All proposals of a run, with everything that the mails say."""
    return session.scalars(
        select(Proposal)
        .where(Proposal.run_id == run.id)
        .options(
            joinedload(Proposal.request).options(*all_of_a_request()),
            joinedload(Proposal.opening).options(*all_of_an_opening()),
        )
        .order_by(Proposal.id)
    ).all()


def unplaced_of(session: Session, run: Run) -> Sequence[UnplacedRequest]:
    return session.scalars(
        select(UnplacedRequest)
        .where(UnplacedRequest.run_id == run.id)
        .options(joinedload(UnplacedRequest.request).joinedload(PlacementRequest.learner))
        .order_by(UnplacedRequest.id)
    ).all()


def tell_everybody(
    session: Session,
    round_: MatchRound,
    proposals: Sequence[Proposal],
    unplaced: Sequence[UnplacedRequest],
    offer_ids: Mapping[int, int],
    addresses: mails.Addresses,
    today: date,
    now: datetime,
) -> None:
    """One mail to each learner, and one to each mentor of a proposal."""
    for proposal in proposals:
        begins = first_day_together(proposal.request, proposal.opening, today)
        mail = mails.offer(proposal, round_, begins, addresses.offer(offer_ids[proposal.id]))
        queue_message(session, proposal.request.learner.email, mail, now)
    for one in unplaced:
        queue_message(session, one.request.learner.email, mails.no_place(one, round_, addresses.home), now)
    by_mentor: dict[int, list[Proposal]] = {}
    for proposal in proposals:
        by_mentor.setdefault(proposal.opening.mentor_id, []).append(proposal)
    for own in by_mentor.values():
        queue_message(session, own[0].opening.mentor.email, mails.to_mentor(own, round_, addresses.home), now)
