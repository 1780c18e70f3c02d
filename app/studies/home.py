"""What the home page tells mentors about their profile and openings, and administrators about imports."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.language.numbers import count
from app.models.people import MentorProfile, Person, Role
from app.models.studies import OpeningState
from app.rules.eligibility import SHORTEST_PLACEMENT
from app.rules.home_items import HomeItem, Standing, ToDo
from app.studies.openings.queries import OpeningLine, opening_lines, room_with
from app.studies.queries import has_studies


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    """For a mentor what her profile and openings lack and how they stand; for an administrator a first import."""
    found: list[HomeItem] = []
    if Role.ADMINISTRATOR in person.roles and not has_studies(session):
        found.append(ToDo("Import studies", "There are none yet, so nobody can open places.", "studies.choose_file"))
    if Role.MENTOR in person.roles:
        lines = opening_lines(session, person, today)
        found += items_about_profile(person.mentor_profile)
        found += items_about_openings(lines, room_with(session, person, lines, today), today)
    return found


def items_about_profile(profile: MentorProfile | None) -> list[HomeItem]:
    if profile and profile.profession and profile.job_title and profile.organisation_id and profile.teaches:
        return []
    why = "Learners choose by what you do and what they can learn from you."
    return [ToDo("Complete your profile", why, "studies.profile")]


def items_about_openings(lines: Sequence[OpeningLine], room: int, today: date) -> list[HomeItem]:
    live = [line for line in lines if line.opening.is_live]
    if not live:
        text = "Publish an opening" if lines else "Publish your first opening"
        return [ToDo(text, "Learners can only ask for places that you have published.", "studies.choose_study")]
    return [*(item_about_end(line) for line in live if is_over(line, today)), standing_of(live, room)]


def is_over(line: OpeningLine, today: date) -> bool:
    """True when a placement no longer fits before the opening ends."""
    return line.opening.state is OpeningState.PUBLISHED and line.opening.ends_on < today + SHORTEST_PLACEMENT


def item_about_end(line: OpeningLine) -> ToDo:
    return ToDo(
        f"Prolong or withdraw your opening on {line.opening.study.name}",
        f"It ends on {day_in_words(line.opening.ends_on)}, too soon for another placement.",
        "studies.opening",
        {"opening_id": line.opening.id},
    )


def standing_of(live: Sequence[OpeningLine], room: int) -> Standing:
    published = [line for line in live if line.opening.state is OpeningState.PUBLISHED]
    asked = sum(line.asked for line in published)
    openings = count(len(published), "published opening")
    paused = f", {len(live) - len(published)} paused" if len(live) > len(published) else ""
    left = f"Room for {count(room, 'more learner')}" if room else "Full: there is room for nobody more"
    room_and_wishes = f"{left}. {count(asked, 'request names', 'requests name')} them so far."
    return Standing(f"{openings}{paused}", room_and_wishes, "studies.openings")
