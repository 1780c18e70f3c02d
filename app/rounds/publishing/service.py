"""The deed of publishing: a run's proposals become offers, and everybody concerned is told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.orm import Session, defer, joinedload, load_only

from app.language.dates_and_times import day_of
from app.language.local_times import until_in_words
from app.language.mail import Mail
from app.language.refusal import Overtaken, Refused
from app.models.organisations import Organisation
from app.models.people import MentorProfile, Person
from app.models.placements import Offer, OfferState, OfferTerms, Terms
from app.models.publications import Publication
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.runs import Proposal, Run, RunState, UnplacedRequest
from app.models.studies import Opening, Study
from app.platform.audit import record
from app.platform.outbox import queue_messages
from app.rounds.plan.service import announce
from app.rounds.publishing import mails
from app.rounds.publishing.changes import changes_since
from app.rules.capacity import lock_limits
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.eligibility import first_day_together
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
    lock_people(session, learners_of(session, run))
    lock_limits(session, openings_of(session, run))
    changes = changes_since(session, run, today)
    if changes:
        told = " ".join(change.text for change in changes)
        raise Refused(f"The round has changed since this run. {told} Start a new run and publish that.")
    if is_of_another_policy(round_, run):
        announce_other(session, actor, now, round_, run, reason, is_sure)
    proposals, unplaced = proposals_of(session, run), unplaced_of(session, run)
    offer_ids = make_offers(session, run, proposals, round_.offers_by, now)
    note_publication(round_, run, now)
    publication = Publication(round=round_, run=run, published_at=now, published_by=actor)
    session.add(publication)
    session.flush()
    letters = mails_to_all(round_, proposals, unplaced, offer_ids, addresses, today)
    queue_messages(session, letters, now, publication.mails_about)
    record(
        session, actor, "published a run", run, now=now, name=round_.name, offers=len(proposals), unplaced=len(unplaced)
    )
    return len(proposals)


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


def learners_of(session: Session, run: Run) -> set[int]:
    """The ids of everybody whom the run has placed or not."""
    statement = select(PlacementRequest.learner_id)
    placed = statement.join(Proposal, Proposal.request_id == PlacementRequest.id).where(Proposal.run_id == run.id)
    left = statement.join(UnplacedRequest, UnplacedRequest.request_id == PlacementRequest.id)
    return {*session.scalars(placed), *session.scalars(left.where(UnplacedRequest.run_id == run.id))}


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


def openings_of(session: Session, run: Run) -> Sequence[Row[int, int, int]]:
    """The openings of the proposals of a run: id, mentor and study of each."""
    proposed = select(Proposal.opening_id).where(Proposal.run_id == run.id)
    columns = (Opening.id, Opening.mentor_id, Opening.study_id)
    return session.execute(select(*columns).where(Opening.id.in_(proposed))).all()


def make_offers(
    session: Session, run: Run, proposals: Sequence[Proposal], answer_by: date, now: datetime
) -> dict[int, int]:
    """An offer of each proposal, on the terms of today, in two statements; their ids by that of the proposal.

    Where the run was published before and that was taken back, the offers of then are made anew.
    """
    for_all = {"round_id": run.round_id, "state": OfferState.WAITING, "offered_at": now, "answer_by": answer_by}
    offers = [
        {"proposal_id": one.id, "request_id": one.request_id, "opening_id": one.opening_id, **for_all}
        for one in proposals
    ]
    if not offers:
        return {}
    said = numbers_said(session, run)
    if said:
        make_anew(session, run, for_all)
    else:
        session.execute(insert(Offer), offers)
    made = select(Offer.proposal_id, Offer.id).join(Proposal, Offer.proposal_id == Proposal.id)
    offer_ids: dict[int, int] = dict(session.execute(made.where(Proposal.run_id == run.id)).all())
    terms = [
        {
            "offer_id": offer_ids[one.id],
            "number": said.get(one.id, 0) + 1,
            "said_at": now,
            **vars(Terms.of(one.opening)),
        }
        for one in proposals
    ]
    session.execute(insert(OfferTerms), terms)
    return offer_ids


def numbers_said(session: Session, run: Run) -> dict[int, int]:
    """How often each proposal of a run has been offered or said anew already, by its id."""
    rows = (
        select(Offer.proposal_id, func.max(OfferTerms.number))
        .join(OfferTerms, OfferTerms.offer_id == Offer.id)
        .join(Proposal, Offer.proposal_id == Proposal.id)
        .where(Proposal.run_id == run.id)
        .group_by(Offer.proposal_id)
    )
    return dict(session.execute(rows).all())


def make_anew(session: Session, run: Run, for_all: Mapping[str, object]) -> None:
    """Let the offers of a publication that was taken back wait again, as if they had never ended."""
    proposals = select(Proposal.id).where(Proposal.run_id == run.id)
    ended = {"answered_at": None, "taken_back_because": "", "taken_back_with_id": None, "found_taken_at": None}
    session.execute(
        update(Offer).where(Offer.proposal_id.in_(proposals)).values({**for_all, **ended}),
        execution_options={"synchronize_session": False},
    )
    session.expire_all()


def proposals_of(session: Session, run: Run) -> Sequence[Proposal]:
    """All proposals of a run, with everything that the offers and the mails say, and no more."""
    opening, mentor = joinedload(Proposal.opening), joinedload(Opening.mentor)
    return session.scalars(
        select(Proposal)
        .where(Proposal.run_id == run.id)
        .options(
            defer(Proposal.why_about_learner),
            joinedload(Proposal.request).options(load_only(PlacementRequest.start_from, PlacementRequest.start_until)),
            joinedload(Proposal.request).joinedload(PlacementRequest.learner).load_only(Person.name, Person.email),
            opening.options(
                joinedload(Opening.organisation).load_only(Organisation.name),
                joinedload(Opening.study).load_only(Study.title),
                mentor.load_only(Person.name, Person.email),
                mentor.joinedload(Person.mentor_profile).load_only(MentorProfile.person_id),
                mentor.joinedload(Person.mentor_profile).selectinload(MentorProfile.absences),
            ),
        )
        .order_by(Proposal.id)
    ).all()


def unplaced_of(session: Session, run: Run) -> Sequence[UnplacedRequest]:
    return session.scalars(
        select(UnplacedRequest)
        .where(UnplacedRequest.run_id == run.id)
        .options(
            joinedload(UnplacedRequest.request).load_only(PlacementRequest.id),
            joinedload(UnplacedRequest.request)
            .joinedload(PlacementRequest.learner)
            .load_only(Person.name, Person.email),
        )
        .order_by(UnplacedRequest.id)
    ).all()


def mails_to_all(
    round_: MatchRound,
    proposals: Sequence[Proposal],
    unplaced: Sequence[UnplacedRequest],
    offer_ids: Mapping[int, int],
    addresses: mails.Addresses,
    today: date,
) -> Iterator[tuple[str, Mail]]:
    """One mail to each learner, and one to each mentor of a proposal, each with its recipient."""
    by_mentor: dict[int, list[Proposal]] = {}
    for proposal in proposals:
        begins = first_day_together(proposal.request, proposal.opening, today)
        mail = mails.offer(proposal, round_, round_.offers_until, begins, addresses.offer(offer_ids[proposal.id]))
        yield proposal.request.learner.email, mail
        by_mentor.setdefault(proposal.opening.mentor_id, []).append(proposal)
    for one in unplaced:
        yield one.request.learner.email, mails.no_place(one, round_, addresses.home)
    for own in by_mentor.values():
        yield own[0].opening.mentor.email, mails.to_mentor(own, round_, addresses.home)


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
