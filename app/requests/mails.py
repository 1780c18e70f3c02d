"""What a learner reads once her request is sent: subject and body of the mail."""

from app.language.local_times import until_in_words
from app.language.mail import Mail
from app.models.people import Person
from app.models.rounds import MatchRound


def submitted(learner: Person, round_: MatchRound | None) -> Mail:
    """To the learner: in which round her request is, or that it waits for one, and what happens next."""
    if round_ is None:
        then = (
            "No round is open for it yet. It waits, and joins the next round for your networks by itself. "
            "You can change it until that round closes."
        )
    else:
        then = (
            f"It is in the round “{round_.name}”, which closes on {until_in_words(round_.closes_at)}. "
            "You can change it until then. If you are offered a place, "
            f"you answer by {until_in_words(round_.answer_until)}."
        )
    return Mail("Your placement request is in", f"Dear {learner.name},\n\nYour request for a placement is in. {then}\n")
