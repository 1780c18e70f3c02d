"""Every table of the system; importing this module makes the metadata complete."""

from app.models import (
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
from app.models.operations import audit, jobs, outbox, registry_files

__all__ = [
    "Base",
    "audit",
    "hours",
    "jobs",
    "organisations",
    "outbox",
    "people",
    "placements",
    "programmes",
    "registry_files",
    "requests",
    "rounds",
    "runs",
    "studies",
    "supervision",
]
