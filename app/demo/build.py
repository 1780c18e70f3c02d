"""Builds the demo world: the same seed, size and day give the same world."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from app.demo.choices import with_choices
from app.demo.learners import LearnerMaker
from app.demo.mentors.generate import make_mentors
from app.demo.names import NameBook
from app.demo.networks import NETWORKS, ORGANISATIONS
from app.demo.openings import openings_for
from app.demo.staff import make_staff
from app.demo.studies import STUDIES
from app.demo.universities import PROGRAMMES
from app.demo.world import StudyToPlace, World

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
        networks=NETWORKS,
        organisations=ORGANISATIONS,
        programmes=PROGRAMMES,
        studies=all_studies,
        mentors=mentors,
        openings=openings,
        learners=people,
        staff=make_staff(people, names),
    )


def _mentors_for(learners: int) -> int:
    """In proportion, but never a network without a mentor."""
    return max(len(NETWORKS), round(learners * _MENTORS / LEARNERS))


def _fictitious(learners: int) -> tuple[StudyToPlace, ...]:
    """The invented studies, with room for learners in proportion to how many there are."""
    return tuple(
        replace(study, learner_limit=study.learner_limit and -(-study.learner_limit * learners // LEARNERS))
        for study in STUDIES
    )


def _monday_in_ten_weeks(today: date) -> date:
    day = today + timedelta(weeks=10)
    return day + timedelta(days=-day.weekday() % 7)
