"""What a search takes for the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.folding import as_searched, folded


@pytest.mark.parametrize("typed", ["Ménière", "MENIERE", " meniere ", "Me\u0301nie\u0300re"])
def test_accents_capitals_and_outer_spaces_make_no_difference(typed):
    assert folded(typed) == "meniere"


def test_spaces_between_words_count_once():
    assert folded("heart \n\u00a0 failure") == "heart failure"


@pytest.mark.parametrize(
    ("written", "typed"),
    [("Øst", "ost"), ("Łukasz", "lukasz"), ("Strauß", "STRAUSS"), ("ﬁbrosis", "fibrosis"), ("Æsc", "aesc")],
)
def test_letters_that_few_keyboards_have_are_found_by_their_usual_spelling(written, typed):
    assert folded(written) == folded(typed)


@pytest.mark.parametrize("typed", ["O'Neill", "O’Neill", "o‘neill", "ONeill", "O´Neill", "O`Neill"])
def test_a_search_takes_any_apostrophe_and_none(typed):
    assert as_searched(typed) == "oneill"


def test_a_search_takes_a_dash_for_a_space():
    assert as_searched("Anne‑Marie") == as_searched("Anne–Marie") == "anne marie"


@given(st.text(max_size=40))
def test_what_is_folded_stays_as_it_is(text):
    assert folded(folded(text)) == folded(text)
    assert as_searched(as_searched(text)) == as_searched(text)
