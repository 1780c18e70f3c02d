"""Which pins a second person has to have seen something for, as the operator has set it."""

from flask import current_app

from app.config import Settings
from app.models.runs import PinKind


def needs_evidence(kind: PinKind) -> bool:
    settings: Settings = current_app.extensions["rpe_settings"]
    return kind.name.lower() in settings.pins_with_evidence.split()
