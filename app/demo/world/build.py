"""Builds the demo world: the same seed, size and day give the same world."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from app.demo.content.networks import networks
from app.demo.content.organisations import organisations
from app.demo.content.studies import studies as written_studies
from app.demo.content.universities import programmes
from app.demo.world.choices import with_choices
from app.demo.world.learners import LearnerMaker
from app.demo.world.mentors import make_mentors
from app.demo.world.names import NameBook
from app.demo.world.openings import openings_for
from app.demo.world.records import StudyToPlace, World
from app.demo.world.staff import make_staff

LEARNERS = 160
MOST_LEARNERS = 5_000
_MENTORS = 90  # for so many learners
_DEMO_DAY = date(2026, 11, 23)


def build_world(
    learners: int = LEARNERS,
    seed: str = "demo",
    *,
    today: date = _DEMO_DAY,
    studies: Sequence[StudyToPlace] | None = None,
) -> World:
    """A world of so many learners and, in proportion, mentors and openings, with dates that follow `today`.

    `studies` are real ones to use in place of the fictitious. Raises ValueError for a size outside 1 to 5,000.
    """
    if not 1 <= learners <= MOST_LEARNERS:
        raise ValueError(f"The demo can have 1 to {MOST_LEARNERS:,} learners, not {learners:,}.")
    names = NameBook(Random(f"{seed} names"))
    first_start = _monday_in_ten_weeks(today)
    all_studies = tuple(studies) if studies is not None else _fictitious(learners)
    mentors = make_mentors(_mentors_for(learners), Random(f"{seed} mentors"), names, first_start)
    openings = openings_for(all_studies, mentors, seed, first_start)
    people = LearnerMaker(mentors, Random(f"{seed} learners"), names, first_start).learners(learners)
    people = with_choices(
        people,
        openings,
        {study.key: study for study in all_studies},
        {mentor.key: mentor for mentor in mentors},
        Random(f"{seed} choices"),
    )
    return World(
        seed=seed,
        today=today,
        first_start=first_start,
        networks=networks(),
        organisations=organisations(),
        programmes=programmes(),
        studies=all_studies,
        mentors=mentors,
        openings=openings,
        learners=people,
        staff=make_staff(people, names),
    )


def _mentors_for(learners: int) -> int:
    """In proportion, but never a network without a mentor."""
    return max(len(networks()), round(learners * _MENTORS / LEARNERS))


def _fictitious(learners: int) -> tuple[StudyToPlace, ...]:
    """The invented studies, with room for learners in proportion to how many there are."""
    return tuple(
        replace(study, learner_limit=-(-study.learner_limit * learners // LEARNERS)) for study in written_studies()
    )


def _monday_in_ten_weeks(today: date) -> date:
    day = today + timedelta(weeks=10)
    return day + timedelta(days=-day.weekday() % 7)
