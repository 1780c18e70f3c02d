"""How every part of a dossier says a moment."""

from typing import Any


def moment(at: Any) -> str:
    """A moment in UTC."""
    return str(at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
