"""SQLite is told how its rows are spread, or it takes an index of thousands of rows for one of few."""

from sqlalchemy import inspect, text

from app.models.people import Role
from app.platform.db import renew_statistics


def test_how_the_rows_are_spread_is_known_after_it_was_looked_at(app, engine, build, session):
    for _ in range(3):
        build.person(Role.LEARNER)
    session.commit()
    with app.app_context():
        renew_statistics()
        renew_statistics()
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            known = connection.execute(text("SELECT DISTINCT tbl FROM sqlite_stat1")).scalars().all()
        assert {"people", "role_grants"} <= set(known)
    else:
        assert not inspect(engine).has_table("sqlite_stat1")
