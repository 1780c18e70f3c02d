"""What people read about who supervises whom: subject and body of each mail."""

from collections.abc import Sequence

from app.language.mail import Mail
from app.language.numbers import count, listed
from app.models.people import Person
from app.models.programmes import Enrolment


def named_to_learner(learner: Person, enrolment: Enrolment, supervisor: Person | None, address: str) -> Mail:
    """To the learner: who supervises her from now on, and what for."""
    programme = enrolment.programme
    if supervisor is None:
        return Mail(
            "Your academic supervisor changes",
            f"Hello {learner.name},\n\nNobody is your academic supervisor for {programme.title} for now. Until your "
            f"programme lead names somebody, any academic supervisor of {programme.provider.name} can sign for you. "
            f"You need not do anything.\n\n{address}\n",
        )
    return Mail(
        f"{supervisor.name} is your academic supervisor",
        f"Hello {learner.name},\n\n{supervisor.name} ({supervisor.email}) is your academic supervisor for "
        f"{programme.title} at {programme.provider.name} from today. {supervisor.name} reads your record, signs your "
        f"learning agreement and decides about your sign-off. What was signed before stays signed.\n\n{address}\n",
    )


def named_to_supervisor(supervisor: Person, learners: Sequence[str], reason: str, address: str) -> Mail:
    """To whoever supervises them from now on: who they are, and why now, where they are handed over."""
    return Mail(
        f"You are the academic supervisor of {count(len(learners), 'more learner')}",
        f"Hello {supervisor.name},\n\nFrom today you are the academic supervisor of {listed(learners)}.\n\n"
        f"{why(reason)}You read their records, sign agreements and decide about sign-offs. Your home page says what "
        f"waits for you.\n\n{address}\n",
    )


def no_longer_supervises(
    former: Person, learners: Sequence[str], supervisor: Person | None, reason: str, address: str
) -> Mail:
    """To whoever supervised them until now: who does from now on, and why."""
    who = f"{supervisor.name} ({supervisor.email}) is" if supervisor else "Nobody is yet"
    return Mail(
        f"You no longer supervise {count(len(learners), 'learner')}",
        f"Hello {former.name},\n\nFrom today you are no longer the academic supervisor of {listed(learners)}. "
        f"{who} from now on.\n\n{why(reason)}What you signed stays signed.\n\n{address}\n",
    )


def why(reason: str) -> str:
    return f"Why: {reason}\n\n" if reason else ""
