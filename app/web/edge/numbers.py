"""Ids in addresses, and what a query asks for: what can be no id is not found there, and left out here."""

import re

from flask import request
from werkzeug.routing import BaseConverter, ValidationError

# The largest id that a column of ours can hold; a driver raises for one beyond it.
ROW_ID_MAX = 2**31 - 1
PAGE_MAX = 10**6


class RowId(BaseConverter):
    """An id in an address, in the one way to write it; any other is an address that there is not."""

    regex = "[1-9][0-9]{0,9}"
    weight = 50

    def to_python(self, value: str) -> int:
        try:
            return row_id(value)
        except ValueError as error:
            raise ValidationError from error

    def to_url(self, value: int) -> str:
        return str(int(value))


def row_id(text: str) -> int:
    """The id that a text names; raises ValueError. Only the digits 0 to 9: int() would also take those of others."""
    if not re.fullmatch("[0-9]{1,10}", text) or int(text) > ROW_ID_MAX:
        raise ValueError("no row has this id")
    return int(text)


def id_in(text: str | None) -> int | None:
    """The id that a text names, or None."""
    try:
        return row_id(text or "")
    except ValueError:
        return None


def id_asked(name: str) -> int | None:
    """The id that the query names, or None."""
    return request.args.get(name, type=row_id)


def ids_asked(name: str) -> list[int]:
    """The ids that the query names, each once, ascending."""
    return sorted(set(request.args.getlist(name, type=row_id)))


def page_asked(name: str = "page") -> int:
    """The number of the page of a list that the query names; the first where it names none."""
    return min(request.args.get(name, 1, type=row_id), PAGE_MAX)
