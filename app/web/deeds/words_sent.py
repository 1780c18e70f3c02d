"""What somebody wrote into a form whose deed can no longer be done, so that the page that says so gives it back."""

from flask import request
from flask_login import current_user

from app.platform.db import WRITING_METHODS
from app.web.deeds.once import NOT_SAID

NOT_WRITTEN = NOT_SAID | {"made_from", "email"}  # an address of somebody is typed again more easily than found here
WORDS_MIN = 2


def words_sent() -> list[str]:
    """What was typed and has several words, in the order of the form; nothing that could be a password.

    Only for who is signed in, or holds the secret of a link: others had no form with words of theirs.
    """
    has_form = current_user.is_authenticated or "secret" in (request.view_args or {})
    if request.method not in WRITING_METHODS or not has_form:
        return []
    return [value for name, value in request.form.items(multi=True) if is_written(name, value)]


def is_written(name: str, value: str) -> bool:
    is_words = len(value.split()) >= WORDS_MIN and any(letter.isalpha() for letter in value)
    return is_words and name not in NOT_WRITTEN and "password" not in name
