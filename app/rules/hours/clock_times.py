"""The times between which somebody worked, as London's clocks showed them, and which of them surely overlap.

In the hour that comes twice in October a time may mean either; whoever wrote it down is not asked which. What is asked
about holds whichever was meant, so that nobody is asked for nothing.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from app.language.dates_and_times import LONDON
from app.language.local_times import A_DAY, NoSuchTime, moment_here

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Worked:
    """From when to when, on the day on which it began; an end that is not after the start is that of the next day."""

    day: date
    started: time
    ended: time

    @property
    def ends_on(self) -> date:
        return self.day if self.started < self.ended else self.day + A_DAY

    @property
    def most_minutes(self) -> int:
        """How long it was at most: the hour that comes twice is counted, the one that is left out is not."""
        return (readings(self.ends_on, self.ended)[1] - readings(self.day, self.started)[0]) // MINUTE

    @property
    def least_minutes(self) -> int:
        """How long it was at least; nothing where the end may lie before the start."""
        first, last = self.surely
        return max((last - first) // MINUTE, 0)

    @property
    def surely(self) -> tuple[datetime, datetime]:
        """What it covers whichever of two equal times was meant; the first may come after the last."""
        return readings(self.day, self.started)[1], readings(self.ends_on, self.ended)[0]

    def overlaps(self, other: "Worked") -> bool:
        """True when both surely have some time in common; one may begin when the other ends."""
        first, last = zip(self.surely, other.surely, strict=True)
        return max(first) < min(last)


def readings(day: date, clock: time) -> tuple[datetime, datetime]:
    """The earliest and the latest moment that a time of a day may mean: the same but in one hour of the year.

    Raises NoSuchTime in the hour that is left out in March.
    """
    local = datetime.combine(day, clock, LONDON)
    earlier, later = (local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if earlier > later:
        moment_here(day, clock)
        raise NoSuchTime(f"{clock} on {day}")
    return earlier, later
