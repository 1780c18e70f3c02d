"""What would open more openings to a learner, said to her coordinator and as a next step to herself."""

from app.language.dates_and_times import day_in_words
from app.language.numbers import count
from app.models.requests import PlacementRequest
from app.phrasebook.obstacles import PHRASES
from app.rules.advice.changes import OF_DATES, Change, Hindrance
from app.rules.advice.nearest_change import Nearest
from app.rules.eligibility import Obstacle

NEXT_ROUND = "You can ask again for the next round from your home page; your answers are kept, so that is quickly done."
ABOUT_PROFESSION = "Your coordinator can ask mentors whether they would take your profession too."
NOW, IN_ROUND = "would fit you", "of this round would have fitted you"


def change_in_words(request: PlacementRequest, nearest: Nearest | None) -> str:
    """One sentence for the coordinator: what would help this learner most easily."""
    if nearest is None:
        return "No mentor has published an opening in this round yet."
    if nearest.change is None:
        return "No single change helps: every opening is closed, or with somebody who must not mentor this learner."
    number = len(nearest.openings)
    wishes = " and ".join(dict.fromkeys(condition(one, nearest.change, request, number) for one in nearest.hindrances))
    return f"{count(number, 'opening')} would fit if {wishes}."


def condition(hindrance: Hindrance, change: Change, request: PlacementRequest, number: int) -> str:
    """What would have to be different, to be read after "if"; empty where nobody can or should change it."""
    if hindrance in OF_DATES and change.day is not None:
        return f"the learner could also start on {day_in_words(change.day)}"
    profile = request.learner.learner_profile
    phrases = PHRASES[hindrance]
    words = phrases.if_changed if number == 1 else phrases.if_all_changed
    return words.format(
        level=request.module.programme.level.value if request.module else "this level",
        profession=profile.profession.value if profile and profile.profession else "",
        network=change.network.name if change.network else "",
    )


def next_step(own: Nearest | None, nearest: Nearest | None) -> str:
    """What an unplaced learner can do: the one change of hers that would have opened most, and what happens without it.

    `own` is that change, `nearest` the nearest of anybody's.
    """
    return f"{advice_in_round(own, nearest)} {NEXT_ROUND}".strip()


def advice_in_round(own: Nearest | None, nearest: Nearest | None) -> str:
    if own is not None and own.openings:
        return advice_on(own, IN_ROUND)
    return ABOUT_PROFESSION if nearest and nearest.hindrances == (Obstacle.PROFESSION,) else ""


def advice_on(own: Nearest, fit: str = NOW) -> str:
    """One sentence to the learner about a change that is hers to make; empty when it would open nothing."""
    change = own.change
    if change is None or not own.openings:
        return ""
    return f"{if_you(change)}, {count(len(own.openings), 'more opening')} {fit}."


def if_you(change: Change) -> str:
    """What she would do: "If you can also start on 4 May 2026"."""
    if change.day is not None:
        return f"If you can also start on {day_in_words(change.day)}"
    if change.network is not None:
        return f"If you can also go to {change.network.name}"
    return "If you also take openings that are not on your list"
