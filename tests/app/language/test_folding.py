"""What a search takes for the same."""

import pytest

from app.language.folding import folded


@pytest.mark.parametrize("typed", ["Ménière", "MENIERE", " meniere ", "Me\u0301nie\u0300re"])
def test_accents_capitals_and_outer_spaces_make_no_difference(typed):
    assert folded(typed) == "meniere"


def test_spaces_between_words_count_once():
    assert folded("heart \n\u00a0 failure") == "heart failure"
