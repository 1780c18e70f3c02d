"""What the demo prints of what followed its publications: a line for each thing that there is to look at."""

import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.demo.bursaries import about_bursaries
from app.demo.meetings import about_meetings
from app.demo.transferred import about_transferred
from app.demo.whole_way import about_whole_ways
from app.language.dates_and_times import day_in_words, day_of
from app.language.numbers import count
from app.models.academic.prior_learning import PriorLearningClaim
from app.models.academic.way_asked import WayAsked, WayAskedState
from app.models.course.better_places import BetterPlace
from app.models.course.changes_asked import AskedKind, AskedState, ChangeAsked
from app.models.course.swaps import Swap
from app.models.figures import RunFigures
from app.models.operations.outbox import Message
from app.models.pairs.nominations import Nomination
from app.models.people import Person
from app.models.placements import Offer, OfferState, Placement
from app.models.programmes import Enrolment
from app.models.publications import DossierPage, Publication
from app.models.reminding.calendar_addresses import CalendarAddress
from app.models.requests import PlacementRequest
from app.models.reviews import Review
from app.models.rounds import MatchRound
from app.models.runs import Proposal, Run, RunState
from app.phrasebook.comparisons import who_differs
from app.rounds.comparing.differing import sums_of
from app.rounds.dossier.queries import content_of, made_dossier
from app.rounds.dossier.verify import verify
from app.rounds.policies import meaning_of
from app.rules.enrolments.standing import is_stepped_out_on
from app.web.addresses import full_address

FIRST_TURN = 1
STATES = {
    OfferState.ACCEPTED: "accepted",
    OfferState.DECLINED: "declined",
    OfferState.WAITING: "to be answered",
    OfferState.LAPSED: "lapsed",
    OfferState.TAKEN_BACK: "taken back",
}


def happened(session: Session, now: datetime) -> Iterator[str]:
    """The rounds that were published, who left, and what waits for somebody; lines may be long."""
    for publication in publications(session):
        yield from about_publication(session, publication, now)
    others = [
        *about_swaps(session),
        *about_moving_up(session),
        *about_leaving(session),
        *about_transferred(session, now),
        *about_reviews(session),
        *about_supervisors(session),
        *about_ways(session, day_of(now)),
        *about_prior_learning(session),
        *about_whole_ways(session),
        *about_meetings(session),
        *about_reminders(session),
        *about_bursaries(session),
    ]
    yield from ["", "Placements, reviews and supervisors", *others] if others else []


def publications(session: Session) -> Sequence[Publication]:
    standing = select(Publication).where(Publication.taken_back_at.is_(None)).order_by(Publication.id)
    return session.scalars(standing.options(joinedload(Publication.round), joinedload(Publication.run))).all()


def about_publication(session: Session, publication: Publication, now: datetime) -> Iterator[str]:
    """Which policies were compared, what was offered and answered, and whether the dossier holds."""
    round_, run = publication.round, publication.run
    on = day_in_words(day_of(publication.published_at))
    yield ""
    yield f"“{round_.name}”, {'published' if run.turn == FIRST_TURN else 'its clearing turn published'} on {on}"
    yield from compared_with(session, run)
    yield f"  {answers(session, run, now)}"
    yield f"  {dossier_line(session, publication)}"
    if run.turn == round_.turn_number:
        yield from public_page(session, round_)


def compared_with(session: Session, run: Run) -> Iterator[str]:
    """The solved runs of the same turn side by side, where there are several."""
    statement = select(Run, RunFigures).join(RunFigures, RunFigures.run_id == Run.id)
    same = (Run.round_id == run.round_id, Run.turn == run.turn, Run.state == RunState.SOLVED)
    rows = session.execute(statement.where(*same).order_by(Run.id)).all()
    if len(rows) > 1:
        sums = sums_of(session, [one for one, _ in rows])
        yield f"  {len(rows)} policies compared. {who_differs(sums.differing, rows[0][1].learners)}"
        for one, figures in rows:
            yield f"    {figures.placed} placed, {figures.first_choices} with their first choice: {meaning(one)}"


def meaning(run: Run) -> str:
    words = meaning_of(run.stages)
    return words[:1].lower() + words[1:]


def answers(session: Session, run: Run, now: datetime) -> str:
    """How many offers there were, and what was said to them."""
    made = select(Offer).join(Proposal, Offer.proposal_id == Proposal.id).where(Proposal.run_id == run.id)
    offers = session.scalars(made).all()
    by_state = Counter(offer.state_at(now) for offer in offers)
    said = [f"{by_state[state]} {words}" for state, words in STATES.items() if by_state[state]]
    asked = sum(offer.more_time_at is not None for offer in offers)
    more = [f"{asked} after more time"] if asked else []
    return f"{count(len(offers), 'offer')}: {', '.join([*said, *more])}"


