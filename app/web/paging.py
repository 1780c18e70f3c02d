"""Cuts a list into pages."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

PAGE_ROWS = 50
ROWS_AT_ONCE = 500  # of a list that is sent as a file


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: its rows, its number from 1, how many pages and rows there are in all."""

    rows: Sequence[Any]
    number: int
    pages: int
    total: int


def page_of(session: Session, statement: Select[Any], number: int, rows: int = PAGE_ROWS) -> Page:
    """Page `number` of what a statement finds, in two queries; a number out of reach gives the nearest page."""
    total = session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    pages, number = fitted(total, number, rows)
    found = session.scalars(statement.limit(rows).offset((number - 1) * rows)).unique().all()
    return Page(found, number, pages, total)


def page_of_rows(everything: Sequence[Any], number: int, rows: int = PAGE_ROWS) -> Page:
    """Page `number` of a list that is in memory already."""
    pages, number = fitted(len(everything), number, rows)
    return Page(everything[(number - 1) * rows : number * rows], number, pages, len(everything))


def page_through(total: int, number: int, load: Callable[[int, int], Sequence[Any]], rows: int = PAGE_ROWS) -> Page:
    """Page `number` of a list of which `load(first, rows)` gives the rows from the `first`, counted from 0."""
    pages, number = fitted(total, number, rows)
    return Page(load((number - 1) * rows, rows), number, pages, total)


def fitted(total: int, number: int, rows: int) -> tuple[int, int]:
    """How many pages there are, and the page number brought within them."""
    pages = max(1, -(-total // rows))
    return pages, min(max(1, number), pages)


def in_parts(ids: Sequence[int], rows: int = ROWS_AT_ONCE) -> Iterator[Sequence[int]]:
    """A long list in parts that can be loaded one after another."""
    return (ids[start : start + rows] for start in range(0, len(ids), rows))
