"""The `rpe` command; what a command needs is imported when that command runs."""

import sys
from importlib import import_module
from typing import NamedTuple

import click

from app.config import Misconfigured


class Part(NamedTuple):
    """Where a command stands and what it is for; `needs_app` is False for what works on files alone."""

    place: str
    purpose: str
    needs_app: bool = True


PARTS = {
    "demo": Part("app.demo.command:demo", "Show a match round on fictitious people, and serve it."),
    "migrate": Part("app.commands:migrate", "Bring the database to the newest tables."),
    "serve": Part("app.commands:serve", "Run the service."),
    "work": Part("app.commands:work", "Do jobs: solve runs, import files, send mail."),
    "add-administrator": Part("app.sign_in.commands:add_administrator", "Make somebody an administrator."),
    "import": Part("app.import_commands:import_group", "Import studies or organisations."),
    "programmes": Part("app.programmes.commands:programmes_group", "Check, import and export programmes."),
    "backup": Part("app.backups.commands:back_up", "Copy the database into a file.", needs_app=False),
    "restore": Part("app.backups.commands:bring_back", "Put a backup in the place of the database.", needs_app=False),
    "record": Part("app.signed_records.commands:record_group", "Sign records of placements, and check them."),
    "round": Part("app.rounds.dossier.command:round_group", "Check the dossier of a published round.", needs_app=False),
    "solve": Part("matching.cli:solve_command", "Solve a matching problem in a file.", needs_app=False),
    "check": Part("matching.cli:check_command", "Check a solution with exact numbers.", needs_app=False),
}


class Commands(click.Group):
    """A group that lists its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(PARTS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in PARTS:
            return None
        module, _, attribute = PARTS[name].place.partition(":")
        if PARTS[name].needs_app:
            let_it_find_the_app(ctx)
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, PARTS[name].purpose) for name in self.list_commands(ctx)])


def let_it_find_the_app(context: click.Context) -> None:
    from flask.cli import ScriptInfo

    from app import create_app

    context.obj = ScriptInfo(create_app=create_app)


@click.group(cls=Commands)
@click.version_option(package_name="rpe-placements")
def rpe() -> None:
    """Place learners in clinical studies and keep the record of their Research Practice Experience.

    Settings come from the environment (RPE_DATABASE_URL and others; docs/operations.md lists them all).
    """


def main() -> None:
    """The entry point of the `rpe` command; what the operator must set right is a sentence, not a traceback."""
    try:
        rpe()
    except Misconfigured as complaint:
        sys.exit(f"rpe: {complaint}")
    except Exception as failure:
        sys.exit(f"rpe: {fault_of_the_database(failure)}")


def fault_of_the_database(failure: Exception) -> object:
    """What to say of a fault of the database; raises any other again."""
    from sqlalchemy.exc import SQLAlchemyError

    if not isinstance(failure, SQLAlchemyError):
        raise failure
    if "no such table" in str(failure) or "does not exist" in str(failure):
        from app.commands import NO_TABLES

        return NO_TABLES
    return failure


if __name__ == "__main__":
    main()
