"""Commands of `rpe` that need the whole application: the tables, the server, the worker."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from app.platform.db import is_up_to_date, renew_statistics, transaction
from app.platform.worker import WorkerProcess
from app.rules.reference import add_missing_reference
from app.serving.beside import worker_beside
from app.serving.collector import collect_between_steps, spare_collector
from app.serving.server import Server

NO_TABLES = "The database has not the tables of this version: run rpe migrate."


@click.command()
@with_appcontext
def migrate() -> None:
    """Bring the database to the newest tables.

    Adds the research networks and specialties that are missing.
    """
    upgrade()
    renew_statistics()
    with transaction() as session:
        added = add_missing_reference(session)
    click.echo(f"The database is up to date{f'; {added} networks and specialties were added' if added else ''}.")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option(
    "--processes",
    default=1,
    show_default=True,
    envvar="WEB_CONCURRENCY",
    type=click.IntRange(1, 64),
    help="Number of server processes; WEB_CONCURRENCY sets it too.",
)
@with_appcontext
def serve(host: str, port: int, processes: int) -> None:
    """Run the service.

    A worker runs beside it, and is started again when it dies, unless RPE_JOBS is at-once.
    """
    refuse_old_tables()
    with worker_beside(app()) as worker:
        Server(app(), f"{host}:{port}", processes, lambda: click.echo(f"Serving on http://{host}:{port}"), worker).run()


@click.command()
@click.option("--beside", type=int, hidden=True, help="The process with which this one ends.")
@with_appcontext
def work(beside: int | None) -> None:
    """Do jobs: solve runs, import files, send mail.

    Runs until it is interrupted. Any number of workers can run, on any machine that reaches the database.
    """
    refuse_old_tables()
    spare_collector()
    collect_between_steps()
    WorkerProcess(app(), beside).run()


def refuse_old_tables() -> None:
    if not is_up_to_date():
        raise click.ClickException(NO_TABLES)


def app() -> Flask:
    """The application of the command that runs."""
    running: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return running
