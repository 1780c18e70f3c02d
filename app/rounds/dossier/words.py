"""The parts of a dossier that are read as text: what it is and how to check it, and the policy in words."""

from collections.abc import Iterator, Sequence

from app.language.dates_and_times import day_in_words, day_of
from app.models.publications import Publication
from app.phrasebook.stages import STAGE_WORDS
from app.rounds.policies import meaning_of


def policy_in_words(stages: Sequence[str]) -> str:
    """What the round rewards, aim after aim."""
    aims = "\n".join(f"  {number}. {STAGE_WORDS[stage]}" for number, stage in enumerate(stages, 1))
    return (
        f"{meaning_of(tuple(stages))}.\n\n"
        "Each aim counts only where the aims before it leave a choice:\n\n"
        f"{aims}\n\n"
        "Fit, from 0 to 1,000, is how well what a learner wrote and chose matches what an opening says of itself, and\n"
        "less where the opening leaves too few weeks for the learner's module. The rank is the place on the learner's\n"
        "own list. A pairing is possible where nothing stands in its way: level, profession, dates, places, hours,\n"
        "and whom a learner may not be paired with. A study or mentor may start only with a group, and a study may\n"
        "have been promised some learners. A person can fix a pairing beforehand, with a reason: a pin.\n"
        "Where everything is equal a lottery decides, drawn from a seed that was fixed before the round closed.\n"
    )


def read_me(publication: Publication) -> str:
    """What is in the dossier, and how anybody checks it."""
    return "\n".join(read_me_lines(publication)) + "\n"


def read_me_lines(publication: Publication) -> Iterator[str]:
    round_ = publication.round
    yield f"Dossier of the match round “{round_.name}”, published on {day_in_words(day_of(publication.published_at))}"
    yield ""
    yield "Everything that is needed to check how learners were paired with openings. No person is named: learners,"
    yield "mentors and studies are the numbers that the service knows them by (R, M and S)."
    yield ""
    yield "To check it, install the service's own programme and run:"
    yield ""
    yield "  rpe round verify DOSSIER.zip"
    yield "  rpe check problem.json solution.json"
    yield ""
    yield "Neither believes a number in the files. Whoever makes a dossier could make another that holds in itself, so"
    yield "compare the digest of the seed with the one that learners were shown from the first day of the round:"
    yield ""
    yield f"  {publication.run.seed_digest}"
    yield ""
    for name, what in WHAT.items():
        yield f"  {name:<26} {what}"


WHAT = {
    "round.json": "dates, policy, seed and when it was drawn, digests, what each aim reached",
    "policy.txt": "the policy in words",
    "problem.json": "what was asked: who could go where, how well it fits, all limits",
    "solution.json": "who goes where, with the certificate that nothing is better",
    "quality.json": "numbers that can be computed again from these two",
    "fair-shares.json": "how groups of learners fared; groups of fewer than five are hidden",
    "decisions.json": (
        "what people decided: seeds, policies, pins, exceptions, runs, publications, turns, free places offered, "
        "swaps, moves up"
    ),
    "transparency-record.json": "a record in the shape of the UK's Algorithmic Transparency Recording Standard",
    "transparency-record.txt": "the same to read; what only the operator knows is marked",
    "manifest.json": "the SHA-256 of every file",
}
