"""The moves of placements, of the places offered to go on with, and of what is asked of coordinators."""

from app.models.course.changes_asked import AskedState
from app.models.course.next_places import NextPlaceState
from app.models.placements import PlacementState
from app.platform.lifecycle import Lifecycle, Move, Party

ACTIVE, COORDINATOR = frozenset({PlacementState.ACTIVE}), frozenset({Party.COORDINATOR})

PAUSED, WENT_ON, ENDED, MOVED, MOVED_UNBEGUN, SWAPPED, LEFT = (
    "paused a placement",
    "let a placement go on",
    "ended a placement",
    "moved a placement",
    "moved a placement before it began",
    "swapped a placement",
    "left a placement for a better one",
)
PLACEMENT = Lifecycle(
    "placement",
    [
        Move(PAUSED, ACTIVE, PlacementState.ACTIVE, COORDINATOR, needs_reason=True),
        Move(WENT_ON, ACTIVE, PlacementState.ACTIVE, COORDINATOR),
        Move(ENDED, ACTIVE, PlacementState.ENDED, COORDINATOR, needs_reason=True),
        # It runs until the day before it goes on elsewhere, which may be some weeks away.
        Move(MOVED, ACTIVE, PlacementState.ACTIVE, COORDINATOR | {Party.LEARNER}),
        # It never begins, and makes room at once.
        Move(MOVED_UNBEGUN, ACTIVE, PlacementState.ENDED, COORDINATOR | {Party.LEARNER}),
        # It has not begun, and makes room for the other learner at once.
        Move(SWAPPED, ACTIVE, PlacementState.ENDED, COORDINATOR),
        # The same, of a learner who moves up.
        Move(LEFT, ACTIVE, PlacementState.ENDED, frozenset({Party.LEARNER})),
    ],
)

ACCEPTED, DECLINED, TAKEN_BACK = "accepted a next place", "declined a next place", "took back a next place"
OPEN = frozenset({NextPlaceState.WAITING})
NEXT_PLACE = Lifecycle(
    "place to go on with",
    [
        Move(ACCEPTED, OPEN, NextPlaceState.ACCEPTED, frozenset({Party.LEARNER})),
        Move(DECLINED, OPEN, NextPlaceState.DECLINED, frozenset({Party.LEARNER}), needs_reason=True),
        Move(TAKEN_BACK, OPEN, NextPlaceState.TAKEN_BACK, COORDINATOR | {Party.SERVICE}),
    ],
)

DONE, NOT_AGREED, WITHDREW = "did what was asked", "did not agree to what was asked", "took back what was asked"
ASKED = frozenset({AskedState.WAITING})
CHANGE_ASKED = Lifecycle(
    "wish",
    [
        Move(DONE, ASKED, AskedState.DONE, COORDINATOR | {Party.SERVICE}),
        Move(NOT_AGREED, ASKED, AskedState.NOT_AGREED, COORDINATOR, needs_reason=True),
        Move(WITHDREW, ASKED, AskedState.TAKEN_BACK, frozenset({Party.LEARNER, Party.MENTOR})),
    ],
)
