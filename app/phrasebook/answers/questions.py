"""What is supposed in a question to a run, in words."""

from collections.abc import Mapping

from app.language.numbers import count, listed

PHRASES: Mapping[str, str] = {
    "pin": "{learner} is fixed with {mentor} on {study}",
    "apart": "{learner} is not with {mentor} on {study}",
    "without": "{mentor} takes nobody",
    "opening": "one more place with {mentor} on {study}",
    "mentor": "{mentor} can take one learner more",
    "study": "{study} can take one learner more",
}


def supposed_in_words(what: str, learner: str = "", mentor: str = "", study: str = "") -> str:
    """One change that is thought of, without a full stop."""
    return PHRASES[what].format(learner=learner, mentor=mentor, study=study)


def movers_in_words(gaining: int, losing: int, moving: int) -> str:
    """For instance "1 learner gains a place and 3 move to another"."""
    told = []
    if gaining:
        told.append(count(gaining, "learner gains a place", "learners gain a place"))
    if losing:
        told.append(count(losing, "learner loses the place", "learners lose their places"))
    if moving:
        told.append(count(moving, "learner moves to another", "learners move to others"))
    return f"{listed(told)}."
