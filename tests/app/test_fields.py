"""What a field says about itself when what was typed cannot be read."""

import pytest

from app.web.fields import subject


@pytest.mark.parametrize(
    ("label", "beginning"),
    [("First day", "First day"), ("Due (optional)", "Due"), ("When was it decided?", "The date")],
)
def test_a_sentence_begins_with_the_label_unless_that_is_a_question(label, beginning):
    assert subject(label, "The date") == beginning
