"""What people read when a round is published: subject and body of each mail."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from app.language.dates_and_times import day_in_words
from app.language.mail import Mail
from app.language.numbers import plural
from app.models.rounds import MatchRound
from app.models.runs import Proposal, UnplacedRequest


@dataclass(frozen=True)
class Addresses:
    """Where the mails lead: the home page, and the page of an offer by its id."""

    home: str
    offer: Callable[[int], str]


def offer(proposal: Proposal, round_: MatchRound, answer_by: date, first_day: date, address: str) -> Mail:
    """To a learner who is offered a place; `first_day` is the first on which she can begin."""
    opening = proposal.opening
    rank = f"It is number {proposal.rank} on your list. " if proposal.rank else ""
    return Mail(
        f"You are offered a place: answer by {day_in_words(answer_by)}",
        f"Dear {proposal.request.learner.name},\n\n"
        f"The round “{round_.name}” offers you a place for your Research Practice Experience:\n\n"
        f"  Study: {opening.study.title}\n"
        f"  Mentor: {opening.mentor.name}\n"
        f"  Where: {opening.organisation.name}\n"
        f"  From: {day_in_words(first_day)} to {day_in_words(opening.ends_on)}\n\n"
        f"Why this one: {rank}{proposal.why}\n\n"
        f"Please accept or decline by {day_in_words(answer_by)}. After that day the offer lapses and the place "
        f"can go to somebody else.\n\n{address}\n",
    )


def no_place(one: UnplacedRequest, round_: MatchRound, address: str) -> Mail:
    """To a learner without a place: why, and what happens next."""
    return Mail(
        f"No place for you yet in the round “{round_.name}”",
        f"Dear {one.request.learner.name},\n\n"
        f"We are sorry: the round “{round_.name}” has no place for you.\n\n"
        f"Why: {one.reason}\n\n"
        f"What you can do: {one.next_step}\n\n"
        "You need not ask again to stay in: if places come free, you are in the next turn of this round with the same "
        f"request, unless you say on its page that you no longer wait.\n\n{address}\n",
    )


def to_mentor(proposals: Sequence[Proposal], round_: MatchRound, address: str) -> Mail:
    """To a mentor: whom her openings were offered to."""
    lines = [f"  {p.request.learner.name}: {p.opening.study.title}" for p in proposals]
    learners = plural(len(proposals), "a learner", f"{len(proposals)} learners")
    return Mail(
        f"Your openings were offered to {learners}",
        f"Dear {proposals[0].opening.mentor.name},\n\n"
        f"The round “{round_.name}” is published. Places with you were offered to:\n\n"
        + "\n".join(lines)
        + f"\n\nThey answer by {day_in_words(round_.offers_until)}. You need not do anything until then: you are told "
        f"when a learner has accepted.\n\n{address}\n",
    )
