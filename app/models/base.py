"""The ground every table stands on: names of constraints, times in UTC, enumerations as words, many rows at once."""

import enum
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Enum, MetaData, Text, TypeDecorator, insert
from sqlalchemy.orm import DeclarativeBase, Session, registry


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored in UTC; refuses a datetime without a time zone, because it would be a guess."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


def words_of(enumeration: type[enum.Enum]) -> list[str]:
    """The values of an enumeration, which is what the database keeps."""
    return [str(member.value) for member in enumeration]


class Base(DeclarativeBase):
    """The parent of every table."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            str: Text,
            datetime: UtcDateTime,
            enum.Enum: Enum(enum.Enum, native_enum=False, length=40, values_callable=words_of),
        },
    )


def insert_rows(session: Session, model: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    """Write many rows without making objects of them; each column by its name in the database."""
    table: Any = model.__table__
    session.execute(insert(table), rows)
