"""What people read about a nominated supervisor: subject and body of each mail."""

from datetime import timedelta

from app.language.dates_and_times import day_in_words, length_in_words
from app.language.mail import Mail
from app.models.pairs.nominations import Nomination
from app.models.people import Person
from app.models.placements import Placement


def facts(nomination: Nomination) -> str:
    numbers = f" ({nomination.study_numbers})" if nomination.study_numbers else ""
    return (
        f"  Study: {nomination.study_name}{numbers}\n"
        f"  Where: {nomination.organisation.name}\n"
        f"  From {day_in_words(nomination.starts_on)} to {day_in_words(nomination.ends_on)}\n"
    )


def asked_to_supervise(nomination: Nomination, address: str, life: timedelta) -> Mail:
    """To the person whom a learner named: who asks, for what, and that nothing happens without an answer."""
    learner = nomination.learner
    return Mail(
        f"{learner.name} names you as supervisor of a Research Practice Experience",
        f"Hello {nomination.name},\n\n{learner.name} ({learner.email}) studies for the NIHR-AoMRC Clinician Researcher "
        "Credentials and has named you as the experienced researcher who would supervise this learner on a study.\n\n"
        f"{facts(nomination)}\n"
        f"Please say yes or no within {length_in_words(life)}. You need no account:\n\n{address}\n\n"
        "Without your yes nothing happens. If you do not know the learner, say no on that page, or do nothing.\n",
    )


def withdrawn_to_mentor(nomination: Nomination) -> Mail:
    """To the person whom a learner had named: there is nothing to do any more."""
    learner = nomination.learner
    return Mail(
        f"{learner.name} no longer names you as supervisor",
        f"Hello {nomination.name},\n\n{learner.name} has taken back that you would supervise a Research Practice "
        f"Experience on “{nomination.study_name}”. You need not do anything.\n",
    )


def withdrawn_to_coordinator(coordinator: Person, nomination: Nomination, address: str) -> Mail:
    """To a coordinator who was to verify it: there is nothing to do any more."""
    learner = nomination.learner
    return Mail(
        f"{learner.name} has taken back a nomination",
        f"Hello {coordinator.name},\n\n{learner.name} no longer names {nomination.name} as supervisor. You need not do "
        f"anything.\n\n{address}\n",
    )


def confirmed_to_learner(nomination: Nomination, address: str) -> Mail:
    """To the learner: her supervisor said yes, and who comes next."""
    return Mail(
        f"{nomination.name} has said yes",
        f"Hello {nomination.learner.name},\n\n{nomination.name} confirms to supervise you on "
        f"“{nomination.study_name}”. Next: a coordinator of {nomination.network.name} checks a few things. Nothing is "
        f"certain before that. You need not do anything; we write when it is decided.\n\n{address}\n",
    )


def declined_to_learner(nomination: Nomination, reason: str, address: str) -> Mail:
    """To the learner: the person said no, why, and what she can do."""
    return Mail(
        f"{nomination.name} has said no",
        f"Hello {nomination.learner.name},\n\n{nomination.name} will not supervise you on "
        f"“{nomination.study_name}”.\n\n"
        f"Why: {reason}\n\nYou can name somebody else, or ask for a place in a round: both begin on your home page.\n\n"
        f"{address}\n",
    )


def to_verify(coordinator: Person, nomination: Nomination, address: str) -> Mail:
    """To a coordinator of the network: a supervisor said yes and is to be checked."""
    return Mail(
        f"Please check {nomination.name} as supervisor of {nomination.learner.name}",
        f"Hello {coordinator.name},\n\n{nomination.learner.name} has named {nomination.name}, who says yes:\n\n"
        f"{facts(nomination)}\nPlease answer six short questions on its page, which is linked from your home page. It "
        f"counts, and takes up a place, once you have verified it.\n\n{address}\n",
    )


