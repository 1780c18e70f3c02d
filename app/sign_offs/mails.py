"""What people read about a sign-off: subject and body of each mail."""

from datetime import timedelta

from app.language.dates_and_times import day_in_words, day_of
from app.language.mail import Mail
from app.models.course.sign_offs import SignOff, SignOffException
from app.models.operations.parties import Outsider
from app.models.people import Person
from app.promises.sign_offs.concerned import Reader


def asked(reader: Reader, sign_off: SignOff, actor: Person | None, is_mentor: bool, address: str) -> Mail:
    """To the other of the two: a sign-off was asked for."""
    learner, who = sign_off.placement.learner.name, actor.name if actor else "The service"
    next_deed = (
        "Read the record, say what you saw, and name who confirms it from the records of the study."
        if is_mentor
        else "There is nothing to do for you now. You are told what becomes of it."
    )
    return Mail(
        f"{who} asks for the sign-off of {learner}",
        f"Hello {reader.name},\n\n{who} asks for the sign-off of the placement of {learner}. {next_deed}\n\nIt "
        f"stands on your home page:\n\n{address}\n",
    )


def to_confirm(sign_off: SignOff, address: str, life: timedelta) -> Mail:
    """To whoever the mentor named: a link that opens the sign-off, once."""
    learner, mentor = sign_off.placement.learner.name, sign_off.placement.mentor.name
    return Mail(
        f"Please confirm what {learner} did in your study",
        f"Hello {sign_off.confirmer_name},\n\n{mentor} has attested what {learner} did in a placement on your study, "
        "and names you to confirm it. Please compare it with the records of the study (the delegation log, the "
        "training log, the rota), not with your memory. You need no account.\n\nThis link opens the record. It answers "
        f"once, and works for {life.days} days:\n\n{address}\n\nIf you have nothing to do with it, do not use the "
        f"link, and tell {mentor}.\n",
    )


def confirmed(reader: Reader, sign_off: SignOff, address: str) -> Mail:
    """To learner and mentor: the study team has confirmed it."""
    learner = sign_off.placement.learner.name
    return Mail(
        f"The placement of {learner} is confirmed from records",
        f"Hello {reader.name},\n\n{sign_off.confirmer_name} has confirmed the placement of {learner} from the records "
        f"of the study. Now the academic supervisor decides. There is nothing to do.\n\n{address}\n",
    )


def to_decide(reader: Reader, sign_off: SignOff, address: str) -> Mail:
    """To the academic supervisors: mentor and study team have signed."""
    learner = sign_off.placement.learner.name
    return Mail(
        f"Please decide on the sign-off of {learner}",
        f"Hello {reader.name},\n\n{sign_off.placement.mentor.name} has attested the placement of {learner}, and "
        f"{sign_off.confirmer_name} has confirmed it from records. Read it, then sign it off or return it. It stands "
        f"on your home page:\n\n{address}\n",
    )


def exception_wanted(reader: Reader, sign_off: SignOff, address: str) -> Mail:
    """To the university: mentor and study team are the same person."""
    learner, mentor = sign_off.placement.learner.name, sign_off.placement.mentor.name
    return Mail(
        f"The sign-off of {learner} needs an exception",
        f"Hello {reader.name},\n\n{mentor} has attested the placement of {learner}, and says that nobody else of the "
        f"study can confirm it. One person stands in two of the three parts only where one of you records why. "
        f"Otherwise return it, so that somebody else is named. It stands on your home page:\n\n{address}\n",
    )


def excepted(reader: Reader, sign_off: SignOff, exception: SignOffException, is_mentor: bool, address: str) -> Mail:
    """To the two: the mentor may confirm it as well."""
    learner, mentor = sign_off.placement.learner.name, sign_off.placement.mentor.name
    next_deed = "Please confirm it from the records of the study." if is_mentor else "There is nothing for you to do."
    return Mail(
        f"{mentor} may confirm the placement of {learner} as well",
        f"Hello {reader.name},\n\n{exception.granted_by.name} has recorded that {mentor} may both attest and confirm "
        f"the placement of {learner}.\n\nWhy: {exception.reason}\n\n{next_deed}\n\n{address}\n",
    )


def signed_off(reader: Reader, sign_off: SignOff, actor: Person | None) -> Mail:
    """To all who signed and to the learner: the placement is signed off."""
    learner, who = sign_off.placement.learner.name, actor.name if actor else "The service"
    return Mail(
        f"The placement of {learner} is signed off",
        f"Hello {reader.name},\n\n{who} has signed off the placement of {learner} with {sign_off.placement.mentor.name}"
        ". Credit is a decision of its own, which the university records apart. There is nothing to do.\n",
    )


def returned(reader: Reader, sign_off: SignOff, actor: Person | Outsider, reason: str) -> Mail:
    """To the two and to whoever had signed: what is not right, and what follows."""
    learner = sign_off.placement.learner.name
    next_deed = (
        "Once it is put right, learner or mentor ask for the sign-off again on the page of the placement."
        if reader.has_account
        else "There is nothing for you to do now. You may be asked again."
    )
    return Mail(
        f"The sign-off of {learner} was returned",
        f"Hello {reader.name},\n\n{actor.name} has returned the sign-off of {learner}.\n\n{reason}\n\nWhat was signed "
        f"so far counts no longer. {next_deed}\n",
    )


def void(reader: Reader, sign_off: SignOff, actor: Person | None, reason: str) -> Mail:
    """To all who signed and to the learner: the sign-off is void."""
    learner, who = sign_off.placement.learner.name, actor.name if actor else "The service"
    next_deed = (
        "A new sign-off can be asked for on the page of the placement."
        if reader.has_account
        else "There is nothing for you to do."
    )
    asked_on = day_in_words(day_of(sign_off.asked_at))
    return Mail(
        f"The sign-off of {learner} is void",
        f"Hello {reader.name},\n\n{who} has voided the sign-off of {learner} that was asked for on {asked_on}.\n\nWhy: "
        f"{reason}\n\nNo signature under it counts any longer. {next_deed}\n",
    )
