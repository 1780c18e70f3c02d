"""What a person reads who asked for a new password: subject and body of the mail."""

from datetime import timedelta

from app.language.dates_and_times import length_in_words
from app.language.mail import Mail
from app.models.people import Person


def password_link(person: Person, address: str, life: timedelta) -> Mail:
    """To whoever forgot a password: where to choose another."""
    return Mail(
        "Choose a new password",
        f"Hello {person.name},\n\nUse this link within {length_in_words(life)} to choose a new password:\n\n"
        f"{address}\n\n"
        "If you did not ask for it, you need not do anything.\n",
    )
