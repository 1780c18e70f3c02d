"""What made an opening fit a learner's interests, said to her and about her."""

from dataclasses import dataclass
from typing import Protocol

from app.language.numbers import count, ordinal_in_words
from app.rules.fit import OpeningFit
from app.rules.length import Length

SHOWN_WEAK_WORDS = 3


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a sentence is about, as its words need her."""

    subject: str
    possessive: str
    does_not: str


TO_HER = Person("you", "your", "you do not")
ABOUT_HER = Person("the learner", "the learner’s", "the learner does not")


def shared_in_words(fit: OpeningFit) -> str:
    """What a learner and an opening share, said to her without the word for the score, which its tag has."""
    return said(fit, TO_HER, "What you share")


def why(fit: OpeningFit) -> str:
    """The word for the score and what made it, said to the learner."""
    return said(fit, TO_HER, f"{fit.word.capitalize()} fit")


def why_about_learner(fit: OpeningFit) -> str:
    """The same, said about the learner to somebody else."""
    return said(fit, ABOUT_HER, f"{fit.word.capitalize()} fit")


class Weighed(Protocol):
    """What has a score in words and a length, whether or not its opening is loaded."""

    @property
    def word(self) -> str: ...

    @property
    def length(self) -> Length | None: ...


def in_short(fit: Weighed) -> list[str]:
    """The word for the score, and the weeks where they are too few, to stand within a line."""
    length = fit.length
    return [f"{fit.word} fit", *([f"{length.weeks} of {length.needed} weeks"] if length and length.is_short else [])]


def said(fit: OpeningFit, person: Person, beginning: str) -> str:
    reason = reason_of(fit, person)
    sentences = [f"{beginning}: {reason}."] if reason else []
    if fit.refused:
        sentences.append(f"It speaks of {' and '.join(fit.refused)}, which {person.does_not} want.")
    if not sentences:
        sentences.append(f"Nothing that {person.subject} wrote is named in it.")
    return " ".join([*sentences, *too_few_weeks(fit.length)])


def reason_of(fit: OpeningFit, person: Person) -> str:
    """What made the score, to be read within a sentence; empty when nothing did."""
    parts = [", ".join(fit.terms)] if fit.terms else []
    parts += [f"{name} is {person.possessive} {ordinal_in_words(rank)} specialty" for name, rank in fit.ranks.items()]
    return "; ".join(parts) or only_weak(fit.weak_terms[:SHOWN_WEAK_WORDS])


def only_weak(words: tuple[str, ...]) -> str:
    """Words that would be no reason alone, named as such."""
    if not words:
        return ""
    quoted = " and ".join(f"“{word}”" for word in words)
    return f"only {quoted}, which {'says' if len(words) == 1 else 'say'} little alone"


def too_few_weeks(length: Length | None) -> list[str]:
    """How few weeks an opening leaves, where they are too few for the module."""
    if length is None or not length.is_short:
        return []
    module = count(length.credits, "credit")
    return [f"It leaves {length.weeks} of the {count(length.needed, 'week')} that {module} usually take."]
