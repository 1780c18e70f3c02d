"""The `rpe demo` command: a fictitious world, a match round run on it, and the service to look at it."""

import os
import secrets
from dataclasses import replace
from pathlib import Path

import click
from flask_migrate import upgrade
from sqlalchemy import MetaData, inspect, select

from app import create_app
from app.config import INSTANCE, Settings
from app.demo.content.reading import MalformedContent
from app.demo.happened import happened
from app.demo.playing.accounts import address_of
from app.demo.playing.real_studies import import_for_demo
from app.demo.playing.staging import Play
from app.demo.playing.study_rows import key_of
from app.demo.report import in_lines, result_of, run_to_show, sign_in_lines
from app.demo.signed_record import checked_lines, take_one
from app.demo.steps import Steps
from app.demo.world.build import LEARNERS, MOST_LEARNERS, build_world
from app.models.people import Person
from app.platform.clock import now, today
from app.platform.db import TransactionalFlask, db, transaction
from app.platform.files.private import make_private_file
from app.registries.records import UnreadableFile
from app.rounds.figures.jobs import count_rounds_that_changed
from app.serving.beside import worker_beside
from app.serving.server import Server


@click.command()
@click.option("--fresh", is_flag=True, help="Start over: throw away what the demo holds.")
@click.option("--no-serve", is_flag=True, help="End after printing the result of the round.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--learners", default=LEARNERS, show_default=True, type=click.IntRange(8, MOST_LEARNERS))
@click.option(
    "--studies",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A real registry export to take the studies from, instead of the fictitious ones.",
)
def demo(fresh: bool, no_serve: bool, port: int, learners: int, studies: Path | None) -> None:
    """Fill a demo with fictitious people, run a match round on it, print what came out, and serve it.

    The demo has a database of its own (instance/demo.sqlite3, or RPE_DATABASE_URL). Running it again keeps what is
    there.
    """
    app = create_app(demo_settings(port))
    with app.test_request_context(base_url=f"http://127.0.0.1:{port}"):
        run_id = prepare(app, fresh, learners, studies)
        with transaction() as session:
            take_one(session, app.extensions["rpe_settings"])
        with transaction(writing=False) as session:
            story = in_lines((*happened(session, now()), *checked_lines(session)))
            for line in (*result_of(session, run_id), *story, *sign_in_lines(session, port)):
                click.echo(line)
        db.engine.dispose()  # the server's processes open connections of their own
    if not no_serve:
        with worker_beside(app) as worker:
            Server(
                app,
                f"127.0.0.1:{port}",
                ready=lambda: click.echo(f"\nServing on http://127.0.0.1:{port} (Ctrl-C ends it)"),
                worker=worker,
            ).run()


def demo_settings(port: int) -> Settings:
    """The settings of a demo: its own database, a secret kept beside it, and the band on every page."""
    settings = Settings.from_environ({**os.environ, "RPE_ENV": "development", "RPE_DEMO": "1"})
    if "RPE_DATABASE_URL" not in os.environ:
        settings = replace(settings, database_url=f"sqlite:///{(INSTANCE / 'demo.sqlite3').resolve()}")
    if "RPE_SECRET_KEY" not in os.environ:
        settings = replace(settings, secret_key=kept_secret(INSTANCE / "demo.secret"))
    return replace(settings, base_url=f"http://127.0.0.1:{port}")


def kept_secret(file: Path) -> str:
    """A random secret that outlives the command, so that people stay signed in when the demo starts again."""
    if not file.exists():
        make_private_file(file)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()


def prepare(app: TransactionalFlask, fresh: bool, learners: int, studies: Path | None) -> int:
    """Bring the demo to where it can be looked at, and return the run to show; what is there and whole is kept."""
    refuse_other_people()
    if fresh:
        empty()
    upgrade()
    with transaction(writing=False) as session:
        is_empty, run_id = session.scalar(select(Person.id).limit(1)) is None, run_to_show(session)
    if run_id is not None:
        click.echo("The demo is there already; rpe demo --fresh starts over.")
        return run_id
    if not is_empty:
        click.echo("The demo was interrupted before it was finished, so it starts over.")
        empty()
        upgrade()
    return fill(app, learners, studies)


def refuse_other_people() -> None:
    """Raise a ClickException for a database that somebody works with: the demo would throw it away."""
    if not inspect(db.engine).has_table(Person.__tablename__):
        return
    with transaction(writing=False) as session:
        emails = set(session.scalars(select(Person.email).limit(1)))
        is_demo = session.scalar(select(Person.id).where(Person.email == address_of("administrator"))) is not None
    if emails and not is_demo:
        raise click.ClickException(
            "This database holds people who are not of the demo. Name another in RPE_DATABASE_URL, or unset it."
        )


def empty() -> None:
    """Drop every table, the migrations' own among them."""
    tables = MetaData()
    tables.reflect(db.engine)
    tables.drop_all(db.engine)


def fill(app: TransactionalFlask, learners: int, studies: Path | None) -> int:
    """Play the demo up to today and return the run to look at; a ClickException says which file is wrong, and where."""
    try:
        return play(app, learners, studies)
    except (MalformedContent, UnreadableFile) as complaint:
        raise click.ClickException(str(complaint)) from complaint


def play(app: TransactionalFlask, learners: int, studies: Path | None) -> int:
    steps = Steps()
    known = []
    if studies is not None:
        steps(f"Reading studies from {studies.name}")
        with transaction() as session:
            known = import_for_demo(session, studies, learners)
    world = build_world(learners, today=today(), studies=[record for record, _ in known] or None)
    run_id = Play(app, world, {key_of(study): study for _, study in known}, steps).run()
    count_rounds_that_changed()
    steps.end()
    return run_id
