"""What the learners of the demo put on their lists: openings they could take, the likeliest favourites first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from random import Random

from app.demo.world.overlap import telling_words
from app.demo.world.records import DemoLearner, DemoMentor, DemoOpening, StudyToPlace

# How many openings a learner ranks, and how many learners in a hundred do so.
_LENGTHS = {0: 5, 2: 6, 3: 16, 4: 17, 5: 20, 6: 14, 8: 12, 10: 10}
_WORDS_ENOUGH = 1
_MOST_READ = 200
_SHORTEST_PLACEMENT = timedelta(weeks=4)


def could_take(learner: DemoLearner, opening: DemoOpening) -> bool:
    """Whether nothing on paper stands between them: network, level, profession, dates and excluded mentors."""
    return (
        opening.network in learner.networks
        and learner.level in opening.levels
        and (not opening.professions or learner.profession in opening.professions)
        and max(learner.start_from, opening.starts_on)
        <= min(learner.start_until, opening.ends_on - _SHORTEST_PLACEMENT)
        and all(exclusion.mentor != opening.mentor for exclusion in learner.exclusions)
    )


def with_choices(
    learners: Iterable[DemoLearner],
    openings: Iterable[DemoOpening],
    studies: Mapping[str, StudyToPlace],
    mentors: Mapping[str, DemoMentor],
    random: Random,
) -> tuple[DemoLearner, ...]:
    """The learners with their ranked openings, at most ten; who ranks little mostly takes any other that fits."""
    in_network: dict[str, list[DemoOpening]] = defaultdict(list)
    about: dict[str, frozenset[str]] = {}
    for opening in openings:
        study, mentor = studies[opening.study], mentors[opening.mentor]
        in_network[opening.network].append(opening)
        about[opening.key] = telling_words(study.title) | telling_words(study.summary) | telling_words(mentor.teaches)
    chosen = []
    for learner in learners:
        near = [opening for network in learner.networks for opening in in_network[network]]
        near = random.sample(near, min(len(near), _MOST_READ))  # nobody reads more
        liking = {
            opening.key: _liking(
                learner,
                studies[opening.study],
                telling_words(learner.words) & about[opening.key],
                opening,
                random,
            )
            for opening in near
            if could_take(learner, opening)
        }
        ranked = _favourites(liking, random)
        takes_any_other = not ranked or random.random() < (0.9 if len(ranked) < 4 else 0.7)
        chosen.append(replace(learner, ranked=ranked, takes_any_other=takes_any_other))
    return tuple(chosen)


def _liking(
    learner: DemoLearner, study: StudyToPlace, words: frozenset[str], opening: DemoOpening, random: Random
) -> float:
    """More for a higher specialty, for shared words and the own network; zero where next to nothing is shared."""
    met = [place for place, name in enumerate(learner.specialties) if name in study.specialties]
    if not met and len(words) < _WORDS_ENOUGH:
        return 0
    by_specialty = 10 - 3 * met[0] + 2 * len(met) if met else 0
    is_near = opening.network == learner.networks[0]
    return by_specialty + 2 * len(words) + (3 if is_near else 0) + 4 * random.random()


def _favourites(liking: Mapping[str, float], random: Random) -> tuple[str, ...]:
    length = random.choices(list(_LENGTHS), weights=list(_LENGTHS.values()))[0]
    liked = sorted((key for key in liking if liking[key] > 0), key=lambda key: -liking[key])
    return tuple(liked[:length])
