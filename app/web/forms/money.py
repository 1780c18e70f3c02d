"""A field that asks for a sum of money."""

from collections.abc import Sequence
from typing import Any

from wtforms import Field

from app.language.money import pence_in, pounds
from app.web.fields import ReadFirst, subject


class Pounds(ReadFirst, Field):
    """Pence, read from 4500, £4,500 or 4500.50; shown back in one way, or as typed when it cannot be read."""

    component = "pounds"
    raw_data: Any
    data: int | None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text, self.data = "".join(valuelist).strip(), None
        if text:
            try:
                self.data = pence_in(text)
            except ValueError as unread:
                name = subject(self.label.text, "The sum")
                raise ValueError(f"{name} must be a sum in pounds, like 4500 or 4,500.50") from unread

    def _value(self) -> str:
        if self.process_errors:
            return str(self.raw_data[0])
        return pounds(self.data).removeprefix("£") if self.data is not None else ""
