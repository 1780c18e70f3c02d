"""Reads a page as a person does: `shown(answer)` has its heading, links, rows, fields and messages."""

from tests.screen.page import Screen, shown

__all__ = ["Screen", "shown"]
