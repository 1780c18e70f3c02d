"""A coordinator's answers to the questions about a nomination."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.models.pairs.nominations import CheckQuestion


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one question."""

    is_yes: bool
    note: str = ""


Replies = Mapping[CheckQuestion, Reply]
