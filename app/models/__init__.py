"""Every table of the system; importing this module makes the metadata complete."""

from app.models import (
    audit,
    hours,
    organisations,
    outbox,
    people,
    placements,
    programmes,
    registry_files,
    requests,
    rounds,
    runs,
    studies,
    supervision,
)
from app.models.base import Base

__all__ = [
    "Base",
    "audit",
    "hours",
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
