"""What a person is told on the page that follows a deed: only once the deed is done."""

import flask

from app.platform.db import after_commit


def flash(message: str, category: str = "message") -> None:
    """Tell this on the next page when the transaction has been committed; never, when it is not."""
    after_commit(lambda: flask.flash(message, category))
