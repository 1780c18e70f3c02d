"""What an email is before anybody gets it: a subject and a body."""

from typing import NamedTuple


class Mail(NamedTuple):
    """The words of an email; each feature that sends any has them in its `mails.py`."""

    subject: str
    body: str
