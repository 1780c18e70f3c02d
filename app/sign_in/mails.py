"""What a person reads who asked for a new password: subject and body of the mail."""

from app.language.mail import Mail
from app.models.people import Person


def password_link(person: Person, address: str) -> Mail:
    """To whoever forgot a password: where to choose another."""
    return Mail(
        "Choose a new password",
        f"Hello {person.name},\n\nuse this link within 24 hours to choose a new password:\n\n{address}\n\n"
        "If you did not ask for it, you need not do anything.\n",
    )
