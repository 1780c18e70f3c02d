"""`rpe round verify`: checks the dossier of a published round, without a database."""

import hashlib
import sys
from pathlib import Path

import click

from app.rounds.dossier.archive import NotADossier
from app.rounds.dossier.verify import verify

GOOD, WRONG, BAD_INPUT = 0, 1, 2


@click.group("round")
def round_group() -> None:
    """Look at published rounds."""


@round_group.command("verify")
@click.argument("file", metavar="DOSSIER.zip", type=click.Path(path_type=Path))
def verify_command(file: Path) -> None:
    """Check everything in DOSSIER.zip that can be checked, believing no number in it.

    Whoever makes a dossier can make another that holds in itself: compare the digests that are printed at the end with
    those that the service showed from the first day. Exit status: 0 everything holds, 1 something does not, 2 this is
    no dossier.
    """
    try:
        data = file.read_bytes()
        outcomes = list(verify(data))
    except OSError as fault:
        click.echo(f"{file} cannot be read: {fault.strerror}.", err=True)
        sys.exit(BAD_INPUT)
    except NotADossier as fault:
        click.echo(f"{file} is not a dossier: {fault}.", err=True)
        sys.exit(BAD_INPUT)
    for one in outcomes:
        click.echo(f"{'no ' if one.wrong else 'yes'}  {one.question}{f': {one.wrong}' if one.wrong else ''}")
    is_good = not any(one.wrong for one in outcomes)
    click.echo("The dossier is valid and proved." if is_good else "The dossier is not valid.")
    click.echo(f"SHA-256 of the file: {hashlib.sha256(data).hexdigest()}")
    sys.exit(GOOD if is_good else WRONG)
