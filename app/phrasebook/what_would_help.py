"""What would open more openings to a learner, said to her coordinator and as a next step to herself."""

from collections import Counter
from collections.abc import Iterable, Sequence

from app.language.dates_and_times import day_in_words
from app.language.numbers import count
from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.phrasebook.obstacles import PHRASES
from app.rules.nearest_change import Hindrance, Nearest

NEXT_ROUND = "You can ask again for the next round from your home page; your answers are kept, so that is quickly done."


def change_in_words(request: PlacementRequest, nearest: Nearest | None) -> str:
    """One sentence for the coordinator: what would help this learner most easily."""
    if nearest is None:
        return "No mentor has published an opening in this round yet."
    if not nearest.can_be_changed:
        return "No single change helps: every opening is closed, or with somebody who must not mentor this learner."
    wishes = " and ".join(condition(hindrance, request, nearest.openings) for hindrance in nearest.hindrances)
    return f"{count(len(nearest.openings), 'opening')} would fit if {wishes}."


def condition(hindrance: Hindrance, request: PlacementRequest, openings: Sequence[Opening]) -> str:
    """What would have to be different, to be read after "if"; empty where nobody can or should change it."""
    profile = request.learner.learner_profile
    return PHRASES[hindrance].if_changed.format(
        level=request.module.programme.level.value if request.module else "this level",
        profession=profile.profession.value if profile and profile.profession else "",
        networks=networks_of(openings),
        first_day=earliest_start(openings),
    )


def next_step(nearest: Nearest | None) -> str:
    """What she can do: the one thing that would open most, if it is hers to change, and what happens without it."""
    advice = advice_on(nearest.hindrances[0], nearest.openings) if nearest and len(nearest.hindrances) == 1 else ""
    return f"{advice} {NEXT_ROUND}".strip()


def advice_on(hindrance: Hindrance, openings: Sequence[Opening]) -> str:
    """One sentence about the change, to the learner; empty when it is not hers or her coordinator's to make."""
    return PHRASES[hindrance].advice.format(
        more=count(len(openings), "more opening"),
        networks=networks_of(openings),
        first_day=earliest_start(openings),
    )


def networks_of(openings: Iterable[Opening]) -> str:
    """Where they are: "East Midlands", or "another network, like East Midlands (12 openings)" for the most of them."""
    numbers = Counter(opening.network.name for opening in openings)
    name, number = max(numbers.items(), key=lambda item: (item[1], item[0]))
    if len(numbers) == 1:
        return name
    return f"another network, like {name} ({count(number, 'opening')})"


def earliest_start(openings: Iterable[Opening]) -> str:
    return day_in_words(min(opening.starts_on for opening in openings))
