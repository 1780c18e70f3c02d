"""`rpe demo` from an empty database to its printed result, on both kinds of database."""

import csv
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from app import create_app
from app.demo.command import demo, demo_settings
from app.demo.content import reading
from app.demo.content.scarcity import scarcity
from app.demo.playing.accounts import ACCOUNTS, address_of
from app.demo.playing.staging import Play
from app.models.base import Base
from app.models.figures import RoundFigures
from app.models.people import Person
from app.models.placements import Offer
from app.models.studies import Opening, Study
from tests.browsers import browser_of
from tests.conftest import server_connection
from tests.screen import shown as page_of

Rpe = Callable[..., Result]


@pytest.fixture
def rpe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rpe:
    """Run `rpe demo --no-serve --learners 24` on a database of this test, with further options."""
    monkeypatch.setenv("RPE_DATABASE_URL", f"sqlite:///{tmp_path / 'demo.sqlite3'}")
    return in_environment(monkeypatch)


@pytest.fixture
def rpe_on_postgres(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rpe]:
    """The same on a PostgreSQL database of this test alone."""
    name = f"rpe_test_demo_{os.getpid()}"
    with server_connection() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    url = make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    monkeypatch.setenv("RPE_DATABASE_URL", url)
    yield in_environment(monkeypatch)
    with server_connection() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


def in_environment(monkeypatch: pytest.MonkeyPatch) -> Rpe:
    monkeypatch.setenv("RPE_SECRET_KEY", "for tests only")
    return lambda *options: CliRunner().invoke(demo, ["--no-serve", "--learners", "24", *options])


def shown(result: Result) -> str:
    """What was printed from the name of the round on."""
    assert result.exit_code == 0, result.output
    return result.output[result.output.index("Match round") :]


@contextmanager
def database() -> Iterator[Session]:
    engine = create_engine(os.environ["RPE_DATABASE_URL"])
    with Session(engine) as session:
        yield session
    engine.dispose()


def count_of(model: type[Base]) -> int:
    with database() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def shows_a_solved_round(output: str, accounts: Iterable[str] = tuple(ACCOUNTS)) -> None:
    placed, learners = map(
        int, re.findall(r"(\d+) of (\d+) learners placed, proved optimal in [\d.]+ seconds", output)[0]
    )
    assert 0 < placed < learners < 24
    assert re.search(rf"Place as many learners as possible: +{placed}  proved", output)
    assert re.search(r"Checked from the problem alone \(\d+ possible pairs\): valid and proved", output)
    assert f"not placed {learners - placed}" in output
    assert f"Not placed: {learners - placed}. What they can be told:" in output
    for account in accounts:
        assert f"  {account}@demo.example " in output


def shows_what_followed(output: str) -> None:
    """A line for each thing that there is to look at, as the database has it."""
    assert output.count("2 policies compared.") == 3
    for line in (
        r"“Winter round, PGDip”, published on \d+ \w+ \d{4}",
        r"\d+ offers: \d+ accepted, \d+ declined, \d+ after more time",
        r"“Winter round, PGDip”, its clearing turn published on \d+ \w+ \d{4}",
        r"\d offers?: .*1 to be answered",
        r"Everybody can see it at http://127\.0\.0\.1:8000/published/\S+",
        r"leaves on \d+ \w+ \d{4}: [\w ]+ goes\s+on with",
        r"leaves on \d+ \w+ \d{4}: [\w ]+ waits for\s+the coordinator",
        r"asked for a review: waiting for a person, due by",
        r"as supervisor: confirmed by the supervisor",
        r"as supervisor: waiting for the supervisor",
        r"Robin Wayfarer has 180 credits: PGCert at Newcastle University, PGDip at",
        r"Signed record that [\w ]+ has taken, as rpe record verify checks\s+it",
        r"It is whole, and signed with the key\s+http://\S+",
    ):
        assert re.search(line, output), line
    assert output.count("Its dossier, checked from its own files: valid and proved") == 3
    assert "not valid" not in output


def test_the_demo_runs_a_round_and_says_what_came_out_on_sqlite(rpe):
    result = rpe()
    shows_a_solved_round(shown(result))
    shows_what_followed(shown(result))
    assert re.search(r"Solving the round for PGCert learners under two policies \.\.\. [\d.]+ s\n", result.output)
    assert re.search(r"All of it took [\d.]+ s and at most \d+ MB of memory\.", result.output)
    assert max(map(len, result.output.splitlines())) <= 100
    assert count_of(RoundFigures) == 2, "both rounds of today are counted before somebody looks"


