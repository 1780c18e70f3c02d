"""Functions of the database that PostgreSQL and SQLite call by different names."""

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class larger(GenericFunction[Any]):
    """The larger of two values of one type."""

    inherit_cache = True


class smaller(GenericFunction[Any]):
    """The smaller of two values of one type."""

    inherit_cache = True


class days_between(GenericFunction[int]):
    """The days from one date to another; negative where the other is earlier."""

    type = Integer()
    inherit_cache = True


@compiles(larger, "postgresql")
def greatest(element: larger, compiler: Any, **how: Any) -> str:
    return f"greatest({compiler.process(element.clauses, **how)})"


@compiles(larger, "sqlite")
def largest(element: larger, compiler: Any, **how: Any) -> str:
    return f"max({compiler.process(element.clauses, **how)})"


@compiles(smaller, "postgresql")
def least(element: smaller, compiler: Any, **how: Any) -> str:
    return f"least({compiler.process(element.clauses, **how)})"


@compiles(smaller, "sqlite")
def smallest(element: smaller, compiler: Any, **how: Any) -> str:
    return f"min({compiler.process(element.clauses, **how)})"


@compiles(days_between, "postgresql")
def subtracted(element: days_between, compiler: Any, **how: Any) -> str:
    first, last = (compiler.process(one, **how) for one in element.clauses)
    return f"(CAST({last} AS date) - CAST({first} AS date))"


@compiles(days_between, "sqlite")
def of_julian_days(element: days_between, compiler: Any, **how: Any) -> str:
    first, last = (compiler.process(one, **how) for one in element.clauses)
    return f"CAST(julianday({last}) - julianday({first}) AS INTEGER)"
