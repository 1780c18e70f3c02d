"""The programmes that come with the service: those that the page of the Framework describes."""

from functools import cache
from pathlib import Path

from app.rules.programmes.reading import programmes_in
from app.rules.programmes.said import ProgrammeSaid

SHIPPED = Path(__file__).parent / "shipped" / "framework.toml"


@cache
def shipped_programmes() -> tuple[ProgrammeSaid, ...]:
    return programmes_in(SHIPPED.read_text(encoding="utf-8"))