def test_the_demo_runs_a_round_and_says_what_came_out_on_postgresql(rpe_on_postgres):
    first = shown(rpe_on_postgres())
    shows_a_solved_round(first)
    shows_what_followed(first)
    again = rpe_on_postgres()
    assert "The demo is there already" in again.output
    assert shown(again) == first
    shows_a_solved_round(shown(rpe_on_postgres("--fresh")))


def test_a_world_of_eight_has_nobody_for_every_part_and_is_played_all_the_same(rpe):
    result = CliRunner().invoke(demo, ["--no-serve", "--learners", "8"])
    assert "Match round “Spring round, PGCert”" in shown(result)
    assert "Winter round" not in result.output
    assert "offered-learner@demo.example" not in result.output


def test_the_homes_of_the_demo_have_live_things_to_do(rpe):
    """What a person who signs in finds; the page of each is walked elsewhere."""
    rpe()
    app = create_app(demo_settings(8000))
    wanted = {
        "coordinator": (
            "Publish Spring round, PGCert",
            "Answer 1 review of Winter round, PGDip",
            "as supervisor of",
            "Say what comes next for",
            "Winter round, PGDip",
        ),
        "mentor": ("Say whether you supervise",),
        "offered-learner": ("Answer your offer by",),
        "learner": ("Confirm the session of",),
        "new-learner": ("Ask for a placement",),
        "waiting-learner": ("Spring round, PGCert",),
    }
    for account, texts in wanted.items():
        with database() as session:
            person_id = session.scalars(select(Person.id).where(Person.email == address_of(account))).one()
        home = page_of(browser_of(app, person_id).get("/"))
        assert [text for text in texts if not home.says(text)] == [], account


def test_running_it_again_keeps_what_is_there_and_fresh_starts_over(rpe):
    first = shown(rpe())
    offers = count_of(Offer)
    again = rpe()
    assert "The demo is there already" in again.output
    assert shown(again) == first
    assert count_of(Offer) == offers
    fresh = rpe("--fresh")
    assert "Writing people" in fresh.output
    shows_a_solved_round(shown(fresh))
    assert count_of(Offer) == offers


def test_an_interrupted_demo_starts_over_by_itself(rpe, monkeypatch):
    def interrupt(play: Play) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Play, "open_todays_rounds", interrupt)
        assert rpe().exit_code == 1
    people = count_of(Person)
    result = rpe()
    assert "was interrupted before it was finished, so it starts over" in result.output
    shows_a_solved_round(shown(result))
    assert count_of(Person) == people + 1  # the graduate's account is made after what was interrupted


@pytest.mark.parametrize("options", [(), ("--fresh",)])
def test_a_database_that_is_not_of_the_demo_is_left_alone(rpe, options):
    rpe()
    with database() as session:
        administrator = session.scalars(select(Person).where(Person.email == address_of("administrator"))).one()
        administrator.email = "somebody@trust.example"
        session.commit()
    people = count_of(Person)
    result = rpe(*options)
    assert result.exit_code == 1
    assert "This database holds people who are not of the demo" in result.output
    assert count_of(Person) == people


def test_studies_can_come_from_a_registry_export(rpe, tmp_path):
    file = tmp_path / "portfolio.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["Link", "Short Name", "Study Status", "Managing Specialty", "All Specialties"])
        for number in range(30):
            specialty = ("Cardiovascular Disease", "Mental Health", "Stroke")[number % 3]
            writer.writerow([60001 + number, f"Walking after illness {number}", "Open", specialty, specialty])
    result = rpe("--studies", str(file))
    assert "Reading studies from portfolio.csv" in result.output
    # So few specialties leave nobody of so few learners an offer to answer.
    shows_a_solved_round(shown(result), [one for one in ACCOUNTS if one != "offered-learner"])
    assert count_of(Study) == 30
    with database() as session:
        titles = session.scalars(select(Study.title).join(Opening)).all()
    assert titles
    assert all(title.startswith("Walking after illness") for title in titles)


def test_a_file_without_studies_is_one_clear_sentence(rpe, tmp_path):
    file = tmp_path / "notes.csv"
    file.write_text("Day,Weather\nMonday,rain\n")
    result = rpe("--studies", str(file))
    assert result.exit_code == 1
    assert "Error: " in result.output
    assert "Traceback" not in result.output


def test_a_malformed_file_of_the_demo_is_named_with_the_place_that_is_wrong(rpe, monkeypatch, tmp_path):
    content = shutil.copytree(reading.CONTENT, tmp_path / "content")
    file = content / "scarcity.toml"
    file.write_text("nonsense = 1\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(reading, "CONTENT", content)
    scarcity.cache_clear()
    result = rpe()
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert "Error: scarcity.toml: there is no “nonsense” here" in result.output
