"""What a mail is before anybody gets it: a subject and a body."""

from typing import NamedTuple


class Mail(NamedTuple):
    """The words of a mail."""

    subject: str
    body: str
