"""Figures of an academic year, counted and published once: what becomes of the rows later changes none of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class PublishedFigures(Base):
    """What everybody who may read it reads about a year, small numbers left out; empty of fewer than five people.

    `about` is "fair shares", or the value of a survey.
    """

    __tablename__ = "published_figures"
    __table_args__ = (UniqueConstraint("about", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[str]
    year: Mapped[int]
    published_at: Mapped[datetime]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
