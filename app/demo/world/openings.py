"""Puts the mentors' openings on studies: the fictitious ones or real ones from a registry's export."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from app.demo.content.phrases import phrases
from app.demo.content.scarcity import scarcity
from app.demo.world.overlap import telling_words
from app.demo.world.records import DemoMentor, DemoOpening, StudyToPlace
from app.models.programmes import Level
from app.models.values.registration import Profession

_MOST_CANDIDATES = 150


def openings_for(
    studies: Sequence[StudyToPlace], mentors: Sequence[DemoMentor], seed: str, first_start: date
) -> tuple[DemoOpening, ...]:
    """One to three openings for each mentor, on studies of the mentor's specialties; none where no study fits.

    `first_start` is the Monday on which the first placements begin. The same arguments give the same openings.
    """
    random = Random(f"{seed} openings")
    by_specialty: dict[str, list[StudyToPlace]] = defaultdict(list)
    for study in studies:
        for specialty in dict.fromkeys(study.specialties):
            by_specialty[specialty].append(study)
    used: Counter[str] = Counter()
    pairs: list[tuple[DemoMentor, StudyToPlace]] = []
    for mentor in mentors:
        chosen = _studies_of(mentor, by_specialty, used, random)
        used.update(study.key for study in chosen)
        pairs.extend((mentor, study) for study in chosen)
    takes_therapists = mentors[0].key if mentors else ""
    return tuple(
        _opening(number, mentor, study, mentor.key == takes_therapists, random, first_start)
        for number, (mentor, study) in enumerate(pairs, start=1)
    )


def _studies_of(
    mentor: DemoMentor,
    by_specialty: dict[str, list[StudyToPlace]],
    used: Counter[str],
    random: Random,
) -> list[StudyToPlace]:
    """The studies nearest to what the mentor teaches, those that nobody opened yet first."""
    found = {
        study.key: study
        for specialty in mentor.specialties
        for study in by_specialty[specialty]
        if mentor.network in scarcity().networks_open_to(study.specialties)
    }
    candidates = list(found.values())
    if len(candidates) > _MOST_CANDIDATES:
        candidates = random.sample(candidates, _MOST_CANDIDATES)
    words = telling_words(f"{mentor.job_title} {mentor.teaches}")
    distance = {
        study.key: 3 * used[study.key]
        - len(words & telling_words(f"{study.title} {study.summary}"))
        - (6 if mentor.specialties[0] in study.specialties else 0)
        + 3 * random.random()
        for study in candidates
    }
    wanted = random.choices((1, 2, 3), weights=(40, 38, 22))[0]
    return sorted(candidates, key=lambda study: distance[study.key])[:wanted]


def _opening(
    number: int,
    mentor: DemoMentor,
    study: StudyToPlace,
    takes_therapists: bool,
    random: Random,
    first_start: date,
) -> DemoOpening:
    starts_on, ends_on = _dates(random, first_start)
    return DemoOpening(
        key=f"O{number:05d}",
        mentor=mentor.key,
        study=study.key,
        organisation=mentor.organisation,
        network=mentor.network,
        places=random.randint(1, mentor.learners_max),
        levels=_levels(mentor, random),
        professions=_professions(mentor, study, takes_therapists, random),
        starts_on=starts_on,
        ends_on=ends_on,
        learner_does=study.learner_does or random.choice(phrases().days_on_a_study),
    )


def _levels(mentor: DemoMentor, random: Random) -> tuple[Level, ...]:
    if mentor.network == scarcity().no_pgcert.network:
        return (Level.PGDIP,)
    both = (Level.PGCERT, Level.PGDIP)
    return random.choices((both, (Level.PGCERT,), (Level.PGDIP,)), weights=(52, 36, 12))[0]


def _professions(
    mentor: DemoMentor, study: StudyToPlace, takes_therapists: bool, random: Random
) -> tuple[Profession, ...]:
    """Empty for "all welcome"; a drug trial is more often for those who handle medicines."""
    few = scarcity().few_professions
    if takes_therapists:
        return few.therapy
    if mentor.network == few.network:
        return few.clinic
    is_drug_trial = study.phase.startswith("Phase")
    if random.random() >= (0.35 if is_drug_trial else 0.06):
        return ()
    group = few.clinic if is_drug_trial else few.therapy
    return tuple(sorted({*group, mentor.profession}, key=lambda profession: profession.value))


def _dates(random: Random, first_start: date) -> tuple[date, date]:
    """First and last day; a few openings close soon after the first placements begin."""
    if random.random() < 0.05:
        return first_start - timedelta(weeks=4), first_start + timedelta(weeks=random.randrange(2, 4))
    starts_on = first_start + timedelta(weeks=random.choice((-4, -2, 0, 0, 0, 2, 4)))
    return starts_on, starts_on + timedelta(weeks=random.randrange(30, 57), days=-3)
