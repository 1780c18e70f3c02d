"""What a mail is before anybody gets it: a subject and a body."""

from typing import NamedTuple


class Mail(NamedTuple):
    """The words of a mail; each feature that sends any has them in its `mails.py`."""

    subject: str
    body: str
