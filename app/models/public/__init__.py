"""What concerns people without an account: who asked for updates, and what was written to them."""

from app.models.public import updates

__all__ = ["updates"]
