"""What people read about a learning agreement: subject and body of each mail."""

from app.language.mail import Mail
from app.models.course.agreements import LearningAgreement
from app.models.people import Person


def to_sign(reader: Person, agreement: LearningAgreement, address: str, *, is_one_of_several: bool = False) -> Mail:
    """To mentor and academic supervisors: there is something to read and sign; one of several signs for all."""
    name = agreement.placement.learner.name
    one_of_all = (
        "\n\nOne academic supervisor signs for the university: once a colleague of yours has, you need not."
        if is_one_of_several
        else ""
    )
    return Mail(
        f"Please read and sign the learning agreement of {name}",
        f"Hello {reader.name},\n\n{name} has written what the placement with {agreement.placement.mentor.name} is for, "
        "with the hours that are planned and how the two work together. Read it and sign it, or say what should "
        f"change. It stands on your home page:\n\n{address}{one_of_all}\n",
    )


def complete(reader: Person, agreement: LearningAgreement, address: str) -> Mail:
    """To the others who signed: it is signed by all."""
    placement = agreement.placement
    return Mail(
        f"The learning agreement of {placement.learner.name} is signed by all",
        f"Hello {reader.name},\n\nLearner, mentor and academic supervisor have signed the learning agreement of "
        f"{placement.learner.name} with {placement.mentor.name}. There is nothing to do.\n\n{address}\n",
    )


def reopened(
    reader: Person, agreement: LearningAgreement, actor: Person | None, reason: str, had_signed: bool, address: str
) -> Mail:
    """To the learner and to whoever had signed: why it is written again, and what follows for the reader."""
    learner, who = agreement.placement.learner, actor.name if actor else "The service"
    void = "What you signed counts no longer. " if had_signed else ""
    if reader is learner:
        subject, what = f"{who} asks for a change of your learning agreement", f"{who} asks you to change it."
        next_deed = "Change it, then give it to be signed again: it stands on your home page."
    else:
        subject = f"The learning agreement of {learner.name} is changed"
        what = f"{who} lets it be changed." if actor is not learner else f"{who} changes it."
        next_deed = "You get another mail once there is something to sign."
    return Mail(
        subject,
        f"Hello {reader.name},\n\nIt concerns the learning agreement of {learner.name} with "
        f"{agreement.placement.mentor.name}. {what}\n\nWhy: {reason}\n\n{void}{next_deed}\n\n{address}\n",
    )