def dossier_line(session: Session, publication: Publication) -> str:
    """What `rpe round verify` says of it."""
    dossier = made_dossier(session, publication)
    if dossier is None:
        return "Its dossier is not made yet"
    holds = not any(one.wrong for one in verify(zlib.decompress(content_of(session, dossier))))
    return f"Its dossier, checked from its own files: {'valid and proved' if holds else 'not valid'}"


def public_page(session: Session, round_: MatchRound) -> Iterator[str]:
    page = session.scalar(select(DossierPage).where(DossierPage.round_id == round_.id))
    if page is not None and page.is_shown:
        yield f"  Everybody can see it at {full_address('rounds.dossier.public', address=page.address)}"


def about_swaps(session: Session) -> Iterator[str]:
    """Learners who agreed to swap their places."""
    sides = (
        joinedload(side).joinedload(Offer.request).joinedload(PlacementRequest.learner)
        for side in (Swap.one, Swap.other)
    )
    for swap in session.scalars(select(Swap).order_by(Swap.id).options(*sides)):
        yield f"  {swap.one.request.learner.name} and {swap.other.request.learner.name} swap places: {swap.state.value}"


def about_moving_up(session: Session) -> Iterator[str]:
    """Learners who were offered a place that they had ranked higher."""
    learner = joinedload(BetterPlace.offer).joinedload(Offer.request).joinedload(PlacementRequest.learner)
    for place in session.scalars(select(BetterPlace).order_by(BetterPlace.id).options(learner)):
        yield f"  {place.offer.request.learner.name} may move up: {place.state.value}"


def about_leaving(session: Session) -> Iterator[str]:
    """Each mentor who has said that she leaves: where her learners go on, or that they wait."""
    asked = select(ChangeAsked).where(ChangeAsked.kind == AskedKind.MENTOR_LEAVES).order_by(ChangeAsked.id)
    wishes = session.scalars(asked.options(joinedload(ChangeAsked.asked_by), joinedload(ChangeAsked.placement)))
    for (mentor, day), ones in groupby(wishes, key=lambda one: (one.asked_by.name, one.from_on)):
        yield f"  {mentor} leaves on {day_in_words(day)}: {', '.join(what_follows(session, one) for one in ones)}"


def what_follows(session: Session, asked: ChangeAsked) -> str:
    learner = asked.placement.learner.name
    after = session.scalar(select(Placement).where(Placement.continues_id == asked.placement_id))
    if after is not None:
        return f"{learner} goes on with {after.mentor.name}"
    return f"{learner} {'waits for the coordinator' if asked.state is AskedState.WAITING else 'stays or has ended'}"


def about_reviews(session: Session) -> Iterator[str]:
    """Learners who asked a person to look again."""
    reviews = select(Review).options(joinedload(Review.request).joinedload(PlacementRequest.learner))
    for review in session.scalars(reviews.order_by(Review.id)):
        due = day_in_words(review.due_on)
        yield f"  {review.request.learner.name} asked for a review: {review.state.value}, due by {due}"


def about_supervisors(session: Session) -> Iterator[str]:
    """Learners who named a supervisor of their own."""
    named = select(Nomination).options(joinedload(Nomination.learner)).order_by(Nomination.id)
    for one in session.scalars(named):
        yield f"  {one.learner.name} named {one.name} as supervisor: {one.state.value}"


def about_ways(session: Session, today: date) -> Iterator[str]:
    """Who is away from her programme, and what leads are asked."""
    stepped = select(func.count()).select_from(Enrolment).where(is_stepped_out_on(today))
    away = session.scalar(stepped) or 0
    waiting = select(func.count()).select_from(WayAsked).where(WayAsked.state == WayAskedState.WAITING)
    if away:
        yield f"  {count(away, 'learner has', 'learners have')} stepped out of a programme for a time"
    if asked := session.scalar(waiting) or 0:
        yield f"  {count(asked, 'learner asks', 'learners ask')} a programme lead about her or his way"


def about_prior_learning(session: Session) -> Iterator[str]:
    """Who claims credit for what was learnt before, and what became of it."""
    claims = select(PriorLearningClaim, Person.name).join(PriorLearningClaim.enrolment)
    claims = claims.join(Person, Person.id == Enrolment.learner_id).order_by(PriorLearningClaim.id)
    for claim, name in session.execute(claims):
        yield f"  {name} claims {count(claim.credits, 'credit')} for prior learning: {claim.state.value}"


def about_reminders(session: Session) -> Iterator[str]:
    """How many were mailed what waits for them, and how many have their dates in their own calendar."""
    mailed = (
        session.scalar(select(func.count()).select_from(Message).where(Message.unsubscribe != "", Message.about == ""))
        or 0
    )
    calendars = session.scalar(select(func.count()).select_from(CalendarAddress)) or 0
    if mailed:
        yield f"  {count(mailed, 'person was', 'people were')} mailed what waits for them"
    if calendars:
        yield f"  {count(calendars, 'person has', 'people have')} their dates in a calendar of their own"
