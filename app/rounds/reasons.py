"""Why a learner has no place and what would help, in words that can be said to her and to her coordinator."""

import enum
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.language.times import day_in_words
from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.rounds.inputs import Inputs, wants
from app.rules.eligibility import Obstacle
from matching import Unplaced


class Wish(enum.Enum):
    """What the learner herself put between her and an opening."""

    NOT_LISTED = "it is not on the list, and the learner takes no others"


Hindrance = Obstacle | Wish
# What nobody can or should change comes last when the nearest change is looked for.
FIXED = frozenset({Obstacle.EXCLUDED, Obstacle.STUDY_CLOSED})

OF_AN_OPENING: Mapping[Hindrance, tuple[str, str]] = {
    Obstacle.NOT_PUBLISHED: ("is not published at the moment", "are not published at the moment"),
    Obstacle.STUDY_CLOSED: ("is on a study that takes nobody any more", "are on studies that take nobody any more"),
    Obstacle.LEVEL: ("is for another level", "are for another level"),
    Obstacle.PROFESSION: ("does not accept your profession", "do not accept your profession"),
    Obstacle.EXCLUDED: ("is with somebody who may not mentor you", "are with somebody who may not mentor you"),
    Obstacle.CLOSES_BEFORE: ("closes before you can start", "close before you can start"),
    Obstacle.STARTS_AFTER: ("starts later than you can", "start later than you can"),
    Obstacle.MENTOR_AWAY: (
        "has a mentor who is away when you can start",
        "have mentors who are away when you can start",
    ),
    Obstacle.NO_PLACE: ("had no place left", "had no place left"),
    Wish.NOT_LISTED: ("is not on your list", "are not on your list"),
}


@dataclass(frozen=True)
class Nearest:
    """The openings that need the fewest changes before a learner could be given one, and what would have to change."""

    hindrances: tuple[Hindrance, ...]
    openings: tuple[Opening, ...]

    @property
    def can_be_changed(self) -> bool:
        return not FIXED.intersection(self.hindrances)


def hindrances(inputs: Inputs, request: PlacementRequest, opening: Opening) -> tuple[Hindrance, ...]:
    """Everything that keeps an opening from a learner, her own wish included; empty when she could be given it."""
    unwanted: tuple[Hindrance, ...] = () if wants(request, opening) else (Wish.NOT_LISTED,)
    return (*inputs.obstacles_between(request, opening), *unwanted)


def nearest_change(inputs: Inputs, request: PlacementRequest, openings: Iterable[Opening]) -> Nearest | None:
    """The fewest changes that would open the most openings; None when there is no opening at all."""
    groups: dict[tuple[Hindrance, ...], list[Opening]] = {}
    for opening in openings:
        groups.setdefault(hindrances(inputs, request, opening), []).append(opening)
    if not groups:
        return None
    best = min(groups, key=lambda h: (bool(FIXED.intersection(h)), len(h), -len(groups[h]), str(h)))
    return Nearest(best, tuple(groups[best]))


def change_in_words(request: PlacementRequest, nearest: Nearest | None) -> str:
    """One sentence for the coordinator: what would help this learner most easily."""
    if nearest is None:
        return "No mentor has published an opening in this round yet."
    number = len(nearest.openings)
    noun = "1 opening" if number == 1 else f"{number} openings"
    if not nearest.can_be_changed:
        return "No single change helps: every opening is closed, or with somebody who may not mentor this learner."
    wishes = " and ".join(condition(hindrance, request, nearest.openings) for hindrance in nearest.hindrances)
    return f"{noun} would fit if {wishes}."


def condition(hindrance: Hindrance, request: PlacementRequest, openings: Sequence[Opening]) -> str:
    """What would have to be different, to be read after "if"."""
    profile = request.learner.learner_profile
    conditions: dict[Hindrance, str] = {
        Obstacle.NOT_PUBLISHED: "the mentor published it again",
        Obstacle.LEVEL: f"it were also for {request.module.programme.level.value if request.module else 'this level'}",
        Obstacle.NETWORK: f"the learner could also go to {networks_of(openings)}",
        Obstacle.PROFESSION: "the mentor also accepted the profession "
        f"“{profile.profession.value if profile and profile.profession else ''}”",
        Obstacle.CLOSES_BEFORE: "the learner could start earlier or it ran for longer",
        Obstacle.STARTS_AFTER: f"the learner could also start on {earliest_start(openings)}",
        Obstacle.MENTOR_AWAY: "the mentor were not away during all of the learner’s start window",
        Obstacle.NO_PLACE: "there were one more place",
        Wish.NOT_LISTED: "the learner also took openings that are not on the list",
    }
    return conditions[hindrance]


