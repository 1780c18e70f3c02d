"""What coordinators read when an opening goes: subject and body of the mail."""

from app.language.mail import Mail
from app.models.studies import Opening
from app.studies.openings.queries import Affected


def opening_withdrawn(opening: Opening, affected: Affected, address: str) -> Mail:
    """To the coordinators of its network, when learners waited for it: how many."""
    return Mail(
        "An opening was withdrawn",
        f"{opening.mentor.name} has withdrawn the opening on “{opening.study.title}” at "
        f"{opening.organisation.name}.\n\n"
        f"Requests that rank it: {affected.requests}\n"
        f"Offers that were taken back: {affected.offers}\n\n"
        f"The study: {address}\n",
    )
