"""Deeds of a nominated supervisor: confirming or declining by the link in the mail, and wanting an account."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.refusal import Overtaken, Refused
from app.models.operations.links import RecordLink
from app.models.pairs.nominations import Nomination, NominationState
from app.models.people import OneTimeLink, Person, Role
from app.nominations import mails
from app.nominations.moves import CONFIRM, DECLINE, MOVES
from app.nominations.service import ANSWER, AddressOf
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.links import end_links_to, link_behind
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.rules.coordinators import administrators, coordinators_of_network
from app.rules.doubts import ask_about, doubts_about_text

ACCOUNT = "make an account"  # the purpose of the link that the answer leads to
ACCOUNT_LIFE = timedelta(hours=1)
PASSWORD_LIFE = timedelta(days=14)


def nomination_behind(
    session: Session, secret: str, purpose: str, now: datetime, *, to_change: bool = False
) -> Nomination:
    """The nomination that a good link opens; raises Refused for every other link."""
    link = link_behind(session, secret, purpose, now, for_update=to_change)
    return session.get_one(Nomination, link.subject_id, with_for_update=to_change, populate_existing=to_change)


def nomination_for_account(session: Session, secret: str, now: datetime, *, to_change: bool = False) -> Nomination:
    """The nomination whose supervisor can have an account made; raises Overtaken where it ended or was verified."""
    nomination = nomination_behind(session, secret, ACCOUNT, now, to_change=to_change)
    if nomination.state is not NominationState.CONFIRMED:
        raise Overtaken(f"This nomination is {nomination.state.value} by now, so this link is no longer needed.")
    return nomination


def answer_nomination(
    session: Session,
    nomination: Nomination,
    actor: Person | None,
    takes: bool,
    reason: str,
    *,
    is_sure: bool,
    occasion: Occasion,
) -> str:
    """Keep a supervisor's yes or no, and tell learner and coordinators; `actor` is None for whoever has only the link.

    Returns the secret of a link to make an account, empty where there is one. Raises Overtaken when it was answered.
    """
    refuse_gone(nomination.learner)
    deed = CONFIRM if takes else DECLINE
    MOVES.check(deed, nomination.state, Party.MENTOR, reason)
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    now, name = occasion.now, nomination.learner.name
    MOVES.move(session, nomination, deed, Party.MENTOR, actor, now, reason="" if takes else reason, name=name)
    end_links_to(session, nomination, ANSWER, now)
    if not takes:
        queue_message(
            session, nomination.learner.email, mails.declined_to_learner(nomination, reason, occasion.home), now
        )
        return ""
    queue_message(session, nomination.learner.email, mails.confirmed_to_learner(nomination, occasion.home), now)
    tell_who_verifies(session, nomination, occasion)
    return "" if person_behind(session, nomination) else account_link(session, nomination, now)


def tell_who_verifies(session: Session, nomination: Nomination, occasion: Occasion) -> None:
    """Ask the coordinators whom it does not concern; where there are none, administrators can name one."""
    found = [one for one in coordinators_of_network(session, nomination.network_id) if not nomination.concerns(one)]
    for coordinator in found:
        wanted = mails.to_verify(coordinator, nomination, occasion.home)
        queue_message(session, coordinator.email, wanted, occasion.now)
    for administrator in () if found else administrators(session):
        nobody = mails.nobody_can_verify(administrator, nomination, occasion.home)
        queue_message(session, administrator.email, nobody, occasion.now)


def refuse_gone(learner: Person) -> None:
    if not learner.takes_part_as(Role.LEARNER):
        raise Refused(f"{learner.name} no longer takes part here, so there is nothing to answer.")


def person_behind(session: Session, nomination: Nomination) -> Person | None:
    """Who has the nominated address, if anybody here has."""
    return session.scalar(select(Person).where(Person.email == nomination.email))


def account_link(session: Session, nomination: Nomination, now: datetime) -> str:
    link, secret = RecordLink.issue(ACCOUNT, nomination, nomination.email, now, ACCOUNT_LIFE)
    session.add(link)
    return secret


def make_account(session: Session, nomination: Nomination, address_of: AddressOf, occasion: Occasion) -> Person:
    """An account for whoever answered by the link, with a mail to choose a password; what it opens comes when verified.

    Raises Refused when there is one by now.
    """
    if person_behind(session, nomination):
        raise Refused("There is an account with this address by now. Sign in with it.")
    person = Person(name=nomination.name, email=nomination.email, created_at=occasion.now)
    session.add(person)
    record(session, None, "made an account by a nomination", person, now=occasion.now, name=person.name)
    end_links_to(session, nomination, ACCOUNT, occasion.now)
    mail_password_link(session, person, address_of, occasion.now)
    return person


def mail_password_link(session: Session, person: Person, address_of: AddressOf, now: datetime) -> None:
    link, secret = OneTimeLink.issue(person, now, PASSWORD_LIFE)
    session.add(link)
    mail = mails.choose_password(person, address_of(secret), PASSWORD_LIFE)
    queue_message(session, person.email, mail, now, secret=secret)
