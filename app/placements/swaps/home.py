"""What home says about swaps: to whoever is asked, to whoever waits, and to the coordinators who decide."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.language.numbers import count
from app.models.course.swaps import Swap, SwapState
from app.models.people import Person, Role
from app.placements.swaps.queries import open_swaps_of_learner, swaps_to_decide
from app.rules.home_items import HomeItem, Standing, ToDo

LISTED_MAX = 5


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    found: list[HomeItem] = []
    if Role.LEARNER in person.roles:
        found += [to_learner(swap, person) for swap in open_swaps_of_learner(session, person)]
    if person.network_ids():
        found += to_coordinator(swaps_to_decide(session, person))
    return found


def to_learner(swap: Swap, person: Person) -> HomeItem:
    one, other = swap.one.request.learner, swap.other.request.learner
    at = {"swap_id": swap.id}
    theirs = swap.other if one.id == person.id else swap.one
    if swap.state is SwapState.PROPOSED and other.id == person.id:
        return ToDo(
            f"Say whether you swap places with {one.name}",
            f"{one.name} has the place with {theirs.opening.mentor.name} on “{theirs.opening.study.title}”.",
            "placements.swaps.show",
            at,
        )
    name = theirs.request.learner.name
    waits_for = name if swap.state is SwapState.PROPOSED else "a coordinator"
    return Standing(
        f"You ask to swap places with {name}" if one.id == person.id else f"You agree to swap places with {name}",
        f"It waits for {waits_for}. Until it is decided you keep what you have.",
        "placements.swaps.show",
        at,
    )


def to_coordinator(swaps: Sequence[Swap]) -> list[HomeItem]:
    """Each that waits, or a line for each round where they are many."""
    if len(swaps) > LISTED_MAX:
        rounds = Counter((swap.round_id, swap.round.name) for swap in swaps)
        return [
            ToDo(
                f"Decide {count(number, 'swap', 'swaps')} of {name}",
                "Two learners each agree to swap their places. You see whether it keeps to every limit.",
                "placements.swaps.index",
                {"round_id": round_id},
            )
            for (round_id, name), number in rounds.items()
        ]
    return [to_decide(swap) for swap in swaps]


def to_decide(swap: Swap) -> ToDo:
    one, other = swap.one.request.learner, swap.other.request.learner
    return ToDo(
        f"Decide whether {one.name} and {other.name} swap places",
        f"Both agree, in {swap.round.name}. You see whether it keeps to every limit.",
        "placements.swaps.decide",
        {"swap_id": swap.id},
    )
