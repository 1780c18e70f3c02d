"""The `rpe` command: it lists what there is without importing it, and each command is where the list says."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from app.cli import PARTS, rpe

LARGE = ("flask", "sqlalchemy", "alembic", "numpy", "scipy", "sklearn", "highspy", "jinja2", "gunicorn")
LOADED = f"""
import sys
from app.cli import rpe
try:
    rpe(sys.argv[1:])
finally:
    print("loaded:", *sorted(set(sys.modules) & set({LARGE!r})), file=sys.stderr)
"""


def loaded_by(*words):
    done = subprocess.run([sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=True)
    return done.stderr.splitlines()[-1].removeprefix("loaded:").split(), done.stdout


def test_help_lists_every_command_and_imports_none():
    loaded, said = loaded_by("--help")
    assert loaded == []
    assert [name for name in PARTS if f"  {name} " not in said] == []


def test_the_engine_on_files_needs_no_web_and_no_database():
    loaded, _ = loaded_by("solve", "--help")
    assert set(loaded) & {"flask", "sqlalchemy", "alembic", "jinja2", "gunicorn"} == set()


def test_how_to_import_is_told_without_what_imports():
    loaded, said = loaded_by("import", "studies", "--help")
    assert "--dry-run" in said
    assert set(loaded) & {"sqlalchemy", "alembic", "numpy", "scipy", "sklearn"} == set()


@pytest.mark.parametrize("name", PARTS)
def test_each_command_is_where_the_list_says_and_says_what_it_is_for(name):
    command = rpe.get_command(click.Context(rpe), name)
    assert command
    assert command.help
    assert CliRunner().invoke(rpe, [name, "--help"]).exit_code == 0


def test_a_command_that_does_not_exist_is_named():
    answer = CliRunner().invoke(rpe, ["sovle"])
    assert answer.exit_code == 2
    assert "No such command 'sovle'" in answer.output
