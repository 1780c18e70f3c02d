"""What people read when a round is published: subject and body of each mail."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.language.dates_and_times import day_in_words
from app.language.local_times import until_in_words
from app.language.mail import Mail
from app.language.numbers import plural
from app.models.people import Person
from app.models.rounds import MatchRound
from app.models.runs import Run
from app.rounds.policies import meaning_of
from app.rounds.publishing.told import Placed, Unplaced


@dataclass(frozen=True)
class Addresses:
    """Where the mails lead: the home page, and the page of an offer by its id."""

    home: str
    offer: Callable[[int], str]


def offer(one: Placed, round_: MatchRound, until: datetime, first_day: date, address: str, policy: str = "") -> Mail:
    """To a learner who is offered a place; `first_day` is the first on which she can begin."""
    rank = f"It is number {one.rank} on your list. " if one.rank else ""
    return Mail(
        f"You are offered a place: answer by {until_in_words(until)}",
        f"Dear {one.learner},\n\n"
        f"The round “{round_.name}” offers you a place for your Research Practice Experience:\n\n"
        f"  Study: {one.study}\n"
        f"  Mentor: {one.mentor}\n"
        f"  Where: {one.organisation}\n"
        f"  From: {day_in_words(first_day)} to {day_in_words(one.ends_on)}\n\n"
        f"Why this one: {rank}{one.why}\n\n"
        f"{policy}"
        f"Please accept or decline by {until_in_words(until)}. After that the offer lapses and the place "
        f"can go to somebody else.\n\n{address}\n",
    )


def no_place(one: Unplaced, round_: MatchRound, address: str, policy: str = "") -> Mail:
    """To a learner without a place: why, and what happens next."""
    return Mail(
        f"No place for you yet in the round “{round_.name}”",
        f"Dear {one.learner},\n\n"
        f"We are sorry: the round “{round_.name}” has no place for you.\n\n"
        f"Why: {one.reason}\n\n"
        f"{policy}"
        f"What you can do: {one.next_step}\n\n"
        "You need not ask again to stay in: if places come free, you are in the next turn of this round with the same "
        f"request, unless you say on its page that you no longer wait.\n\n{address}\n",
    )


def another_policy(round_: MatchRound, run: Run) -> str:
    """What to say where the policy that was published is not the one that was announced before."""
    said = round_.announced
    if said is None or said.announced_at != run.published_at:
        return ""
    return (
        f"The round was matched by another policy than was announced before: {meaning_of(said.stages)}. "
        f"The coordinator’s reason: {said.reason}\n\n"
    )


def to_mentor(hers: Sequence[Placed], round_: MatchRound, address: str) -> Mail:
    """To a mentor: whom her openings were offered to."""
    lines = [f"  {one.learner}: {one.study}" for one in hers]
    learners = plural(len(hers), "a learner", f"{len(hers)} learners")
    return Mail(
        f"Your openings were offered to {learners}",
        f"Dear {hers[0].mentor},\n\n"
        f"The round “{round_.name}” is published. Places with you were offered to:\n\n"
        + "\n".join(lines)
        + f"\n\nThey answer by {until_in_words(round_.offers_until)}. You need not do anything until then: you are "
        f"told when a learner has accepted.\n\n{address}\n",
    )


def offer_gone_with_all(one: Placed, round_: MatchRound, reason: str, address: str) -> Mail:
    """To a learner whose offer ends because the whole result was taken back."""
    return Mail(
        f"The result of the round “{round_.name}” was taken back, and your offer with it",
        f"Dear {one.learner},\n\n"
        f"We told you that the round “{round_.name}” offers you a place with {one.mentor}. We are "
        "sorry: its coordinators had to take the whole result back, and that offer no longer stands.\n\n"
        f"Why: {reason}\n\n{STILL_IN_THE_ROUND}\n\n{address}\n",
    )


def answer_gone_with_all(one: Unplaced, round_: MatchRound, reason: str, address: str) -> Mail:
    """To a learner who was told that there is no place for her, which no longer counts."""
    return Mail(
        f"The result of the round “{round_.name}” was taken back",
        f"Dear {one.learner},\n\n"
        f"We told you that the round “{round_.name}” has no place for you. Its coordinators had to take the whole "
        f"result back, and that no longer counts; what comes instead is open.\n\n"
        f"Why: {reason}\n\n{STILL_IN_THE_ROUND}\n\n{address}\n",
    )


STILL_IN_THE_ROUND = (
    "Nothing that you did is the reason. Your request is in the round as you sent it, so you need not do anything: you "
    "get another mail when the round is published again."
)


def offers_gone_to_mentor(hers: Sequence[Placed], round_: MatchRound, reason: str, address: str) -> Mail:
    """To a mentor who was told to whom her places were offered."""
    lines = [f"  {one.learner}: {one.study}" for one in hers]
    return Mail(
        f"The result of the round “{round_.name}” was taken back",
        f"Dear {hers[0].mentor},\n\n"
        f"The coordinators of the round “{round_.name}” had to take its result back. Places with you are no longer "
        "offered to:\n\n" + "\n".join(lines) + f"\n\nWhy: {reason}\n\n"
        "Your openings stay as they are, so you need not do anything: you are told when the round is published "
        f"again.\n\n{address}\n",
    )


def taken_back_to_colleague(coordinator: Person, round_: MatchRound, by: str, reason: str, address: str) -> Mail:
    """To another coordinator of the round, who would wonder where the offers are."""
    return Mail(
        f"{by} took the publication of “{round_.name}” back",
        f"Dear {coordinator.name},\n\n{by} took the publication of the round “{round_.name}” back, before anybody had "
        f"answered. Learners and mentors who were told of it get a mail.\n\nWhy: {reason}\n\n"
        f"The round is as it was before: it can be run and published again.\n\n{address}\n",
    )
