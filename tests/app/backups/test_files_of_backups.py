"""What people handed in goes along with a backup, and comes back with it."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.backups.commands import back_up, bring_back
from app.backups.kept_files import folder_beside
from app.config import Settings
from app.platform.files.kept import keep

TABLES = """
    CREATE TABLE alembic_version (version_num TEXT);
    INSERT INTO alembic_version VALUES ('0035');
    CREATE TABLE messages (id INTEGER PRIMARY KEY, sent_at TEXT);
    CREATE TABLE evidence (id INTEGER PRIMARY KEY, withdrawn_at TEXT);
    CREATE TABLE evidence_files (evidence_id INTEGER PRIMARY KEY, kept_as TEXT, digest TEXT);
"""


def run(deed, file):
    return CliRunner().invoke(deed, [str(file)])


@pytest.fixture
def database(tmp_path, monkeypatch):
    """A database with what a backup looks at, and nothing else."""
    file = tmp_path / "instance" / "rpe.sqlite3"
    monkeypatch.setenv("RPE_DATABASE_URL", f"sqlite:///{file}")
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(TABLES)
    return file


@pytest.fixture
def folder(database):
    return Settings.from_environ().files


def hand_in(database, folder, content, withdrawn_at=None):
    name = keep(folder, content)
    with closing(sqlite3.connect(database)) as connection, connection:
        piece = connection.execute("INSERT INTO evidence (withdrawn_at) VALUES (?)", (withdrawn_at,)).lastrowid
        digest = hashlib.sha256(content).hexdigest()
        connection.execute("INSERT INTO evidence_files VALUES (?, ?, ?)", (piece, name, digest))
    return name


def contents(folder: Path) -> list[bytes]:
    return sorted(one.read_bytes() for one in folder.iterdir())


@pytest.fixture
def backup(tmp_path):
    return tmp_path / "backup.sqlite3"


def test_files_come_back_with_their_database(database, folder, backup):
    hand_in(database, folder, b"one")
    hand_in(database, folder, b"taken back", "2026-03-03")
    answer = run(back_up, backup)
    assert answer.exit_code == 0, answer.output
    assert "holds 1 file, which" in answer.output
    assert contents(folder_beside(backup)) == [b"one"]
    hand_in(database, folder, b"since")
    for file in list(folder.iterdir()):
        if file.read_bytes() == b"one":
            file.unlink()
    assert run(bring_back, backup).exit_code == 0
    assert b"one" in contents(folder)


def test_the_database_that_is_put_aside_keeps_its_files_and_can_be_brought_back_itself(database, folder, backup):
    assert run(back_up, backup).exit_code == 0
    name = hand_in(database, folder, b"since")
    assert run(bring_back, backup).exit_code == 0
    [aside] = [one for one in database.parent.iterdir() if ".replaced-" in one.name and one.is_file()]
    assert contents(folder_beside(aside)) == [b"since"]
    (folder / name).unlink()
    assert run(bring_back, aside).exit_code == 0
    assert contents(folder) == [b"since"]


def test_a_backup_without_all_its_files_changes_nothing(database, folder, backup):
    name = hand_in(database, folder, b"one")
    assert run(back_up, backup).exit_code == 0
    before = database.read_bytes()
    (folder_beside(backup) / name).write_bytes(b"another")
    (folder / name).unlink()
    damaged = run(bring_back, backup)
    assert (damaged.exit_code, "is damaged" in damaged.output) == (1, True)
    (folder_beside(backup) / name).unlink()
    missing = run(bring_back, backup)
    assert (missing.exit_code, "is missing" in missing.output) == (1, True)
    assert database.read_bytes() == before


def test_no_backup_is_left_where_a_file_is_missing(database, folder, backup):
    name = hand_in(database, folder, b"one")
    hand_in(database, folder, b"two")
    (folder / name).unlink()
    answer = run(back_up, backup)
    assert (answer.exit_code, backup.exists(), folder_beside(backup).exists()) == (1, False, False)


def test_a_database_from_before_there_were_files_needs_none(database, folder, backup):
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DROP TABLE evidence_files")
    assert run(back_up, backup).exit_code == 0
    assert not folder_beside(backup).exists()
