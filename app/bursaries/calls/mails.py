"""What applicants read when a call changes or ends before it is decided."""

from app.language.mail import Mail
from app.models.bursaries.applications import BursaryApplication
from app.models.bursaries.assessing import Assessor


def cancelled(application: BursaryApplication, reason: str, address: str) -> Mail:
    """To whoever had begun or sent an application: that there is nothing to be had, and why."""
    return Mail(
        f"“{application.call.title}” is cancelled",
        f"Hello {application.learner.name},\n\nthe call “{application.call.title}” is cancelled, so none of its "
        f"bursaries is given.\n\nWhy: {reason}\n\nYou need not do anything. Calls that are open are under Bursaries."
        f"\n\n{address}\n",
    )


def doctors_said(application: BursaryApplication, address: str) -> Mail:
    """To a doctor or dentist who applies: whether they count, which was not said before."""
    call = application.call
    return Mail(
        f"“{call.title}”: doctors and dentists {call.doctors_and_dentists.value}",
        f"Hello {application.learner.name},\n\nwhen you began your application to “{call.title}”, it was still to "
        f"confirm whether doctors and dentists count. By now it is said: doctors and dentists "
        f"{call.doctors_and_dentists.value}.\n\n{address}\n",
    )


def nothing_to_assess(assessor: Assessor, why: str, address: str) -> Mail:
    """To whoever was to assess: that there is nothing to score any more."""
    return Mail(
        f"“{assessor.call.title}” is cancelled: there is nothing to score",
        f"Hello {assessor.person.name},\n\nthe call “{assessor.call.title}”, for which you were to score applications, "
        f"is cancelled.\n\nWhy: {why}\n\nYou need not do anything.\n\n{address}\n",
    )
