"""Days of a placement as the database counts them."""

from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.models.placements import Pause, Placement
from app.models.values.sql_functions import days_between, larger, smaller


def days_without_pauses(first: Any, day: Any) -> ColumnElement[int]:
    """The days from one day of a placement until another, without those of its pauses."""
    lost = days_between(larger(Pause.starts_on, first), smaller(Pause.resumes_on, day))
    away = select(func.coalesce(func.sum(larger(lost, 0)), 0)).where(Pause.placement_id == Placement.id)
    return days_between(first, day) - away.correlate(Placement).scalar_subquery()
