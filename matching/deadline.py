"""What looks over a running solve: the clock, a wish to stop, and whoever wants to see how far it is."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from matching.errors import NothingFound, OutOfTime


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a solve is: `component` of `components` (from 0), the stage it is at, and for the goal being solved
    the best value so far and what it cannot exceed (None where unknown)."""

    stage: str
    component: int
    components: int
    best: int | None = None
    bound: int | None = None


Listener = Callable[[Progress], None]


class Deadline:
    """Passed down into a component's solve; `is_over()` says that the time is up or a stop was wished."""

    def __init__(
        self,
        seconds: float | None = None,
        cancelled: Callable[[], bool] | None = None,
        listener: Listener | None = None,
        place: tuple[int, int] = (0, 1),
    ) -> None:
        self._end = math.inf if seconds is None else time.monotonic() + seconds
        self._cancelled = cancelled
        self._listener = listener
        self._place = place
        self._share = math.inf
        self.stage = ""

    def seconds_left(self) -> float:
        """0 when a stop is wished, infinity without a time limit. Raises what the caller's `cancelled` raises."""
        if self.is_stop_wished():
            return 0.0
        return max(0.0, self._end - time.monotonic())

    def is_over(self) -> bool:
        """Whether to stop at the next good moment. Raises as `seconds_left` does."""
        return self.seconds_left() <= 0

    def is_stop_wished(self) -> bool:
        """Whether the caller wants the solve to stop, whatever the clock says. Raises as `seconds_left` does."""
        return self._cancelled is not None and self._cancelled()

    def for_a_share(self, seconds: float) -> Deadline:
        """One that ends so many seconds after it is begun, and with this one at the latest."""
        shared = copy(self)
        shared._share = seconds
        return shared

    def begin(self) -> None:
        """Count the seconds of a share from now on."""
        self._end = min(self._end, time.monotonic() + self._share)

    def for_elsewhere(self, sign: Path) -> Deadline:
        """The same clock, for another process: it stops when the file `sign` is there, and tells nobody anything."""
        left = self._end - time.monotonic()
        return Deadline(None if math.isinf(left) else left, sign.exists, place=self._place)

    def __getstate__(self) -> dict[str, Any]:
        """Each machine counts its monotonic clock from another start, so the end travels as the time of day."""
        return {**self.__dict__, "_end": self._end - time.monotonic() + time.time()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, _end=state["_end"] - time.time() + time.monotonic())

    def tell(self, best: int | None = None, bound: int | None = None) -> None:
        """Let the listener know how far the stage is. Raises what the listener raises."""
        if self._listener is not None:
            self._listener(Progress(self.stage, *self._place, best, bound))

    def nothing_found(self) -> NoReturn:
        """Raises `NothingFound`: the stop came before there was an incumbent."""
        raise NothingFound("The time was over before any set of pairs was found that satisfies the pins and minimums.")


class AllOrNothing(Deadline):
    """One for a question, of which a part is no answer: whoever asks it once the time is up hears `OutOfTime`."""

    def seconds_left(self) -> float:
        left = super().seconds_left()
        if left <= 0:
            raise OutOfTime("The time was over before the answer was proved.")
        return left
