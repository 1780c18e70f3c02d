"""The moves of a better place, as a table that deeds and pages ask."""

from app.models.course.better_places import BetterPlaceState
from app.platform.lifecycle import Lifecycle, Move, Party

MOVED_UP, KEPT = "moved up to a better place", "kept the place of before"
LAPSED, ENDED, TOOK_BACK = "let a better place lapse", "ended a better place", "took a better place back"

WAITS = frozenset({BetterPlaceState.WAITING})
LEARNER, COORDINATOR, SERVICE = (frozenset({party}) for party in (Party.LEARNER, Party.COORDINATOR, Party.SERVICE))

BETTER_PLACES = Lifecycle(
    "better place",
    [
        Move(MOVED_UP, WAITS, BetterPlaceState.MOVED_UP, LEARNER),
        Move(KEPT, WAITS, BetterPlaceState.KEPT, LEARNER),
        Move(LAPSED, WAITS, BetterPlaceState.LAPSED, SERVICE),
        Move(ENDED, WAITS, BetterPlaceState.OVER, SERVICE),
        Move(TOOK_BACK, WAITS, BetterPlaceState.TAKEN_BACK, COORDINATOR, needs_reason=True),
    ],
)
