"""What people read about a dissertation: subject and body of each mail."""

from app.language.dates_and_times import day_in_words
from app.language.mail import Mail
from app.models.academic.dissertations import Dissertation, Milestone
from app.models.people import Person


def to_answer(supervisor: Person, learner: Person, dissertation: Dissertation, address: str) -> Mail:
    """To an academic supervisor: that a proposal waits; what it says is read where it is answered."""
    return Mail(
        f"{learner.name} sent a proposal for a dissertation",
        f"Hello {supervisor.name},\n\n{learner.name} asks you to agree to a proposal: {dissertation.title}. Read it "
        f"from your home page, then agree to it or return it with what is to be changed.\n\n{address}\n",
    )


def agreed(learner: Person, dissertation: Dissertation, address: str) -> Mail:
    """To the learner: that she can go on, and with what."""
    return Mail(
        "Your proposal is agreed",
        f"Hello {learner.name},\n\nYour academic supervisor agrees to your proposal: {dissertation.title}.\n\nRecord "
        "next which approvals your research needs, and which are given. Do not begin before those that it needs are "
        f"there.\n\n{address}\n",
    )


def returned(learner: Person, dissertation: Dissertation, reason: str, address: str) -> Mail:
    """To the learner: what is to be changed, in the supervisor's words."""
    return Mail(
        "Your proposal comes back to you",
        f"Hello {learner.name},\n\nYour academic supervisor returns your proposal, so that you can make it better: "
        f"{dissertation.title}.\n\n{reason}\n\nWhat you wrote is kept. Change it, then send it again.\n\n{address}\n",
    )


def submitted(reader: Person, learner: Person, dissertation: Dissertation, address: str) -> Mail:
    """To learner or supervisor: that it was handed in, and what comes next."""
    day = day_in_words(dissertation.submitted_on) if dissertation.submitted_on else ""
    return Mail(
        f"The dissertation of {learner.name} is submitted",
        f"Hello {reader.name},\n\nIt is noted that {learner.name} submitted the dissertation {dissertation.title} on "
        f"{day}. The university decides about its credits next; until then nobody need do anything here.\n\n"
        f"{address}\n",
    )


def not_submitted(learner: Person, dissertation: Dissertation, reason: str, address: str) -> Mail:
    """To the learner: that it counts as not submitted, and why."""
    return Mail(
        "Your dissertation is noted as not submitted",
        f"Hello {learner.name},\n\nYour academic supervisor took back the note that your dissertation was submitted: "
        f"{dissertation.title}.\n\n{reason}\n\nIf that is not right, write to your academic supervisor.\n\n{address}\n",
    )


def day_set(learner: Person, dissertation: Dissertation, milestone: Milestone, reason: str, address: str) -> Mail:
    """To the learner: by when a milestone of her dissertation is to be done."""
    return Mail(
        f"A day of your dissertation: {milestone.kind.value}",
        f"Hello {learner.name},\n\n{milestone.kind.value.capitalize()}: by {day_in_words(milestone.due_on)}. That is a "
        f"day of your dissertation {dissertation.title}.\n\n{reason}\n\n{address}\n",
    )
