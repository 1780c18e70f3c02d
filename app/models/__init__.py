"""Every table of the system; importing this module makes the metadata complete."""

from app.models import (
    course,
    figures,
    hours,
    organisations,
    people,
    placements,
    programmes,
    publications,
    requests,
    reviews,
    rounds,
    runs,
    studies,
    supervision,
)
from app.models.base import Base
from app.models.operations import audit, jobs, links, outbox, registry_files, sendings, sign_ins, state_changes, tallies
from app.models.pairs import conflicts, nominations

__all__ = [
    "Base",
    "audit",
    "conflicts",
    "course",
    "figures",
    "hours",
    "jobs",
    "links",
    "nominations",
    "organisations",
    "outbox",
    "people",
    "placements",
    "programmes",
    "publications",
    "registry_files",
    "requests",
    "reviews",
    "rounds",
    "runs",
    "sendings",
    "sign_ins",
    "state_changes",
    "studies",
    "supervision",
    "tallies",
]
