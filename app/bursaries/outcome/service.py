"""Deeds that give bursaries, never more than there are: whoever does one has locked the call."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from app.bursaries import queries
from app.bursaries.assessing.queries import Scoring, scoring_of
from app.bursaries.conditions import require_met
from app.bursaries.moves import (
    ACCEPTED,
    APPLICATIONS,
    CALLS,
    DECIDED,
    DECLINED,
    FINISHED,
    HANDED_BACK,
    LISTED,
    NOT_AWARDED,
    NOT_MET,
    OFFERED,
    RULED_OUT,
    part_of,
)
from app.bursaries.outcome import mails
from app.language.local_times import end_of_day, until_in_words
from app.language.refusal import Overtaken, Refused
from app.models.bursaries.applications import ApplicationState, BursaryApplication
from app.models.bursaries.calls import BursaryCall, CallState, Method
from app.models.people import Person
from app.phrasebook.of_programmes.bursaries import TO_APPLICANT
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.rules.bursaries.conditions import Unmet, is_to_confirm, unmet_by
from app.rules.bursaries.known import applicants_of
from app.rules.bursaries.order import Scored, in_order, number_free, score_of
from app.rules.doubts import ask_about, doubts_about_text


def decide_call(session: Session, by: Occasion, call: BursaryCall) -> None:
    """Put all applications in their order: the first are offered a bursary, the others wait. All are told.

    Whoever does not meet a condition by now is left out, and told which. Raises Refused while the call is open, while
    it is not said whether somebody's profession counts, and while scores are missing.
    """
    require_closed(call, by)
    party, sent = part_of(actor_of(by)), queries.applications_in(session, call, ApplicationState.SENT)
    if any(is_to_confirm(call, one.profession) for one in sent):
        raise Refused("Doctors or dentists have applied. Say first whether they may.")
    scoring = scoring_of(session, call)
    if not scoring.is_whole:
        raise Refused("Scores are missing. The page of the call says whose.")
    CALLS.move(session, call, DECIDED, party, by.actor, by.now, name=call.title, seed=call.secret)
    call.decided_at = by.now
    unmet = unmet_among(session, by, sent)
    leave_out(session, by, unmet)
    place(session, by, call, [one for one in sent if one.id not in {left.id for left, _ in unmet}], scoring)


def unmet_among(
    session: Session, by: Occasion, applications: Sequence[BursaryApplication]
) -> list[tuple[BursaryApplication, list[Unmet]]]:
    """Those that do not meet the conditions by now, each with which."""
    applicants = applicants_of(session, applications, by.today)
    judged = [(one, unmet_by(one.call, applicants[one.id])) for one in applications]
    return [(one, unmet) for one, unmet in judged if unmet]


def leave_out(session: Session, by: Occasion, unmet: Sequence[tuple[BursaryApplication, list[Unmet]]]) -> None:
    """End each with the condition that it does not meet, and tell its learner."""
    party = part_of(actor_of(by))
    for one, conditions in unmet:
        why = " ".join(TO_APPLICANT[condition][0] for condition in conditions)
        APPLICATIONS.move(session, one, NOT_MET, party, by.actor, by.now, reason=why, name=one.call.title)
        if one.learner.is_active:
            queue_message(session, one.learner.email, mails.not_eligible(one, why, by.home), by.now)


def place(
    session: Session, by: Occasion, call: BursaryCall, applications: Sequence[BursaryApplication], scoring: Scoring
) -> None:
    """Give each its position; offer the first as many as there are, and put the others on the waiting list."""
    weights = {str(one.id): one.weight for one in call.criteria}
    scored = {
        one.reference: Scored(one.reference, score_of([s.points for s in scoring.sheets[one.id]], weights))
        if call.method is Method.SCORING
        else Scored(one.reference)
        for one in applications
    }
    by_reference = {one.reference: one for one in applications}
    ordered = [by_reference[one.reference] for one in in_order(call.secret, list(scored.values()))]
    for position, one in enumerate(ordered, 1):
        one.position = position
        if call.method is Method.SCORING:
            one.score_hundredths = int(scored[one.reference].score * 10_000)
    party, first, others = part_of(actor_of(by)), ordered[: call.number], ordered[call.number :]
    for one in first:
        set_offer(by, one)
    APPLICATIONS.move_all(session, first, OFFERED, party, by.actor, by.now)
    APPLICATIONS.move_all(session, others, LISTED, party, by.actor, by.now)
    for one in first:
        queue_message(session, one.learner.email, mails.offered(one, by.home), by.now)
    for place_on_list, one in enumerate(others, 1):
        queue_message(session, one.learner.email, mails.on_waiting_list(one, place_on_list, by.home), by.now)


def set_offer(by: Occasion, application: BursaryApplication) -> None:
    application.offered_at = by.now
    application.answer_until = end_of_day(by.today + timedelta(days=application.call.answer_days))


def next_on_list(session: Session, by: Occasion, call: BursaryCall) -> BursaryApplication | None:
    """Who would be offered a bursary that is free: the first on the list who meets the conditions."""
    waiting = queries.applications_in(session, call, ApplicationState.WAITING)
    left_out = {one.id for one, _ in unmet_among(session, by, waiting)}
    return next((one for one in waiting if one.id not in left_out), None)


def free_in(session: Session, call: BursaryCall) -> int:
    """How many bursaries of a decided call can be offered."""
    return number_free(call.number, queries.number_taken(session, call)) if call.state is CallState.DECIDED else 0


def offer_next(session: Session, by: Occasion, call: BursaryCall, shown_id: int) -> BursaryApplication:
    """Offer a bursary that is free to the next on the waiting list, whom the page has shown.

    Whoever comes before her and no longer meets the conditions is left out, and told. Raises Refused where none is free
    or nobody waits, and Overtaken where somebody else comes next by now.
    """
    require_decided(call)
    if not free_in(session, call):
        raise Overtaken("No bursary is free by now: all are offered or held.")
    waiting = queries.applications_in(session, call, ApplicationState.WAITING)
    unmet = unmet_among(session, by, waiting)
    left_out = {one.id for one, _ in unmet}
    application = next((one for one in waiting if one.id not in left_out), None)
    if application is None:
        raise Refused("Nobody on the waiting list can be offered it.")
    if application.id != shown_id:
        raise Overtaken("Somebody else comes next by now. Look at the page again, and then offer it.")
    leave_out(session, by, [(one, why) for one, why in unmet if comes_before(one, application)])
    party, actor = part_of(actor_of(by)), by.actor
    APPLICATIONS.move(session, application, OFFERED, party, actor, by.now, name=call.title)
    set_offer(by, application)
    queue_message(session, application.learner.email, mails.offered(application, by.home), by.now)
    return application


def comes_before(one: BursaryApplication, other: BursaryApplication) -> bool:
    return (one.position or 0) < (other.position or 0)


def rule_out(session: Session, by: Occasion, application: BursaryApplication, reason: str, *, is_sure: bool) -> None:
    """End an application whose answers do not hold, such as a place that was never offered; its learner is told why."""
    ask_about(doubts_about_text((reason,), by.today), is_sure)
    party, name = part_of(actor_of(by)), application.call.title
    APPLICATIONS.move(session, application, RULED_OUT, party, by.actor, by.now, reason=reason, name=name)
    if application.learner.is_active:
        queue_message(session, application.learner.email, mails.not_eligible(application, reason, by.home), by.now)


def accept(session: Session, by: Occasion, application: BursaryApplication) -> None:
    """Take the bursary; raises Refused when the time to answer is over, or a condition is not met by now."""
    require_open_offer(application, by)
    require_met(session, by, application)
    move_own(session, by, application, ACCEPTED)
    for runner in queries.runners_of(session, application.call):
        queue_message(session, runner.email, mails.accepted(runner, application, by.home), by.now)


def decline(session: Session, by: Occasion, application: BursaryApplication, reason: str, *, is_sure: bool) -> None:
    """Leave it to the next on the waiting list; why is hers to say or not."""
    ask_about(doubts_about_text((reason,), by.today), is_sure)
    require_open_offer(application, by)
    move_own(session, by, application, DECLINED, reason)
    tell_free(session, by, application, "was declined")


def hand_back(session: Session, by: Occasion, application: BursaryApplication, reason: str, *, is_sure: bool) -> None:
    """Give a bursary back, by its holder or by whoever runs the call; it is free for the next on the waiting list."""
    ask_about(doubts_about_text((reason,), by.today), is_sure)
    actor, call = actor_of(by), application.call
    is_own = actor.id == application.learner_id
    party = Party.LEARNER if is_own else part_of(actor)
    APPLICATIONS.move(session, application, HANDED_BACK, party, actor, by.now, reason=reason, name=call.title)
    if not is_own and application.learner.is_active:
        queue_message(session, application.learner.email, mails.handed_back(application, reason, by.home), by.now)
    tell_free(session, by, application, "was handed back")


def finish_call(session: Session, by: Occasion, call: BursaryCall) -> None:
    """Close the waiting list; whoever waits is told that there is no bursary. Raises Refused while offers are open."""
    require_decided(call)
    if queries.applications_in(session, call, ApplicationState.OFFERED):
        raise Refused("Offers wait for their answer. Close the waiting list once they are answered.")
    party = part_of(actor_of(by))
    CALLS.move(session, call, FINISHED, party, by.actor, by.now, name=call.title)
    waiting = queries.applications_in(session, call, ApplicationState.WAITING)
    APPLICATIONS.move_all(session, waiting, NOT_AWARDED, party, by.actor, by.now)
    for one in waiting:
        if one.learner.is_active:
            queue_message(session, one.learner.email, mails.not_awarded(one, by.home), by.now)


def move_own(session: Session, by: Occasion, application: BursaryApplication, deed: str, reason: str = "") -> None:
    name = application.call.title
    APPLICATIONS.move(session, application, deed, Party.LEARNER, by.actor, by.now, reason=reason, name=name)


def tell_free(session: Session, by: Occasion, application: BursaryApplication, how: str) -> None:
    """Whoever runs the call, who offers it to the next."""
    for runner in queries.runners_of(session, application.call):
        if runner != by.actor:
            queue_message(session, runner.email, mails.is_free(runner, application, how, by.home), by.now)


def require_closed(call: BursaryCall, by: Occasion) -> None:
    if call.state is not CallState.PUBLISHED:
        raise Overtaken(f"This call is {call.state.value}, so it cannot be decided.")
    if not call.has_closed(by.now):
        raise Refused(f"Applications are open until {until_in_words(call.closes_at)}. Decide after that.")


def require_decided(call: BursaryCall) -> None:
    if call.state is not CallState.DECIDED:
        raise Overtaken(f"This call is {call.state.value}, so this cannot be done.")


def require_open_offer(application: BursaryApplication, by: Occasion) -> None:
    if application.state is not ApplicationState.OFFERED:
        raise Overtaken(f"This application is {application.state.value} by now, so this can no longer be done.")
    if not application.is_open_offer(by.now):
        assert application.answer_until is not None
        raise Overtaken(f"This offer was open until {until_in_words(application.answer_until)}.")


def actor_of(by: Occasion) -> Person:
    assert by.actor is not None
    return by.actor
