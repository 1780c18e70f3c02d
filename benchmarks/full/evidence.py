"""Rows of capabilities, with what learners and mentors have said of them, and the evidence for them."""

from app.models.course.capabilities import Capability, CapabilityLevel, CapabilityRating, CapabilityWording, Rater
from app.models.course.evidence import Evidence, EvidenceKind, evidence_capabilities
from benchmarks.full.people import PROGRAMMES, Rows
from benchmarks.full.sizes import NOW, Size, days

CAPABILITIES = 12  # of each programme
PIECES = 8  # of evidence for each placement; the placement of those who walk has ten times as many
LEVELS = tuple(CapabilityLevel)


def capabilities(size: Size) -> Rows:
    for programme, _ in PROGRAMMES:
        for n in range(1, CAPABILITIES + 1):
            yield {"id": (programme - 1) * CAPABILITIES + n, "programme_id": programme, "position": n}


def wordings(size: Size) -> Rows:
    for row in capabilities(size):
        said = {"name": f"Capability {row['position']}", "words": "Does it well.", "said_at": NOW - days(90)}
        yield {"id": row["id"], "capability_id": row["id"], "number": 1, **said}


def ratings(size: Size) -> Rows:
    for placement in range(1, size.placements + 1):
        for n in range(1, CAPABILITIES + 1):
            by = {"rated_by_id": size.learner(placement - 1), "rater": Rater.LEARNER, "rated_at": NOW - days(n)}
            row = {"id": (placement - 1) * CAPABILITIES + n, "placement_id": placement, "wording_id": n}
            yield {**row, **by, "level": LEVELS[n % len(LEVELS)]}


def evidence(size: Size) -> Rows:
    for n in range(1, size.placements * PIECES + PIECES * 9 + 1):
        placement = (n - 1) // PIECES + 1 if n <= size.placements * PIECES else 1
        said = {"title": f"Evidence {n}", "words": "What I did.", "link": "", "form_key": f"evidence {n}"}
        yield {"id": n, "placement_id": placement, "kind": EvidenceKind.NOTE, "added_at": NOW - days(n % 60), **said}


def shown_by(size: Size) -> Rows:
    for row in evidence(size):
        yield {"evidence_id": row["id"], "wording_id": row["id"] % CAPABILITIES + 1}


TABLES = (
    (Capability, capabilities),
    (CapabilityWording, wordings),
    (CapabilityRating, ratings),
    (Evidence, evidence),
    (evidence_capabilities, shown_by),
)
