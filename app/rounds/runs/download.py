"""Proposals as a CSV file that a spreadsheet opens without running anything in it."""

from collections.abc import Iterable

from app.models.runs import Proposal
from app.web.spreadsheet import csv_of
from matching.interest import fit_word

HEADINGS = (
    "Learner",
    "Profession",
    "Study",
    "Mentor",
    "Organisation",
    "Network",
    "Fit",
    "Score",
    "Rank",
    "Pinned",
    "Why",
)


def csv_of_proposals(proposals: Iterable[Proposal]) -> str:
    """One line for each proposal."""
    return csv_of(HEADINGS, map(cells, proposals))


def cells(proposal: Proposal) -> tuple[str | int, ...]:
    learner, opening = proposal.request.learner, proposal.opening
    profile = learner.learner_profile
    return (
        learner.name,
        profile.profession.value if profile and profile.profession else "",
        opening.study.title,
        opening.mentor.name,
        opening.organisation.name,
        opening.network.name,
        fit_word(proposal.score),
        proposal.score,
        proposal.rank or "",
        "yes" if proposal.is_pinned else "",
        proposal.why_about_learner or proposal.why,
    )
