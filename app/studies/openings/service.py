"""Deeds of a mentor with her openings: publish, change, pause, resume, withdraw."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.language.numbers import count, plural
from app.language.refusal import Refused
from app.models.course.better_places import BetterPlace
from app.models.organisations import Network, Organisation
from app.models.people import Person
from app.models.placements import Offer, Terms
from app.models.programmes import Level
from app.models.studies import Opening, OpeningLevel, OpeningProfession, OpeningState, Study
from app.models.values.registration import Profession
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.consequences import (
    ask_about_offers,
    take_back_broken,
    tell_of_changed_terms,
    tell_of_pause,
)
from app.promises.moving_up.broken import tell_of_changed_better_places
from app.rules.coordinators import coordinators_of_network
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.eligibility import SHORTEST_PLACEMENT
from app.studies.openings import mails
from app.studies.openings.queries import Affected
from app.studies.openings.suitability import doubts_about_dates, doubts_about_end, doubts_about_start

WEEKS_MIN = SHORTEST_PLACEMENT // timedelta(weeks=1)
TWICE = "You have an opening on this study already. Change that one, or withdraw it and publish a new one."


@dataclass(frozen=True, slots=True)
class OpeningAnswers:
    """What a mentor offers on a study; no profession means every profession."""

    organisation: Organisation
    network: Network
    places: int
    starts_on: date
    ends_on: date
    levels: Collection[Level]
    professions: Collection[Profession]
    learner_does: str


def publish_opening(
    session: Session,
    mentor: Person,
    study: Study,
    answers: OpeningAnswers,
    *,
    is_sure: bool,
    today: date,
    now: datetime,
) -> Opening:
    """Offer places on a study to learners; raises Refused when it cannot be, or may not be without a tick."""
    check_can_open(session, mentor, study)
    check_answers(mentor, study, answers, is_sure, today)
    opening = Opening(mentor=mentor, study=study, state=OpeningState.PUBLISHED, created_at=now)
    write_answers(opening, answers)
    try:
        with session.begin_nested():
            session.add(opening)
    except IntegrityError as twice:  # the same form, sent twice at the same moment
        raise Refused(TWICE) from twice
    record(session, mentor, "published an opening", opening, now=now, name=study.name, places=answers.places)
    return opening


def change_opening(
    session: Session,
    mentor: Person,
    opening: Opening,
    answers: OpeningAnswers,
    taken: int,
    *,
    is_sure: bool,
    occasion: Occasion,
) -> None:
    """Change what is offered; `taken` places are held by learners and stay. Raises Refused like `publish_opening`.

    Whoever waits with an offer is told of the change and must say yes again; an offer that no longer can be is taken
    back. The mentor is asked first.
    """
    if not opening.is_live:
        raise Refused("This opening is withdrawn. Publish a new one instead.")
    if answers.places < taken:
        held = plural(taken, "One of its places is", f"{taken} of its places are")
        raise Refused(f"{held} taken or offered, so there must be at least {taken}.", "places")
    today, before = occasion.today, Terms.of(opening)
    check_answers(mentor, opening.study, answers, is_sure, today)
    write_answers(opening, answers)
    opening.confirmed_at = occasion.now
    session.flush()
    session.refresh(opening, ["organisation"])
    ask_about_offers(session, today, is_sure, Offer.opening_id == opening.id, told_of_change=True)
    record(
        session, mentor, "changed an opening", opening, now=occasion.now, name=opening.study.name, places=answers.places
    )
    take_back_broken(session, occasion, Offer.opening_id == opening.id)
    if Terms.of(opening) != before:
        tell_of_changed_terms(session, occasion, Offer.opening_id == opening.id)
        tell_of_changed_better_places(session, occasion, BetterPlace.opening_id == opening.id)


def check_can_open(session: Session, mentor: Person, study: Study) -> None:
    """Raise Refused when the study takes no learners, or the mentor has an opening on it."""
    check_study(study)
    if live_opening(session, mentor, study):
        raise Refused(TWICE)


def check_study(study: Study) -> None:
    if not study.status.can_take_learners:
        raise Refused(f"This study is {study.status.value}, so learners cannot join it. Choose another study.")


def check_answers(mentor: Person, study: Study, answers: OpeningAnswers, is_sure: bool, today: date) -> None:
    """Refuse what cannot be, ask about what is unlikely."""
    if answers.ends_on < answers.starts_on + SHORTEST_PLACEMENT:
        raise Refused(f"The last day must be at least {WEEKS_MIN} weeks after the first day", "ends_on")
    if answers.ends_on < today + SHORTEST_PLACEMENT:
        soonest = day_in_words(today + SHORTEST_PLACEMENT)
        raise Refused(
            f"The last day must be {soonest} or later: {WEEKS_MIN} weeks are the least for anybody", "ends_on"
        )
    doubts = doubts_about_dates(answers.starts_on, answers.ends_on, answers.levels, today)
    doubts += doubts_about_start(study, answers.starts_on) + doubts_about_end(study, answers.ends_on)
    doubts += doubts_about_places(mentor, answers.places)
    ask_about([*doubts, *doubts_about_text((answers.learner_does,), today)], is_sure)


def doubts_about_places(mentor: Person, places: int) -> list[str]:
    """Ask about more places than the mentor takes learners at once."""
    profile = mentor.mentor_profile
    if profile is None or places <= profile.learners_max:
        return []
    learners = count(profile.learners_max, "learner")
    return [f"Your profile says that you take at most {learners} at once, so not all {places} places can be filled."]


def write_answers(opening: Opening, answers: OpeningAnswers) -> None:
    opening.organisation, opening.network = answers.organisation, answers.network
    opening.places, opening.starts_on, opening.ends_on = answers.places, answers.starts_on, answers.ends_on
    opening.learner_does = answers.learner_does
    if opening.levels != set(answers.levels):
        opening.level_rows = [row for row in opening.level_rows if row.level in answers.levels] + [
            OpeningLevel(level=level) for level in answers.levels if level not in opening.levels
        ]
    if opening.professions != set(answers.professions):
        opening.profession_rows = [row for row in opening.profession_rows if row.profession in answers.professions] + [
            OpeningProfession(profession=one) for one in answers.professions if one not in opening.professions
        ]


def pause_opening(session: Session, mentor: Person, opening: Opening, occasion: Occasion) -> None:
    """Keep it out of sight for a while; offers that wait stay as they are, and their learners are told so."""
    opening.pause()
    record(session, mentor, "paused an opening", opening, now=occasion.now, name=opening.study.name)
    tell_of_pause(session, occasion, Offer.opening_id == opening.id)


def resume_opening(session: Session, mentor: Person, opening: Opening, now: datetime) -> None:
    """Show it again; raises Refused when its study no longer takes learners."""
    check_study(opening.study)
    opening.resume()
    opening.confirmed_at = now
    record(session, mentor, "resumed an opening", opening, now=now, name=opening.study.name)


def withdraw_opening(
    session: Session,
    mentor: Person,
    opening: Opening,
    affected: Affected,
    address_of: Callable[[int], str],
    occasion: Occasion,
) -> None:
    """Take it back for good, and with it its offers; the network's coordinators are told when requests rank it.

    `address_of` turns the id of the study into the address of its page.
    """
    opening.withdraw()
    record(session, mentor, "withdrew an opening", opening, now=occasion.now, name=opening.study.name)
    take_back_broken(session, occasion, Offer.opening_id == opening.id)
    if not affected.requests:
        return
    mail = mails.opening_withdrawn(opening, affected, address_of(opening.study_id))
    for coordinator in coordinators_of_network(session, opening.network_id):
        queue_message(session, coordinator.email, mail, occasion.now)


def live_opening(session: Session, mentor: Person, study: Study) -> Opening | None:
    """The mentor's opening on the study that is not withdrawn."""
    return session.scalar(
        select(Opening).where(
            Opening.mentor_id == mentor.id, Opening.study_id == study.id, Opening.state != OpeningState.WITHDRAWN
        )
    )
