"""Every table of the system; importing this module makes the metadata complete."""

from app.models import (
    course,
    figures,
    hours,
    organisations,
    people,
    placements,
    programmes,
    requests,
    rounds,
    runs,
    studies,
    supervision,
)
from app.models.base import Base
from app.models.operations import audit, jobs, links, outbox, registry_files, sendings, sign_ins, state_changes, tallies

__all__ = [
    "Base",
    "audit",
    "course",
    "figures",
    "hours",
    "jobs",
    "links",
    "organisations",
    "outbox",
    "people",
    "placements",
    "programmes",
    "registry_files",
    "requests",
    "rounds",
    "runs",
    "sendings",
    "sign_ins",
    "state_changes",
    "studies",
    "supervision",
    "tallies",
]
