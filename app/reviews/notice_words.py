"""What a learner's notice says: what a round decided about her, why, what she can do, and how it can be checked."""

from datetime import date

from app.language.dates_and_times import day_in_words, day_of
from app.language.papers import Paper, Section
from app.phrasebook.stages import STAGE_WORDS
from app.reviews.queries import Decided


def notice_about(decided: Decided, ask_until: date) -> Paper:
    """The notice as of the publication: what came after it is on the learner's pages."""
    round_, published = decided.publication.round, day_of(decided.publication.published_at)
    return Paper(
        f"What {round_.name} decided for {decided.request.learner.name}",
        (
            Section("What was decided", what(decided, published)),
            Section("Why", why(decided)),
            Section("What you can do", what_next(decided, ask_until)),
            Section("What the round rewards", policy(decided)),
            Section("How it can be checked", how_to_check(decided)),
        ),
    )


def what(decided: Decided, published: date) -> tuple[str, ...]:
    on = f"Published on {day_in_words(published)}."
    if decided.proposal is None:
        return ("The round had no place for you.", on)
    opening = decided.proposal.opening
    return f"You were offered a place with {opening.mentor.name} on “{opening.study.title}”.", on


def why(decided: Decided) -> tuple[str, ...]:
    if decided.proposal is None:
        return (decided.unplaced.reason if decided.unplaced else "",)
    proposal = decided.proposal
    rank = f"It is number {proposal.rank} on your list." if proposal.rank else "It is not on your list."
    by = "A coordinator fixed this pairing beforehand." if proposal.is_pinned else proposal.why
    return rank, by, f"Fit: {proposal.score} out of 1,000."


def what_next(decided: Decided, ask_until: date) -> tuple[str, ...]:
    review = (
        f"Until {day_in_words(ask_until)} you can ask that a person looks again: a coordinator who did not publish the "
        "round. You do so on the page of your request."
    )
    if decided.proposal is None:
        return decided.unplaced.next_step if decided.unplaced else "", review
    answer_by = day_in_words(decided.publication.answer_by)
    return f"Accept or decline the offer until {answer_by}, on its page. After that day it lapses.", review


def policy(decided: Decided) -> tuple[str, ...]:
    """The aims in their order."""
    aims = tuple(f"{number}. {STAGE_WORDS[stage]}" for number, stage in enumerate(decided.publication.run.stages, 1))
    return "Each aim counts only where the aims before it leave a choice:", *aims


def how_to_check(decided: Decided) -> tuple[str, ...]:
    run = decided.publication.run
    return (
        f"In the files of the round your request is R{decided.request.id}; the run is number {run.id}.",
        f"Digest of the seed (SHA-256), as the page of your request shows it: {run.seed_digest}",
        f"Digest of the problem: {run.problem_digest}",
    )
