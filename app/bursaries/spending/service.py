"""Deeds on what is spent of a bursary: noting a sum, and taking out one that was wrong."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.bursaries.spending.queries import HELD, handed_back_on, pence_spent
from app.language.dates_and_times import day_in_words
from app.language.money import pounds
from app.language.refusal import Overtaken, Refused
from app.models.bursaries.applications import BursaryApplication
from app.models.bursaries.spending import Spending, SpentOn
from app.models.people import Person
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.rules.doubts import ask_about, doubts_about_text


@dataclass(frozen=True)
class Spent:
    """A sum on a day, and what it was for."""

    spent_on: date
    kind: SpentOn
    pence: int
    words: str


def note_spending(
    session: Session, by: Occasion, application: BursaryApplication, spent: Spent, *, is_sure: bool
) -> Spending:
    """Note a sum of a bursary that is held; the caller has locked its call.

    Raises Refused for a day to come or after it was handed back, for nothing, and for more than the bursary pays.
    """
    if application.state not in HELD:
        raise Overtaken(f"This application is {application.state.value}, so nothing can be spent of it.")
    if spent.spent_on > by.today:
        raise Refused("When it was spent must be today or earlier", "spent_on")
    held_until = handed_back_on(session, application)
    if held_until and spent.spent_on > held_until:
        raise Refused(f"It was handed back on {day_in_words(held_until)}: enter that day or an earlier one", "spent_on")
    if not spent.pence:
        raise Refused("Enter more than nothing", "sum")
    amount = application.call.amount_pence
    left = None if amount is None else amount - pence_spent(session, application)
    if left is not None and spent.pence > left:
        raise Refused(f"Of this bursary {pounds(max(left, 0))} are left. Enter no more than that.", "sum")
    ask_about(doubts_about_text((spent.words,), by.today), is_sure)
    actor = actor_of(by)
    spending = Spending(application=application, noted_by=actor, noted_at=by.now, **vars(spent))
    session.add(spending)
    name, pence = application.reference, spent.pence
    record(session, actor, "noted what was spent of a bursary", spending, now=by.now, name=name, pence=pence)
    return spending


def take_out(session: Session, by: Occasion, spending: Spending, why: str, *, is_sure: bool) -> None:
    """Let a sum count no longer; it stays, with why. Raises Overtaken where that is done already."""
    ask_about(doubts_about_text((why,), by.today), is_sure)
    if spending.taken_out_at is not None:
        raise Overtaken("This sum was taken out already.")
    spending.taken_out_at, spending.taken_out_by, spending.taken_out_why = by.now, actor_of(by), why
    deed = "took out what was spent of a bursary"
    record(session, by.actor, deed, spending, now=by.now, name=spending.application.reference)


def actor_of(by: Occasion) -> Person:
    assert by.actor is not None
    return by.actor