def networks_of(openings: Iterable[Opening]) -> str:
    """Where they are: "East Midlands", or "another network, like East Midlands (12 openings)" for the most of them."""
    numbers = Counter(opening.network.name for opening in openings)
    name, number = max(numbers.items(), key=lambda item: (item[1], item[0]))
    if len(numbers) == 1:
        return name
    return f"another network, like {name} ({number} {'opening' if number == 1 else 'openings'})"


def earliest_start(openings: Iterable[Opening]) -> str:
    return day_in_words(min(opening.starts_on for opening in openings))


def reason_and_next_step(request: PlacementRequest, inputs: Inputs, unplaced: Unplaced) -> tuple[str, str]:
    """What can be said to a learner whom a run did not place, and what she can do."""
    nearest = nearest_change(inputs, request, inputs.openings)
    if unplaced.kind == "no_pair":
        return reason_without_opening(request, inputs), next_step(request, nearest)
    return reason_with_openings(len(unplaced.openings), unplaced.kind), next_step(
        request, without_fitting(inputs, request)
    )


def reason_without_opening(request: PlacementRequest, inputs: Inputs) -> str:
    """What kept each opening within her networks from her."""
    within = [opening for n in request.networks for opening in inputs.openings_by_network.get(n.id, ())]
    names = ", ".join(network.name for network in request.networks)
    if not within:
        return f"No opening at your level was offered in the networks that you can reach ({names})."
    first = Counter(hindrances(inputs, request, o)[0] for o in within)
    if len(within) == 1:
        return f"The only opening in the networks that you can reach {OF_AN_OPENING[next(iter(first))][0]}."
    parts = [f"{number} {OF_AN_OPENING[what][number > 1]}" for what, number in first.most_common()]
    if len(first) == 1:
        return (
            f"{all_of(len(within))} openings in the networks that you can reach {OF_AN_OPENING[next(iter(first))][1]}."
        )
    return f"Of the {len(within)} openings in the networks that you can reach, {'; '.join(parts)}."


def reason_with_openings(number: int, kind: str) -> str:
    """Why none of the openings that she could have been given became hers."""
    them = "The only opening that fits you" if number == 1 else f"{all_of(number)} openings that fit you"
    was = "was" if number == 1 else "were"
    if kind == "full":
        return f"{them} {was} filled by other learners."
    if kind == "hours":
        return f"{them} {was} filled, or the mentor’s hours were used up by other learners."
    if kind == "minimum":
        return f"{them} {was} filled, or would start only with more learners."
    return (
        "An opening that fits you has a place left, but giving it to you would have been worse for the aims of this "
        "round, which come in a fixed order. Your coordinator can explain how."
    )


def all_of(number: int) -> str:
    return "Both" if number == 2 else f"All {number}"


def without_fitting(inputs: Inputs, request: PlacementRequest) -> Nearest | None:
    """The nearest change that would have given her openings beyond those that already fit."""
    others = [o for o in inputs.openings if hindrances(inputs, request, o)]
    return nearest_change(inputs, request, others)


NEXT_ROUND = "You can ask again for the next round from your home page; your answers are kept, so that is quickly done."


def next_step(request: PlacementRequest, nearest: Nearest | None) -> str:
    """What she can do: the one thing that would open most, if it is hers to change, and what happens without it."""
    advice = advice_on(nearest.hindrances[0], nearest.openings) if nearest and len(nearest.hindrances) == 1 else ""
    return f"{advice} {NEXT_ROUND}".strip()


def advice_on(hindrance: Hindrance, openings: Sequence[Opening]) -> str:
    """One sentence about the change, to the learner; empty when it is not hers or her coordinator's to make."""
    number = len(openings)
    would = f"{number} more {'opening' if number == 1 else 'openings'} would fit you"
    return {
        Obstacle.NETWORK: f"If you can also go to {networks_of(openings)}, {would}.",
        Obstacle.STARTS_AFTER: f"If you can also start on {earliest_start(openings)}, {would}.",
        Obstacle.CLOSES_BEFORE: f"If you can start earlier, {would}.",
        Obstacle.PROFESSION: "Your coordinator can ask mentors whether they would take your profession too.",
        Wish.NOT_LISTED: f"If you let the round give you any opening that fits, {would}.",
    }.get(hindrance, "")
