"""What each stage of the engine aims at, said to the coordinator."""

from collections.abc import Mapping

STAGE_WORDS: Mapping[str, str] = {
    "placed": "Place as many learners as possible",
    "score": "The best fit of interests, summed over everybody",
    "rank_sum": "Learners’ own ranking: the smallest sum of ranks",
    "first_choices": "As many first choices as possible, then second choices, and so on",
    "fewest_last": "As few as possible at the bottom of their list, then at the next place up, and so on",
    "floor": "The worst fit that anybody gets is as good as possible",
    "even_load": "Learners spread evenly over the mentors",
    "stay": "As many as possible keep what the latest run proposed",
    "lottery": "Lottery",
}
