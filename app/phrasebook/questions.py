"""What is supposed in a question to a run, in words."""

from collections.abc import Mapping

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


def first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]
