"""What people read when the administrator gives them an account: subject and body of the mail."""

from app.models.people import Person
from app.platform.outbox import Mail


def invitation(person: Person, address: str) -> Mail:
    """To somebody who has an account and no password yet, with the address where she chooses one."""
    return Mail(
        "Your account for Research Practice Experience placements",
        f"Hello {person.name},\n\nan account was made for you. Use this link within 14 days to choose a password:\n\n"
        f"{address}\n",
    )
