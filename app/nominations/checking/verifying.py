"""Deeds of a coordinator on a nomination: verifying it, which makes a placement that counts, or not verifying it."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.language.local_times import until_in_words
from app.language.refusal import Refused
from app.models.pairs.nominations import CheckQuestion, Nomination, NominationCheck
from app.models.people import Person
from app.models.placements import Placement, PlacementState
from app.nominations import mails
from app.nominations.answering import mail_password_link
from app.nominations.checking.eligible import check_can_begin, first_day_in
from app.nominations.checking.exceptions import make_exception
from app.nominations.checking.replies import Replies
from app.nominations.checking.requests_that_end import end_requests
from app.nominations.checking.taking_up import mentor_for, opening_for
from app.nominations.moves import MOVES, REFUSE, VERIFY
from app.nominations.service import AddressOf
from app.phrasebook.nominations import QUESTIONS
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.course.needs import begin_needs
from app.rules.capacity import lock_limits
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.of_learners.places import has_place_for, offer_for
from app.rules.standing_still import lock_people


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the mails lead: a placement's page, and the page to choose a password behind a secret."""

    placement: Callable[[int], str]
    password: AddressOf


def verify(
    session: Session,
    actor: Person,
    nomination: Nomination,
    replies: Replies,
    addresses: Addresses,
    *,
    is_sure: bool,
    occasion: Occasion,
) -> Placement:
    """Let a nomination count: its supervisor and opening are found or made, and the placement begins.

    Everything that a run obeys is asked again here, and what limits the place is locked. Raises Refused, with what to
    do, when a question was answered with no or something stands in the way, Overtaken when it was decided already.
    """
    lock_people(session, [nomination.learner_id])
    refuse_concerned(actor, nomination)
    MOVES.check(VERIFY, nomination.state, Party.COORDINATOR)
    check_replies(replies, occasion, is_sure)
    check_module_is_free(session, nomination, occasion)
    mentor = mentor_for(session, actor, nomination, occasion.now)
    opening = opening_for(session, actor, nomination, mentor, occasion.now)
    lock_limits(session, [opening])
    if not replies[CheckQuestion.INDEPENDENT].is_yes:
        make_exception(session, actor, nomination, mentor, replies[CheckQuestion.INDEPENDENT].note, occasion)
    check_can_begin(session, nomination, opening, occasion.today)
    placement = Placement(
        learner=nomination.learner,
        mentor=mentor,
        opening=opening,
        module=nomination.module,
        nomination=nomination,
        state=PlacementState.ACTIVE,
        starts_on=first_day_in(nomination, opening, occasion.today),
        ends_on=min(nomination.ends_on, opening.ends_on),
        agreed_at=occasion.now,
    )
    session.add(placement)
    keep_replies(nomination, replies)
    name = nomination.learner.name
    MOVES.move(session, nomination, VERIFY, Party.COORDINATOR, actor, occasion.now, name=name)
    record(session, actor, "began a placement", placement, now=occasion.now, nomination=nomination.id)
    begin_needs(session, placement, occasion)
    end_requests(session, actor, nomination, occasion)
    tell_of_placement(session, placement, addresses, occasion)
    return placement


def refuse_concerned(actor: Person, nomination: Nomination) -> None:
    if nomination.concerns(actor):
        raise Refused("This nomination concerns you. Ask another coordinator of this network to decide on it.")


def check_replies(replies: Replies, occasion: Occasion, is_sure: bool) -> None:
    """Refuse where something is not as it must be; a line manager or assessor needs the reason for an exception."""
    for question, reply in replies.items():
        if not reply.is_yes and question is not CheckQuestion.INDEPENDENT:
            raise Refused(
                f"This cannot count: {QUESTIONS[question].when_no}. Put that right first, or do not verify it.",
                question.name.lower(),
            )
        if not reply.is_yes and not reply.note:
            raise Refused("Say in the note why an exception is made", f"{question.name.lower()}_note")
    ask_about(doubts_about_text([reply.note for reply in replies.values()], occasion.today), is_sure)


def check_module_is_free(session: Session, nomination: Nomination, occasion: Occasion) -> None:
    """Refuse while the learner has a place for the module, or an offer that she has not answered."""
    name = nomination.learner.name
    if has_place_for(session, nomination.learner_id, nomination.module_id, occasion.today):
        raise Refused(f"{name} has a placement for this module already.")
    offer = offer_for(session, nomination.learner_id, nomination.module_id, occasion.today)
    if offer:
        raise Refused(
            f"{name} has an offer for this module, to be answered by {until_in_words(offer.answer_until)}. Verify this "
            "once it is declined or has lapsed."
        )


def keep_replies(nomination: Nomination, replies: Replies) -> None:
    nomination.checks = [
        NominationCheck(question=question, position=position, is_yes=reply.is_yes, note=reply.note)
        for position, (question, reply) in enumerate(replies.items(), 1)
    ]


def tell_of_placement(session: Session, placement: Placement, addresses: Addresses, occasion: Occasion) -> None:
    """Mail both; whoever has no password yet gets a link to choose one."""
    address = addresses.placement(placement.id)
    queue_message(session, placement.learner.email, mails.verified_to_learner(placement, address), occasion.now)
    queue_message(session, placement.mentor.email, mails.verified_to_mentor(placement, address), occasion.now)
    if placement.mentor.password_hash is None:
        mail_password_link(session, placement.mentor, addresses.password, occasion.now)


def refuse(
    session: Session,
    actor: Person,
    nomination: Nomination,
    reason: str,
    *,
    is_sure: bool,
    occasion: Occasion,
) -> None:
    """Do not verify it, with the reason, which the learner reads; both are told."""
    refuse_concerned(actor, nomination)
    MOVES.check(REFUSE, nomination.state, Party.COORDINATOR, reason)
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    name = nomination.learner.name
    MOVES.move(session, nomination, REFUSE, Party.COORDINATOR, actor, occasion.now, reason=reason, name=name)
    told = mails.not_verified_to_learner(nomination, reason, occasion.home)
    queue_message(session, nomination.learner.email, told, occasion.now)
    queue_message(session, nomination.email, mails.not_verified_to_mentor(nomination), occasion.now)
