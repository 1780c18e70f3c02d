"""A form that changes what is there already: what others changed since it was opened is told, and never overwritten."""

import hashlib
from collections.abc import Iterator
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField

from app.language.dates_and_times import how_long_ago
from app.language.numbers import listed
from app.language.refusal import Overtaken
from app.models import Base
from app.platform.audit import latest_deed_on
from app.platform.clock import now
from app.platform.db import db
from app.web.fields import Choosing, Day, Form, subject

NOT_COMPARED = frozenset({"csrf_token", "made_from", "is_sure", "why_sure"})
DIGEST_CHARACTERS = 12
WORDS_MAX = 200


class ChangingForm(Form):
    """A form that carries, as a digest of each field, what it was made from; its page shows that with `made_from`.

    A class of another kind of form takes it as its second parent.
    """

    made_from = HiddenField()
    was_overtaken = False
    changes_nothing = False  # once `rests_on` was asked: what was sent is just what is there

    @property
    def status(self) -> int:
        return 409 if self.was_overtaken else super().status

    @property
    def carried(self) -> str:
        """What the page of the form puts into its hidden field."""
        return self.made_from.data or " ".join(f"{name}:{digest}" for name, digest in digests_of(self).items())

    def rests_on(self, present: FlaskForm, row: Base) -> bool:
        """True when what is there is still what the form was made from; else each field that others changed says so.

        `present` is the same form as it would be made of `row` now. What was typed stays; sent again, it counts. What
        others changed into just what was typed here needs no word.
        """
        seen, is_now, typed = digests_in(self.made_from.data or ""), digests_of(present), digests_of(self)
        self.changes_nothing = typed == is_now
        changed = [name for name in seen.keys() & is_now if is_now[name] not in (seen[name], typed[name])]
        if not changed:
            return True
        self.was_overtaken, self.made_from.data = True, ""
        self.made_from.data = " ".join(f"{name}:{digest}" for name, digest in is_now.items())
        who = who_changed(row)
        for name in (field.name for field in self if field.name in changed):
            self.refuse(Overtaken(told(present[name], who), name))
        return False


def told(field: Field, who: str) -> str:
    """What somebody else put into a field: The places are 2 by now: changed by Jane Example 5 minutes ago."""
    name = subject(field.label.text, "The answer")
    return f"{name} was changed{who} while this page was open, to {in_words(field)}. Check yours, then save again"


def who_changed(row: Base) -> str:
    """By whom and when, as far as the audit trail tells."""
    line = latest_deed_on(db.session(), row)
    return f" by {line.actor_name} {how_long_ago(line.at, now())}" if line else ""


def in_words(field: Any) -> str:
    """The value of a field as its page would show it."""
    if isinstance(field, Day) and field.data:
        return field.in_words
    if isinstance(field, Choosing):
        chosen = set(values_of(field))
        return listed([str(label) for value, label in pairs_of(field) if str(value) in chosen]) or "nothing"
    text = " ".join(str("" if field.data is None else field.data).split())
    return f"“{text[:WORDS_MAX]}{'…' if len(text) > WORDS_MAX else ''}”" if text else "nothing"


def pairs_of(field: Any) -> Iterator[tuple[Any, Any]]:
    return ((choice.value, choice.label) for choice in field.iter_choices())


def values_of(field: Field) -> list[str]:
    """What a field holds, in one way, whether it was typed or read from a row."""
    held = field.data if isinstance(field.data, list | tuple) else [field.data]
    return sorted("\n".join(str(one).split()) for one in held if one not in (None, "", "None"))


def digests_of(form: FlaskForm) -> dict[str, str]:
    """A digest of each field that somebody answers."""
    return {
        field.name: hashlib.sha256(repr(values_of(field)).encode()).hexdigest()[:DIGEST_CHARACTERS]
        for field in form
        if field.name not in NOT_COMPARED
    }


def digests_in(carried: str) -> dict[str, str]:
    return dict(pair.split(":", 1) for pair in carried.split() if ":" in pair)
