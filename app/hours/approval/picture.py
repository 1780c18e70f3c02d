"""Where the lines of the picture of hours by week go: planned, submitted and verified, each up to the end of a week."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.rules.hours.plan import FourNumbers, Week

WIDTH, HEIGHT = 400, 200
LEFT, RIGHT, TOP, BOTTOM = 40, 390, 12, 170


@dataclass(frozen=True, slots=True)
class WeeksPicture:
    """Coordinates in a box of WIDTH by HEIGHT; lines are "x,y x,y", `tops` are hours at (y, hours)."""

    finding: str
    planned: str
    submitted: str
    verified: str
    tops: tuple[tuple[float, int], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    bottom: int = BOTTOM


def picture_of_weeks(weeks: Sequence[Week], numbers: FourNumbers, finding: str) -> WeeksPicture | None:
    """None before there is a week."""
    if not weeks:
        return None
    most = max([60, numbers.planned, numbers.submitted, *(week.planned_minutes for week in weeks)])

    def line(minutes_of: Callable[[Week], int]) -> str:
        points = [(LEFT, 0), *((x_of(at + 1, len(weeks)), minutes_of(week)) for at, week in enumerate(weeks))]
        return " ".join(f"{x:.1f},{y_of(minutes, most):.1f}" for x, minutes in points)

    return WeeksPicture(
        finding,
        planned=line(lambda week: week.planned_minutes),
        submitted=line(lambda week: week.submitted_minutes),
        verified=line(lambda week: week.verified_minutes),
        tops=tuple((y_of(minutes, most), minutes // 60) for minutes in sorted({0, most // 120 * 60, most // 60 * 60})),
    )


def x_of(weeks: int, of: int) -> float:
    return LEFT + (RIGHT - LEFT) * weeks / of


def y_of(minutes: int, most: int) -> float:
    return BOTTOM - (BOTTOM - TOP) * minutes / most
