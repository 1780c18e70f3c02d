"""The first administrator, who can only come from the command line."""

import click
from email_validator import EmailNotValidError, validate_email
from flask.cli import with_appcontext

from app.language.dates_and_times import length_in_words
from app.models.people import OneTimeLink, Person, Role, RoleGrant
from app.platform.audit import record
from app.platform.clock import now
from app.platform.db import transaction
from app.sign_in.service import LINK_LIFE, person_with_email
from app.web.addresses import password_address


@click.command("add-administrator")
@click.argument("email")
@click.argument("name")
@with_appcontext
def add_administrator(email: str, name: str) -> None:
    """Make NAME an administrator and print a link with which to choose a password.

    An account that exists already gets the role and a new link, and is restored if it was withdrawn.
    """
    try:
        validate_email(email, check_deliverability=False)
    except EmailNotValidError as complaint:
        raise click.BadParameter(
            f"“{email}” is not an email address. Give the address first, then the name."
        ) from complaint
    with transaction() as session:
        person = person_with_email(session, email)
        if person is None:
            person = Person(email=email.strip().lower(), name=name, created_at=now())
            session.add(person)
        person.is_active = True
        if Role.ADMINISTRATOR not in person.roles:
            person.grants.append(RoleGrant(role=Role.ADMINISTRATOR, granted_at=now()))
        link, secret = OneTimeLink.issue(person, now(), LINK_LIFE)
        session.add(link)
        record(session, None, "made an administrator on the command line", person, now=now(), name=person.name)
    click.echo(f"{person.name} chooses a password within {length_in_words(LINK_LIFE)} at:\n{password_address(secret)}")
