"""What assessors, and those who run a call, read about assessing."""

from app.language.local_times import until_in_words
from app.language.mail import Mail
from app.models.bursaries.applications import BursaryApplication
from app.models.bursaries.assessing import Assessor
from app.models.people import Person


def named(assessor: Assessor, address: str) -> Mail:
    """To whoever is to assess: for what, from when, and what to do about an interest."""
    call = assessor.call
    return Mail(
        f"You assess applications to “{call.title}”",
        f"Hello {assessor.person.name},\n\nyou are asked to score the applications to “{call.title}”. You can score "
        f"once applications have closed on {until_in_words(call.closes_at)}; your home page says so.\n\nWhere you "
        f"have a conflict of interest, declare it with the application: then somebody else scores it.\n\n{address}\n",
    )


def stood_down(assessor: Assessor, address: str) -> Mail:
    """To whoever no longer assesses."""
    return Mail(
        f"You no longer assess for “{assessor.call.title}”",
        f"Hello {assessor.person.name},\n\nyou no longer assess applications to “{assessor.call.title}”. What you "
        f"have scored counts; nothing more is asked of you.\n\n{address}\n",
    )


def interest_declared(runner: Person, assessor: Person, application: BursaryApplication, address: str) -> Mail:
    """To whoever runs the call: that an application loses an assessor, so that another can be named."""
    return Mail(
        f"{assessor.name} does not score application {application.reference}",
        f"Hello {runner.name},\n\n{assessor.name} has declared a conflict of interest in application "
        f"{application.reference} to “{application.call.title}”. Scores of this application by {assessor.name} do not "
        f"count. The page of the call says whether another assessor is needed.\n\n{address}\n",
    )


def interest_taken_back(
    runner: Person, assessor: Person, application: BursaryApplication, address: str, *, why: str
) -> Mail:
    """To whoever runs the call: that somebody scores an application after all."""
    return Mail(
        f"{assessor.name} can score application {application.reference} after all",
        f"Hello {runner.name},\n\n{assessor.name} has taken back the conflict of interest in application "
        f"{application.reference} to “{application.call.title}”.\n\nWhy: {why}\n\nThe page of the call says whose "
        f"scores are missing now. If you think that there is a conflict, ask {assessor.name} to declare it again "
        f"before you decide.\n\n{address}\n",
    )
