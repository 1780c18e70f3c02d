"""What people read whom an administrator gave an account: subject and body of the mail."""

from datetime import timedelta

from app.language.dates_and_times import length_in_words
from app.language.mail import Mail
from app.models.people import Person


def invitation(person: Person, address: str, life: timedelta) -> Mail:
    """To a person with a new account, or whose link was sent again: where to choose a password."""
    return Mail(
        "Your account for Research Practice Experience placements",
        f"Hello {person.name},\n\nAn account was made for you. Use this link within {length_in_words(life)} to choose "
        "a password:\n\n"
        f"{address}\n",
    )


def address_corrected(person: Person, new: str, contact: str) -> Mail:
    """To the old address of a person whose address an administrator changed: mail goes elsewhere from now on."""
    return Mail(
        "Your email address was changed",
        f"Hello {person.name},\n\nThe administrator of Research Practice Experience placements changed your email "
        f"address to {new}. This one is no longer used, to sign in or for mail.\n\n"
        f"If that is wrong, tell {contact or 'the administrator of this service'} at once.\n",
    )
