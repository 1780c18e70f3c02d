"""What a field says about itself when what was typed cannot be read."""

import pytest

from app.web.fields import strip, subject


@pytest.mark.parametrize(
    ("label", "beginning"),
    [("First day", "First day"), ("Due (optional)", "Due"), ("When was it decided?", "The date")],
)
def test_a_sentence_begins_with_the_label_unless_that_is_a_question(label, beginning):
    assert subject(label, "The date") == beginning


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" Zoë ", "Zoë"), ("\u202eeoZ\u202c", "eoZ"), ("\u2067a\u2069b", "ab"), ("👩\u200d⚕️", "👩\u200d⚕️"), (None, "")],
)
def test_nothing_that_is_typed_turns_round_what_follows_it(typed, kept):
    assert strip(typed) == kept
