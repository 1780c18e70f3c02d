"""What somebody reads who has forgotten her password: subject and body of the mail."""

from app.models.people import Person
from app.platform.outbox import Mail


def password_link(person: Person, address: str) -> Mail:
    """To somebody who asked for a new password, with the address where she chooses it."""
    return Mail(
        "Choose a new password",
        f"Hello {person.name},\n\nuse this link within 24 hours to choose a new password:\n\n{address}\n\n"
        "If you did not ask for it, you need not do anything.\n",
    )
