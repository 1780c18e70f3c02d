"""What people read about their password, their address and tries to sign in as them: subject and body of each mail."""

from dataclasses import dataclass
from datetime import timedelta

from app.language.dates_and_times import length_in_words
from app.language.mail import Mail
from app.models.people import Person


@dataclass(frozen=True, slots=True)
class AboutService:
    """What a mail says of the service: its name, whom to write to, and where to choose a new password."""

    name: str
    contact: str
    forgotten: str

    @property
    def helpers(self) -> str:
        return self.contact or "the administrator of this service"


def password_link(person: Person, address: str, life: timedelta) -> Mail:
    """To whoever forgot a password: where to choose another."""
    return Mail(
        "Choose a new password",
        f"Hello {person.name},\n\nUse this link within {length_in_words(life)} to choose a new password:\n\n"
        f"{address}\n\n"
        "If you did not ask for it, you need not do anything.\n",
    )


def password_changed(person: Person, words: AboutService) -> Mail:
    """To whoever has a new password: it was set, and what to do if she did not do it."""
    return Mail(
        "Your password was changed",
        f"Hello {person.name},\n\nYour password for {words.name} was changed just now. If it was you, you need not do "
        "anything.\n\n"
        f"If it was not you, somebody else may be able to read your email. Choose a new password at once:\n\n"
        f"{words.forgotten}\n\nand tell {words.helpers}.\n",
    )


def new_address(person: Person, address: str, life: timedelta) -> Mail:
    """To the new address of a person: opening the link shows that she reads what is sent there."""
    return Mail(
        "Is this your new email address?",
        f"Hello {person.name},\n\nOpen this link within {length_in_words(life)}, signed in or not, to use this address "
        f"from now on:\n\n{address}\n\n"
        "If you did not ask for it, you need not do anything.\n",
    )


def address_changed(person: Person, words: AboutService) -> Mail:
    """To the old address of a person: mail goes elsewhere from now on, and what to do if that is wrong."""
    return Mail(
        "Your email address was changed",
        f"Hello {person.name},\n\n{words.name} uses another email address for you from now on; this one is no longer "
        "used, to sign in or for mail. If you asked for that, you need not do anything.\n\n"
        f"If you did not, tell {words.helpers} at once: somebody else may be using your account.\n",
    )


def tries_refused(person: Person, tries: int, words: AboutService) -> Mail:
    """To somebody as whom others may be trying to sign in: nobody was let in, and she need not do anything."""
    return Mail(
        "Somebody tried to sign in as you",
        f"Hello {person.name},\n\nSomebody tried {tries} times or more today to sign in to {words.name} with your "
        "email address and a wrong password. None of these tries was let in, and more of them are slowed down. You can "
        "sign in as always from where you have signed in before.\n\n"
        "If it was you, choose a new password:\n\n"
        f"{words.forgotten}\n\n"
        "If it was not, you need not do anything. We write about this once a day at most.\n",
    )
