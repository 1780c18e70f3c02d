"""What coordinators read when learners lose an opening that they waited for: subject and body of the mail."""

from app.models.people import Person
from app.models.studies import Opening
from app.platform.outbox import Mail
from app.studies.openings.queries import Affected


def withdrawn_opening(mentor: Person, opening: Opening, affected: Affected, address: str) -> Mail:
    """To the coordinators of its network: what was withdrawn, and how many requests and offers that touches."""
    return Mail(
        "An opening was withdrawn",
        f"{mentor.name} has withdrawn the opening on {opening.study.name} at {opening.organisation.name}.\n\n"
        f"Requests that rank it: {affected.requests}\n"
        f"Offers that can no longer be accepted: {affected.offers}\n\n"
        f"The study: {address}\n",
    )
