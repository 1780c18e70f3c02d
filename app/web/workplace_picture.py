"""Where the lines of the picture of workplace hours go: the hours so far, the line to be on track, and the band."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.language.dates_and_times import hours_and_minutes
from app.rules.workplace_hours import Workplace

WIDTH, HEIGHT = 400, 220
LEFT, RIGHT, TOP, BOTTOM = 40, 390, 12, 190
TICK_HOURS = (10, 25, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table beside the picture."""

    day: date
    minutes: int
    line_minutes: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Coordinates in a box of WIDTH by HEIGHT; `points` are "x,y x,y", `ticks` are (y, hours)."""

    finding: str
    points: str
    target: str
    band_y: float
    band_height: float
    band_label: str
    today_x: float
    ticks: tuple[tuple[float, int], ...]
    starts_on: date
    ends_on: date
    rows: tuple[Row, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    bottom: int = BOTTOM


def picture_of(workplace: Workplace, steps: Sequence[tuple[date, int]], today: date) -> Picture | None:
    """The picture of `steps` (day, minutes up to then); None where the Framework gives no band."""
    if workplace.band_hours is None:
        return None
    low, high = workplace.band_hours
    scale = Scale(workplace, max(high, workplace.minutes / 60) * 1.08)
    until = min(max(today, workplace.starts_on), workplace.ends_on)
    return Picture(
        finding=finding(workplace, today),
        points=scale.stairs(steps, until),
        target=f"{LEFT},{BOTTOM} {RIGHT},{scale.y(low * 60):.1f}",
        band_y=scale.y(high * 60),
        band_height=scale.y(low * 60) - scale.y(high * 60),
        band_label=f"{low} to {high} h",
        today_x=scale.x(until),
        ticks=scale.ticks(),
        starts_on=workplace.starts_on,
        ends_on=workplace.ends_on,
        rows=tuple(monthly_rows(workplace, steps, until)),
    )


def finding(workplace: Workplace, today: date) -> str:
    """What the picture says, for its title."""
    so_far = f"{hours_and_minutes(workplace.minutes)} in the workplace"
    if workplace.minutes >= (workplace.band_hours or (0, 0))[0] * 60:
        return f"{so_far}: {workplace.position}"
    if today < workplace.starts_on:
        return f"{so_far}: the placement has not begun"
    pace = "on track" if workplace.minutes >= workplace.line_minutes(today) else "below the line to be on track"
    return f"{so_far}, {pace}: {workplace.position}"


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns days and minutes into places in the box; `top_hours` is where it ends above."""

    workplace: Workplace
    top_hours: float

    def x(self, day: date) -> float:
        whole = max((self.workplace.ends_on - self.workplace.starts_on).days, 1)
        part = min(max((day - self.workplace.starts_on).days / whole, 0), 1)
        return LEFT + (RIGHT - LEFT) * part

    def y(self, minutes: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * minutes / 60 / self.top_hours

    def stairs(self, steps: Sequence[tuple[date, int]], until: date) -> str:
        """A line that rises on each day with hours and goes on to `until`."""
        points, before = [(self.x(self.workplace.starts_on), 0)], 0
        for day, minutes in steps:
            points += [(self.x(day), before), (self.x(day), minutes)]
            before = minutes
        points.append((self.x(until), before))
        return " ".join(f"{x:.1f},{self.y(minutes):.1f}" for x, minutes in points)

    def ticks(self) -> tuple[tuple[float, int], ...]:
        """Four or five round numbers of hours."""
        step = next((hours for hours in TICK_HOURS if self.top_hours / hours <= 5), TICK_HOURS[-1])
        return tuple((self.y(hours * 60), hours) for hours in range(0, int(self.top_hours) + 1, step))


def monthly_rows(workplace: Workplace, steps: Sequence[tuple[date, int]], until: date) -> list[Row]:
    """How it stood at the end of each month, and on the last day that the picture shows."""
    days, day = [], workplace.starts_on
    while (day := last_of_month(day)) < until:
        days.append(day)
        day += timedelta(days=1)
    return [
        Row(day, max((minutes for when, minutes in steps if when <= day), default=0), workplace.line_minutes(day))
        for day in [*days, until]
    ]


def last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
