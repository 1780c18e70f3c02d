"""What people read whom an administrator gave an account: subject and body of the mail."""

from app.language.mail import Mail
from app.models.people import Person


def invitation(person: Person, address: str) -> Mail:
    """To a person with a new account, or whose link was sent again: where to choose a password."""
    return Mail(
        "Your account for Research Practice Experience placements",
        f"Hello {person.name},\n\nan account was made for you. Use this link within 14 days to choose a password:\n\n"
        f"{address}\n",
    )
