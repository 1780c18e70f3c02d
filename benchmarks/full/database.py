"""Makes such a database and fills it; one that is there already is used again, with its rounds counted afresh."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from flask_migrate import stamp, upgrade
from sqlalchemy import Integer, create_engine, func, insert, inspect, make_url, select, text

from app import create_app
from app.config import Settings
from app.models import Base
from app.models.operations.registry_files import UploadedRow
from app.platform.db import TransactionalFlask, db, renew_statistics, transaction
from app.rounds.figures.jobs import count_round, rounds_to_count
from benchmarks.full import (
    agreed,
    agreements,
    decided,
    evidence,
    log,
    needs,
    people,
    progress_reviews,
    rounds,
    sign_offs,
    standing_in,
    studies,
)
from benchmarks.full.academic import boards, bursaries, dissertations, prior_learning
from benchmarks.full.sizes import NOW, TODAY, Size

ROWS_AT_ONCE = 5_000


def app_on(url: str, size: Size) -> TransactionalFlask:
    """The service on a database of a size, at the moment for which its rows were made."""
    create_where_missing(url)
    app = create_app(Settings.from_environ({"RPE_DATABASE_URL": url}))
    app.config.update(NOW=lambda: NOW, RATELIMIT_ENABLED=False)
    with app.app_context():
        if is_filled():
            upgrade()
        else:
            Base.metadata.create_all(db.engine)
            stamp()
            fill(size)
        count_rounds()
    return app


def count_rounds() -> None:
    """What the worker does every minute."""
    with transaction(writing=False) as session:
        changed = rounds_to_count(session, TODAY)
    for round_id in changed:
        count_round(round_id)


def create_where_missing(url: str) -> None:
    """A database on a server; a file makes itself."""
    wanted = make_url(url)
    if wanted.get_backend_name() != "postgresql":
        return
    server = create_engine(wanted.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        known = connection.scalars(text("SELECT datname FROM pg_database"))
        if wanted.database not in set(known):
            connection.execute(text(f'CREATE DATABASE "{wanted.database}"'))
    server.dispose()


def is_filled() -> bool:
    """True when the rows that are written last are there."""
    if not inspect(db.engine).has_table(UploadedRow.__tablename__):
        return False
    with db.engine.connect() as connection:
        return connection.scalar(select(UploadedRow.id).limit(1)) is not None


def fill(size: Size) -> None:
    """Write every table in one transaction, without objects."""
    with db.engine.begin() as connection:
        for target, rows in (
            *people.TABLES,
            *studies.TABLES,
            *rounds.TABLES,
            *decided.TABLES,
            *bursaries.TABLES,
            *prior_learning.TABLES,
            *agreed.TABLES,
            *needs.TABLES,
            *agreements.TABLES,
            *evidence.TABLES,
            *progress_reviews.TABLES,
            *sign_offs.TABLES,
            *standing_in.TABLES,
            *boards.TABLES,
            *dissertations.TABLES,
            *log.TABLES,
        ):
            table: Any = getattr(target, "__table__", target)
            for some in batches(rows(size)):
                connection.execute(insert(table), some)
            if (
                connection.dialect.name == "postgresql"
                and "id" in table.columns
                and isinstance(table.c.id.type, Integer)
            ):
                highest = select(func.max(table.c.id)).scalar_subquery()
                connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), highest)))
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    renew_statistics()


def batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """So many rows at once that the database is not asked for each."""
    while some := list(islice(rows, ROWS_AT_ONCE)):
        yield some
