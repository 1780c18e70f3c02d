"""Proposals as a CSV file that a spreadsheet opens without running anything in it."""

import csv
import io
from collections.abc import Iterable

from app.models.rounds import Proposal
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
# A cell that begins with one of these is taken for a formula by spreadsheets (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_of_proposals(proposals: Iterable[Proposal]) -> str:
    """One line for each proposal; begins with a byte order mark, by which Excel knows that it is UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    writer.writerows([harmless(cell) for cell in cells(proposal)] for proposal in proposals)
    return "\ufeff" + file.getvalue()


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


def harmless(cell: str | int) -> str | int:
    """The cell with an apostrophe before it where it would be taken for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
