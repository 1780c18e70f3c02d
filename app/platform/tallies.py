"""Counts tries in the database, so that every process and machine of the service counts together."""

import hmac
from datetime import datetime, timedelta

from flask import current_app
from limits.storage import Storage
from sqlalchemy import case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.models.operations.tallies import Tally
from app.platform.clock import now
from app.platform.db import db

ADDRESS = "database://"


class Tallies(Storage):
    """What Flask-Limiter counts in: each count is a short transaction of its own, in the app that runs."""

    STORAGE_SCHEME: list[str] | None = ["database"]  # noqa: RUF012 (the library asks for it)

    @property
    def base_exceptions(self) -> type[Exception]:
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count once more and give the number; whoever counts first says when counting ends, in `expiry` seconds."""
        insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
        new = insert(Tally).values(key=digest_of(key), number=amount, ends_at=now() + timedelta(seconds=expiry))
        is_over = Tally.ends_at <= now()
        counted = new.on_conflict_do_update(
            index_elements=[Tally.key],
            set_={
                "number": case((is_over, new.excluded.number), else_=Tally.number + amount),
                "ends_at": case((is_over, new.excluded.ends_at), else_=Tally.ends_at),
            },
        )
        with db.engine.begin() as connection:
            return connection.execute(counted.returning(Tally.number)).scalar_one()

    def get(self, key: str) -> int:
        running = select(Tally.number).where(Tally.key == digest_of(key), Tally.ends_at > now())
        with db.engine.connect() as connection:
            return connection.scalar(running) or 0

    def get_expiry(self, key: str) -> float:
        with db.engine.connect() as connection:
            ends_at = connection.scalar(select(Tally.ends_at).where(Tally.key == digest_of(key)))
        return (ends_at or now()).timestamp()

    def check(self) -> bool:
        return True

    def reset(self) -> None:
        with db.engine.begin() as connection:
            connection.execute(delete(Tally))

    def clear(self, key: str) -> None:
        with db.engine.begin() as connection:
            connection.execute(delete(Tally).where(Tally.key == digest_of(key)))


def digest_of(words: str) -> str:
    """What is kept of an address or of what was tried: the same words give the same digest, and nobody reads them."""
    return hmac.digest(str(current_app.secret_key).encode(), words.encode(), "sha256").hex()


def forget_old_tallies(session: Session, moment: datetime) -> None:
    """Remove the counts that have ended."""
    session.execute(delete(Tally).where(Tally.ends_at <= moment))
