"""Where one more place would help, in sentences that name no learner."""

from collections.abc import Mapping, Sequence

from app.language.numbers import count

PLACE: Mapping[str, str] = {
    "opening": "One more place with {mentor} on {study}",
    "mentor": "One more learner for {mentor} on any opening",
    "study": "One more learner in {study} with any of its mentors",
}
VERIFIED = (
    "Each line was found by solving the round again with that one place added. The lines count alone: two places "
    "together may help more or less than both numbers."
)


def place_in_words(kind: str, mentor: str, study: str) -> str:
    """What there would have to be more of."""
    return PLACE[kind].format(mentor=mentor, study=study)


def effect_in_words(placed: int, bettered: int) -> str:
    """For instance "would place 1 more learner and give 2 learners a higher choice"."""
    does = []
    if placed:
        does.append(f"place {count(placed, 'more learner')}")
    if bettered:
        does.append(f"give {count(bettered, 'learner')} a higher choice")
    return f"would {' and '.join(does) or 'help nobody'}"


def to_network(round_name: str, network: str, lines: Sequence[str]) -> str:
    """A text to send."""
    told = "\n".join(f"- {line}" for line in lines)
    return f"{round_name}: where one more place would help most in {network}\n\n{told}\n\n{VERIFIED}\n"
