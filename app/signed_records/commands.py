"""`rpe record`: makes the keys that sign records, and checks a record without the service that issued it."""

import hashlib
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app.config import Settings
from app.language.refusal import Refused
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.sealing.keys import PublicKey
from app.platform.sealing.service_key import call_compromised, make_key
from app.signed_records.base_views import key_address
from app.signed_records.bundle.verify import Checked, Keys, NotARecord, verify
from app.signed_records.issuer import Issuer, NoAnswer

GOOD, WRONG, BAD_INPUT = 0, 1, 2


@click.group("record")
def record_group() -> None:
    """Sign records of placements, and check them."""


@record_group.command("new-key")
@with_appcontext
def new_key_command() -> None:
    """Make a key with which records are signed from now on.

    Its secret half is written to RPE_KEYS_FOLDER, locked with RPE_KEYS_PASSPHRASE: keep a copy of both, apart from the
    backups of the database. Keys from before stay known, so that what they signed can be checked.
    """
    settings: Settings = current_app.extensions["rpe_settings"]
    if not settings.keys_passphrase:
        raise click.ClickException("Set RPE_KEYS_PASSPHRASE to a random text first: it locks the key.")
    with transaction() as session:
        key = make_key(session, None, settings, now())
    click.echo(f"Records are signed with a new key from now on:\n{key_address(key.id)}")
    click.echo(f"Its secret half stands in {settings.keys}. Keep a copy in a safe place.")


@record_group.command("compromised")
@click.argument("key", metavar="KEY")
@click.option("--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]), help="In UTC; else from the start.")
@with_appcontext
def compromised_command(key: str, since: datetime | None) -> None:
    """Say that somebody else may have KEY, the id of a key that signed records.

    It signs nothing any more, and every check says so of what it signed since: their learners make new records. Files
    that this service gave out before stand, each byte for byte. It is said once and cannot be taken back. Make a new
    key with `rpe record new-key`.
    """
    try:
        with transaction() as session:
            moment = since.replace(tzinfo=UTC) if since else None
            told = call_compromised(session, key.rpartition("/")[2], moment, now())
    except Refused as refusal:
        raise click.ClickException(refusal.message) from refusal
    click.echo(f"The key is not believed from {told.compromised_from:%Y-%m-%d %H:%M} UTC on.")
    click.echo("Make a new one with rpe record new-key, so that records can be signed.")


@record_group.command("verify")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--key", type=click.Path(path_type=Path), help="A file with the public key (a JWK) to believe.")
@click.option("--at", metavar="ADDRESS", help="Ask the service at ADDRESS for its key, and how the record stands.")
def verify_command(file: Path, key: Path | None, at: str | None) -> None:
    """Check every signature and digest in FILE: a signed record, or its PDF or credential alone.

    Works without a network and believes nothing in the file. Whoever makes a record can sign it with a key of her own:
    give the key to believe, or compare the address that is printed. Exit status: 0 it holds (and, where asked, is
    valid), 1 it does not, 2 bad input.
    """
    try:
        issuer = Issuer(at) if at else None
        data = file.read_bytes()
        checked = verify(data, keys_to_believe(key, issuer))
        is_reliable = say(checked, issuer, key is not None)
    except OSError as fault:
        fail(f"{fault.filename or file} cannot be read: {fault.strerror or fault}.")
    except (NotARecord, NoAnswer, ValueError) as fault:
        fail(str(fault))
    click.echo(f"SHA-256 of the file: {hashlib.sha256(data).hexdigest()}")
    sys.exit(GOOD if is_reliable else WRONG)


def keys_to_believe(file: Path | None, issuer: Issuer | None) -> Keys:
    if file:
        known = PublicKey.of(json.loads(file.read_bytes()))
        return lambda key_id: known if known.id == key_id else None
    return issuer.key if issuer else lambda key_id: None


def say(checked: Checked, issuer: Issuer | None, key_given: bool) -> bool:
    """Print what was found; whether the record may be relied on, as far as was asked."""
    for line in found_in(checked):
        click.echo(line)
    if not checked.is_good:
        return False
    if (issuer or key_given) and not checked.is_key_known:
        click.echo("The key is not the one to believe.")
        return False
    if not checked.is_key_known:
        click.echo("Compare the key with the one at that address: nobody has vouched for it here.")
    if issuer and checked.key_id in issuer.warnings:
        click.echo(
            f"{issuer.address} says that somebody else may have this key, since {issuer.warnings[checked.key_id]}. "
            f"Only {issuer.address}/check-record can tell whether this very file is older."
        )
        return False
    return issuer is None or stands(checked, issuer)


def found_in(checked: Checked) -> Iterator[str]:
    """Each question with its answer, and what that comes to."""
    for one in checked.outcomes:
        yield f"{'no ' if one.wrong else 'yes'}  {one.question}{f': {one.wrong}' if one.wrong else ''}"
    if checked.is_good:
        yield f"It is whole, and signed with the key {checked.key_address or checked.key_id}"
    else:
        yield "This is not a record as it was issued."


def stands(checked: Checked, issuer: Issuer) -> bool:
    """Whether its service says that it is valid."""
    if not checked.address:
        click.echo("A PDF alone does not say where its standing is told: check the whole file, or the credential.")
        return False
    standing = issuer.standing(checked.address)
    click.echo(f"{issuer.address} says that it is {standing}.")
    return standing == "valid"


def fail(message: str) -> None:
    click.echo(message, err=True)
    sys.exit(BAD_INPUT)
