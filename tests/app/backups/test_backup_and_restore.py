"""A backup that is brought back is what stands there afterwards, whatever a crash has left beside the database."""

import os
import re
import sqlite3
import stat
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from click.testing import CliRunner
from sqlalchemy import create_engine

from app import create_app
from app.backups.commands import MIGRATIONS, back_up, bring_back
from app.cli import rpe
from app.config import Misconfigured
from app.platform.files.one_service import nobody_else
from app.platform.files.private import make_private_file
from tests.conftest import settings_for

HEAD = "0013"
ADD = "INSERT INTO people (email, name, folded_name, is_active, created_at) VALUES (?, ?, ?, 1, '2026-03-03')"


@pytest.fixture(scope="module")
def newest(tmp_path_factory) -> Path:
    """A database of today's version, made once."""
    file = tmp_path_factory.mktemp("newest") / "rpe.sqlite3"
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()
    return file


@pytest.fixture
def database(newest, tmp_path, monkeypatch):
    """A database of today's version in which three people stand, all in the file itself."""
    file = tmp_path / "instance" / "rpe.sqlite3"
    monkeypatch.setenv("RPE_DATABASE_URL", f"sqlite:///{file}")
    make_private_file(file)
    file.write_bytes(newest.read_bytes())
    add(file, "Ann", "Bea", "Cat")
    return file


