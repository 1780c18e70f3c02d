"""Which tables were written to, so that only those need be put back: a test writes to few of many.

PostgreSQL notes it itself, also what another process writes. SQLite would note each row, which takes longer than to put
every table back.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert, text

from app.models import Base

TABLES = Base.metadata.sorted_tables
NOTED = (
    "CREATE UNLOGGED TABLE written (name text, was_put_back bool DEFAULT false)",
    "CREATE FUNCTION note_written() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN INSERT INTO written VALUES (TG_TABLE_NAME); RETURN NULL; END $$",
    *(
        f'CREATE TRIGGER note_written AFTER INSERT OR UPDATE OR DELETE ON "{table.name}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION note_written()"
        for table in TABLES
    ),
)


def note_what_is_written(connection: Connection) -> None:
    """Let the database note from now on which tables are written to."""
    if connection.dialect.name == "postgresql":
        for statement in NOTED:
            connection.exec_driver_sql(statement)


def written(connection: Connection) -> list[Table]:
    """The tables that may have been written to since they were last put back."""
    return noted(connection, also_put_back=False)


def noted(connection: Connection, also_put_back: bool) -> list[Table]:
    if connection.dialect.name != "postgresql":
        return TABLES
    wanted = text("SELECT DISTINCT name FROM written WHERE NOT was_put_back OR :also_put_back")
    names = set(connection.scalars(wanted, {"also_put_back": also_put_back}))
    return [table for table in TABLES if table.name in names]


def put_back(connection: Connection, rows: Mapping[str, Sequence[dict[str, Any]]]) -> None:
    """Let each table that was written to hold these rows, by its name, and no others."""
    tables = written(connection)
    replace(connection, tables, rows)
    if connection.dialect.name == "postgresql":
        connection.execute(text("DELETE FROM written WHERE NOT was_put_back"))
        for table in tables:
            connection.execute(text("INSERT INTO written VALUES (:name, true)"), {"name": table.name})


def empty(connection: Connection) -> None:
    """Let no table hold anything."""
    replace(connection, noted(connection, also_put_back=True), {})
    if connection.dialect.name == "postgresql":
        connection.execute(text("DELETE FROM written"))


def replace(connection: Connection, tables: list[Table], rows: Mapping[str, Sequence[dict[str, Any]]]) -> None:
    if connection.dialect.name == "postgresql":
        # Neither keys nor notes: rows of a table that nobody wrote to may point to those that go and come.
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    for table in reversed(tables):
        connection.execute(table.delete())
    for table in tables:
        if rows.get(table.name):
            connection.execute(insert(table), rows[table.name])
