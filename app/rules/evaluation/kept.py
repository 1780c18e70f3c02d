"""Published figures as they are kept, and read again."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.evaluation.figures import PublishedFigures
from app.rules.evaluation.years import years_out
from app.rules.groups.published import EVERYBODY, Line, Published

FAIR_SHARES = "fair shares"


def content_of(told: Published | None, **beside: Any) -> dict[str, Any]:
    """What is kept; nothing at all of fewer than five people."""
    if told is None:
        return {}
    tables = {name: [[line.label, dict(line.numbers)] for line in lines] for name, lines in told.tables.items()}
    return {"whole": dict(told.whole.numbers), "tables": tables, **beside}


def published_in(kept: PublishedFigures) -> Published | None:
    if not kept.content:
        return None
    tables = {
        name: [Line(label, numbers) for label, numbers in lines] for name, lines in kept.content["tables"].items()
    }
    return Published(Line(EVERYBODY, kept.content["whole"]), tables)


def figures_about(session: Session, *about: str) -> Sequence[PublishedFigures]:
    """What was published, the latest year first; years of fewer than five people are among them, and empty."""
    wanted = select(PublishedFigures).where(PublishedFigures.about.in_(about))
    return session.scalars(wanted.order_by(PublishedFigures.year.desc(), PublishedFigures.id)).all()


def years_to_publish(session: Session, about: str, today: date) -> list[int]:
    done = set(session.scalars(select(PublishedFigures.year).where(PublishedFigures.about == about)))
    return [year for year in years_out(today) if year not in done]


def publish_once(
    session: Session, about: str, years: Iterable[int], count: Callable[[int], dict[str, Any]], now: datetime
) -> None:
    """Count and keep years that nobody has counted yet; of two workers who do so at once, one is refused."""
    for year in years:
        session.add(PublishedFigures(about=about, year=year, published_at=now, content=count(year)))
    session.flush()
