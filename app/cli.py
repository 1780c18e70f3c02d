"""The `rpe` command."""

import sys

import click
from flask import Flask, current_app
from flask.cli import ScriptInfo, with_appcontext
from flask_migrate import upgrade
from sqlalchemy.exc import SQLAlchemyError

from app import create_app
from app.backups.commands import back_up, bring_back
from app.config import Misconfigured
from app.demo.command import demo
from app.platform.db import is_up_to_date, transaction
from app.rules.reference import add_missing_reference
from app.serving import Server, work, worker_beside
from app.sign_in.commands import add_administrator
from app.studies.imports.commands import import_group
from matching.cli import check_command, solve_command

NO_TABLES = "The database has not the tables of this version: run rpe migrate."


@click.group()
@click.version_option(package_name="rpe-placements")
@click.pass_context
def rpe(context: click.Context) -> None:
    """Place learners in clinical studies and keep the record of their Research Practice Experience.

    Settings come from the environment (RPE_DATABASE_URL and others; docs/operations.md lists them all).
    """
    context.obj = ScriptInfo(create_app=create_app)


@rpe.command()
@with_appcontext
def migrate() -> None:
    """Bring the database to the newest tables.

    Adds the research networks and specialties that are missing.
    """
    upgrade()
    with transaction() as session:
        added = add_missing_reference(session)
    click.echo(f"The database is up to date{f'; {added} networks and specialties were added' if added else ''}.")


@rpe.command()
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

    A worker runs beside it where RPE_JOBS names a queue.
    """
    if not is_up_to_date():
        raise click.ClickException(NO_TABLES)
    with worker_beside(app()):
        Server(app(), f"{host}:{port}", processes, lambda: click.echo(f"Serving on http://{host}:{port}")).run()


@rpe.command("work")
@with_appcontext
def work_command() -> None:
    """Work through the queue of jobs.

    Runs until it is interrupted; only where RPE_JOBS names a queue.
    """
    work(app())


for name, command, purpose in (
    ("demo", demo, "Show a match round on fictitious people, and serve it."),
    ("add-administrator", add_administrator, "Make somebody an administrator."),
    ("import", import_group, "Import studies or organisations."),
    ("backup", back_up, "Copy the database into a file, while the service runs."),
    ("restore", bring_back, "Put a backup in the place of the database."),
    ("solve", solve_command, "Solve a matching problem in a file."),
    ("check", check_command, "Check a solution with exact numbers."),
):
    command.short_help = purpose
    rpe.add_command(command, name)


def app() -> Flask:
    """The application of the command that runs."""
    running: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return running


def main() -> None:
    """The entry point of the `rpe` command; what the operator must set right is a sentence, not a traceback."""
    try:
        rpe()
    except Misconfigured as complaint:
        sys.exit(f"rpe: {complaint}")
    except SQLAlchemyError as failure:
        reason = NO_TABLES if "no such table" in str(failure) or "does not exist" in str(failure) else failure
        sys.exit(f"rpe: {reason}")


if __name__ == "__main__":
    main()
