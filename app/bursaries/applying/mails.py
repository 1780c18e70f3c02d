"""What a learner reads once her application is sent."""

from app.language.local_times import until_in_words
from app.language.mail import Mail
from app.models.bursaries.applications import BursaryApplication


def sent(application: BursaryApplication, address: str) -> Mail:
    """To the learner: that it is there, its reference, and what comes next."""
    call = application.call
    return Mail(
        f"Your application to “{call.title}” is sent",
        f"Hello {application.learner.name},\n\nyour application to “{call.title}” is sent. Its reference is "
        f"{application.reference}: keep it, you can follow the decision by it.\n\nUntil applications close on "
        f"{until_in_words(call.closes_at)} you can still change or withdraw it. After that it is decided, and you hear "
        f"by email.\n\n{address}\n",
    )
