"""What a learner reads when the policy of her round changes."""

from app.language.local_times import until_in_words
from app.language.mail import Mail
from app.models.people import Person
from app.models.rounds import MatchRound
from app.rounds.policies import meaning_of


def policy_changed(learner: Person, round_: MatchRound, address: str) -> Mail:
    """To a learner whose request is in the round: the policy that counts now, why, and until when she can change it."""
    said = round_.announcements[-1]
    return Mail(
        f"The round “{round_.name}” will be matched in another way",
        f"Dear {learner.name},\n\n"
        f"The coordinator of the round “{round_.name}” now means to match it by this policy:\n\n"
        f"  {meaning_of(said.stages)}\n\n"
        f"Why it changes: {said.reason}\n\n"
        f"You can change your request as long as the round takes requests; it closes on "
        f"{until_in_words(round_.closes_at)}. The plan of the round says what the policy rewards.\n\n{address}\n",
    )
