"""Deeds around confirming: asking the mentors before a round closes, and what they answer."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy.orm import Session

from app.models.operations.links import RecordLink
from app.models.people import Person
from app.models.studies import Opening
from app.platform.audit import record
from app.platform.links import end_links_to
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.studies.confirming import mails
from app.studies.confirming.queries import openings_to_ask_about, openings_to_confirm
from app.studies.openings.service import pause_opening

PURPOSE = "confirm openings"


def ask_mentors(session: Session, now: datetime, before: timedelta, address_of: Callable[[str], str]) -> int:
    """Mail each mentor whose openings are due one link for all of them; return how many mentors were asked."""
    asked = 0
    for mentor, due in by_mentor(openings_to_ask_about(session, now, before)):
        end_links_to(session, mentor, PURPOSE, now)
        link, secret = RecordLink.issue(PURPOSE, mentor, mentor.email, now, before, person=mentor)
        session.add(link)
        for opening in due:
            opening.asked_to_confirm_at = now
        mail = mails.please_confirm(openings_to_confirm(session, mentor), before.days, address_of(secret))
        queue_message(session, mentor.email, mail, now, secret=secret)
        asked += 1
    return asked


def by_mentor(openings: Sequence[Opening]) -> Iterator[tuple[Person, list[Opening]]]:
    """Openings that stand in the order of their mentors, in groups."""
    for mentor, group in groupby(openings, key=lambda opening: opening.mentor):
        yield mentor, list(group)


def confirm_openings(
    session: Session, mentor: Person, paused_ids: Collection[int], occasion: Occasion, *, by_link: bool
) -> tuple[int, int]:
    """Pause some of a mentor's published openings and confirm the others; return how many of each: confirmed, paused.

    Her links end with it. `by_link` goes on the record: then whoever reads her mail has answered.
    """
    openings = openings_to_confirm(session, mentor, to_change=True)
    paused = [one for one in openings if one.id in paused_ids]
    for opening in paused:
        pause_opening(session, mentor, opening, occasion)
    confirmed = [one for one in openings if one.id not in paused_ids]
    for opening in confirmed:
        opening.confirmed_at = occasion.now
    ids = [one.id for one in confirmed]
    record(session, mentor, "confirmed openings", mentor, now=occasion.now, openings=ids, by_link=by_link)
    end_links_to(session, mentor, PURPOSE, occasion.now)
    return len(confirmed), len(paused)