def add(file: Path, *names: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        for name in names:
            connection.execute(ADD, (f"{name}@nowhere.example", name, name.lower()))


def crash_while_adding(file: Path, name: str) -> None:
    """Another process adds somebody and dies at once, so that the row stands in the -wal alone."""
    code = """
        import os, sqlite3, sys
        connection = sqlite3.connect(sys.argv[1])
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute(sys.argv[3], (sys.argv[2], sys.argv[2], sys.argv[2]))
        connection.commit()
        os._exit(9)
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(code), str(file), name, ADD], check=False)
    assert file.with_name(f"{file.name}-wal").stat().st_size > 0


def people_in(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM people ORDER BY id")]


def run(deed, *words):
    return CliRunner().invoke(deed, [str(word) for word in words])


@pytest.fixture
def backup(database, tmp_path):
    file = tmp_path / "backup.sqlite3"
    assert run(back_up, file).exit_code == 0
    return file


def test_a_backup_is_whole_while_somebody_writes_and_needs_no_file_beside_it(database, tmp_path):
    crash_while_adding(database, "Dee")
    file = tmp_path / "backup.sqlite3"
    answer = run(back_up, file)
    assert answer.exit_code == 0, answer.output
    assert f"of version {HEAD}. It was read again and is whole." in answer.output
    assert people_in(file) == ["Ann", "Bea", "Cat", "Dee"]
    assert {one.name for one in tmp_path.iterdir()} == {"instance", "backup.sqlite3"}


def test_a_backup_overwrites_nothing(backup):
    answer = run(back_up, backup)
    assert answer.exit_code == 1
    assert "is there already" in answer.output


def test_a_restored_database_is_the_backup_and_the_old_one_is_kept_whole(database, backup):
    crash_while_adding(database, "Dee")
    answer = run(bring_back, backup)
    assert answer.exit_code == 0, answer.output
    assert people_in(database) == ["Ann", "Bea", "Cat"]
    [kept] = [one for one in database.parent.iterdir() if ".replaced-" in one.name and one.suffix[-1].isdigit()]
    assert people_in(kept) == ["Ann", "Bea", "Cat", "Dee"]
    assert str(kept) in answer.output


def test_copying_the_file_back_instead_would_have_brought_what_was_never_in_the_backup(database, backup):
    """What the command is for: SQLite reads the -wal of the crash into the file that was copied there."""
    crash_while_adding(database, "Dee")
    database.write_bytes(backup.read_bytes())
    assert people_in(database) != ["Ann", "Bea", "Cat"]


def test_a_database_that_is_missing_comes_back(database, backup):
    database.unlink()
    assert run(bring_back, backup).exit_code == 0
    assert people_in(database) == ["Ann", "Bea", "Cat"]


def test_nothing_is_brought_back_while_the_service_runs(database, backup):
    add(database, "Dee")
    code = "from app import create_app; create_app(); print('runs', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as service:
        assert service.stdout is not None
        assert service.stdout.readline() == b"runs\n"
        answer = run(bring_back, backup)
        service.communicate(b"\n")
    assert answer.exit_code == 1
    assert "Stop it first; nothing was changed." in answer.output
    assert people_in(database) == ["Ann", "Bea", "Cat", "Dee"]
    assert run(bring_back, backup).exit_code == 0


def test_the_service_does_not_start_while_a_backup_is_brought_back(database):
    with nobody_else(database), pytest.raises(Misconfigured, match="start again when that has ended"):
        create_app(settings_for(f"sqlite:///{database}"))


def damaged(file: Path) -> None:
    text = bytearray(file.read_bytes())
    text[len(text) // 2 : len(text) // 2 + 4096] = b"\xff" * 4096
    file.write_bytes(text)


def of_a_later_version(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def of_something_else(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE people (id)")


def no_database(file: Path) -> None:
    file.write_bytes(b"Something that somebody wrote. " * 99)


def without_its_wal(file: Path) -> None:
    file.with_name(f"{file.name}-wal").write_bytes(b"x")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (damaged, "damaged|cannot be read"),
        (of_a_later_version, "newer than this one"),
        (of_something_else, "no database of this service"),
        (no_database, "cannot be read as a SQLite database"),
        (without_its_wal, "not one whole file"),
    ],
)
def test_what_is_no_good_backup_changes_nothing(database, backup, spoil, words):
    crash_while_adding(database, "Dee")
    before = {one.name: one.read_bytes() for one in database.parent.iterdir()}
    spoil(backup)
    answer = run(bring_back, backup)
    assert answer.exit_code == 1
    assert re.search(words, answer.output), answer.output
    found = {one.name: one.read_bytes() for one in database.parent.iterdir() if one.suffix != ".lock"}
    assert found == before
    assert people_in(database)[-1] == "Dee"


def test_sessions_and_links_of_the_backup_do_not_come_back_to_life(database, tmp_path):
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(
            "INSERT INTO sign_ins (person_id, token_digest, browser, began_at, seen_at) "
            "VALUES (1, 'x', 'Firefox', '2026-03-03', '2026-03-03')"
        )
        connection.execute(
            "INSERT INTO one_time_links (person_id, purpose, new_email, secret_digest, created_at, expires_at) "
            "VALUES (1, 'set password', '', 'x', '2026-03-03', '2026-03-04')"
        )
    file = tmp_path / "backup.sqlite3"
    run(back_up, file)
    assert run(bring_back, file).exit_code == 0
    with closing(sqlite3.connect(database)) as connection:
        for table in ("sign_ins", "one_time_links"):
            assert connection.execute(f"SELECT * FROM {table}").fetchall() == []  # noqa: S608


@pytest.mark.parametrize("words", [["backup", "x.dump"], ["restore", __file__]])
def test_a_server_has_commands_of_its_own(monkeypatch, words):
    monkeypatch.setenv("RPE_DATABASE_URL", "postgresql+psycopg://rpe@localhost/rpe")
    answer = run(rpe, *words)
    assert answer.exit_code == 1
    assert "pg_dump and pg_restore" in answer.output


def modes_in(folder: Path) -> dict[str, str]:
    return {one.name: oct(stat.S_IMODE(one.stat().st_mode)) for one in [folder, *folder.iterdir()]}


def test_nobody_else_can_read_the_files_of_a_database(database, backup):
    """Also what SQLite writes beside it, and what a restore leaves."""
    old = os.umask(0)
    try:
        crash_while_adding(database, "Dee")
        assert set(modes_in(database.parent)) >= {"instance", "rpe.sqlite3", "rpe.sqlite3-wal", "rpe.sqlite3-shm"}
        assert run(bring_back, backup).exit_code == 0
    finally:
        os.umask(old)
    modes = modes_in(database.parent)
    assert modes.pop("instance") == "0o700"
    assert set(modes.values()) == {"0o600"}
    assert oct(stat.S_IMODE(backup.stat().st_mode)) == "0o600"


def test_a_database_that_others_could_read_is_closed_to_them(database):
    database.chmod(0o644)
    create_app(settings_for(f"sqlite:///{database}"))
    assert oct(stat.S_IMODE(database.stat().st_mode)) == "0o600"