def nobody_can_verify(administrator: Person, nomination: Nomination, address: str) -> Mail:
    """To an administrator: the network has no coordinator whom the nomination does not concern."""
    network = nomination.network.name
    return Mail(
        f"Nobody can check a nomination in {network}",
        f"Hello {administrator.name},\n\nA learner has named a supervisor, who says yes. {network} has no coordinator "
        "other than those whom it concerns. Please make somebody else a coordinator of this network: the nomination "
        f"then stands on that person's home page.\n\n{address}\n",
    )


def verified_to_learner(placement: Placement, address: str) -> Mail:
    """To the learner: the place is hers."""
    mentor = placement.mentor
    return Mail(
        f"Your placement with {mentor.name}",
        f"Hello {placement.learner.name},\n\nYour coordinator has verified {mentor.name} ({mentor.email}) as your "
        f"supervisor. The placement runs from {day_in_words(placement.starts_on)} to "
        f"{day_in_words(placement.ends_on)}. Next: agree when you first meet. If you had asked for this module in "
        f"a round, that request has ended.\n\n"
        f"{address}\n",
    )


def verified_to_mentor(placement: Placement, address: str) -> Mail:
    """To the supervisor: the learner is hers, and what comes next."""
    learner = placement.learner
    return Mail(
        f"{learner.name} will be your learner",
        f"Hello {placement.mentor.name},\n\nA coordinator has verified you as supervisor of {learner.name} "
        f"({learner.email}) on “{placement.opening.study.title}”, from {day_in_words(placement.starts_on)} to "
        f"{day_in_words(placement.ends_on)}. Next: agree when you first meet; afterwards log the session, which takes "
        f"two minutes. No other learner can ask for a place with you because of this.\n\n{address}\n",
    )


def choose_password(person: Person, address: str, life: timedelta) -> Mail:
    """To a supervisor with a new account: where to choose a password."""
    return Mail(
        "Your account for Research Practice Experience placements",
        f"Hello {person.name},\n\nAn account was made for you. Use this link within {length_in_words(life)} to choose "
        f"a password:\n\n{address}\n",
    )


def not_verified_to_learner(nomination: Nomination, reason: str, address: str) -> Mail:
    """To the learner: it does not count, why, and what she can do."""
    return Mail(
        f"{nomination.name} could not be verified as your supervisor",
        f"Hello {nomination.learner.name},\n\nA coordinator of {nomination.network.name} could not verify "
        f"{nomination.name} as your supervisor on “{nomination.study_name}”.\n\nWhy: {reason}\n\nYou can name somebody "
        f"else, or the same person once that is put right, or ask for a place in a round.\n\n{address}\n",
    )


def not_verified_to_mentor(nomination: Nomination) -> Mail:
    """To the person who had said yes: it does not come to anything; why is said to the learner."""
    return Mail(
        f"You will not supervise {nomination.learner.name} for now",
        f"Hello {nomination.name},\n\nThank you for saying yes to {nomination.learner.name}. A coordinator could not "
        "verify the supervision as it was named, so it does not begin. The learner was told why. You need not do "
        "anything.\n",
    )


def request_gave_way(coordinator: Person, nomination: Nomination, round_name: str, address: str) -> Mail:
    """To a coordinator of a round: a learner has left it, with a place found elsewhere."""
    return Mail(
        f"{nomination.learner.name} has left {round_name}",
        f"Hello {coordinator.name},\n\n{nomination.learner.name} has a placement with a supervisor of her or his own, "
        f"so the request in {round_name} has ended. Runs of before no longer hold: start a new one.\n\n{address}\n",
    )


def not_answered(nomination: Nomination, address: str) -> Mail:
    """To the learner: the person has not answered, and what she can do."""
    return Mail(
        f"{nomination.name} has not answered yet",
        f"Hello {nomination.learner.name},\n\nWe have written to {nomination.name} ({nomination.email}) "
        f"{nomination.asked_times} times, and had no answer. You can speak with the person yourself, withdraw and name "
        f"somebody else, or ask for a place in a round.\n\n{address}\n",
    )
