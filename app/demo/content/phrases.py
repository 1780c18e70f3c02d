"""Sentences that the learners and mentors of the demo choose from."""

from dataclasses import dataclass
from functools import cache

from app.demo.content.reading import read


@dataclass(frozen=True)
class Phrases:
    """`aims` end what a learner says; `managed` and `conflicts` say why somebody must not be the mentor."""

    aims: tuple[str, ...]
    days_on_a_study: tuple[str, ...]
    managed: tuple[str, ...]
    conflicts: tuple[str, ...]


@cache
def phrases() -> Phrases:
    return read("phrases.toml", Phrases)
