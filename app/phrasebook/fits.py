"""What made an opening fit a learner's interests, said to her and about her."""

from app.language.numbers import ordinal_in_words
from app.rules.fit import OpeningFit

ONLY_COMMON_WORDS = "only words that many openings have"


def shared_in_words(fit: OpeningFit) -> str:
    """What a learner and an opening share, in a sentence to her that leaves the word for the score to its tag."""
    reason = reason_of(fit, "your")
    if not reason:
        return nothing_named("you")
    return f"{'All that you share' if fit.word == 'little' else 'What you share'}: {reason}."


def why(fit: OpeningFit) -> str:
    """The word for the score and what made it in one sentence, said to the learner."""
    return sentence(fit, "you", "your")


def why_about_learner(fit: OpeningFit) -> str:
    """The same sentence, said about the learner to somebody else."""
    return sentence(fit, "the learner", "the learner’s")


def sentence(fit: OpeningFit, who: str, whose: str) -> str:
    reason = reason_of(fit, whose)
    return f"{fit.word.capitalize()} fit: {reason}." if reason else nothing_named(who)


def nothing_named(who: str) -> str:
    return f"Nothing that {who} wrote is named in it."


def reason_of(fit: OpeningFit, whose: str) -> str:
    """What made the score, to be read within a sentence; empty when nothing did."""
    parts = [", ".join(fit.terms)] if fit.terms else []
    parts += [f"{name} is {whose} {ordinal_in_words(rank)} specialty" for name, rank in fit.ranks.items()]
    return "; ".join(parts) or (ONLY_COMMON_WORDS if fit.score else "")
