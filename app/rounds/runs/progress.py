"""How far a solve is, said to the coordinator who waits for it."""

import matching
from app.phrasebook.stages import STAGE_WORDS
from app.rounds.policies import LAST_STAGE


def progress_in_words(progress: matching.Progress) -> str:
    """For instance "Part 2 of 9. Place as many learners as possible: 10 found, at most 12 possible"."""
    place = f"Part {progress.component + 1} of {progress.components}. {STAGE_WORDS[progress.stage]}"
    if progress.best is None or progress.bound is None or progress.stage == LAST_STAGE:
        return place
    return f"{place}: {so_far(matching.OBJECTIVES[progress.stage].sense, progress.best, progress.bound)}"


def so_far(sense: int, best: int, bound: int) -> str:
    """The engine always looks for the most: where an aim wants the fewest it counts below zero."""
    limit = "at most" if sense > 0 else "at least"
    return f"{sense * best:,} found, {limit} {sense * bound:,} possible"
