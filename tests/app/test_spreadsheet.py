"""No cell of a download is run by a spreadsheet, however its formula is disguised; honest cells stay as they are."""

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.spreadsheet import csv_of, harmless

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u207c\u207a\u208b\u2212\ufb29"
UNSEEN = "\u200b\u200d\ufeff\u2060\u00ad\u202e\u00a0\u3000\u2028 \t\r\n\x0b\x00\x1f\u0301\ufe0f"
QUOTES = "\"'`\u2018\u2019\u201c\u201d\u00ab\u00bb"
disguises = st.text(st.sampled_from(UNSEEN + QUOTES), max_size=4)


@given(disguises, st.sampled_from(SIGNS), st.text(max_size=10))
def test_no_disguise_makes_a_cell_a_formula(before, sign, after):
    cell = f"{before}{sign}{after}"
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("start", ["\t", "\r", "\n"])
def test_a_cell_that_begins_with_a_break_does_not_become_two(start):
    assert harmless(f"{start}Words") == f"'{start}Words"


@given(st.integers() | st.floats(allow_nan=False))
def test_what_is_a_number_stays_one(number):
    assert harmless(number) is number


@given(disguises, st.text(min_size=1, max_size=20))
def test_honest_words_stay_as_they_are(before, words):
    cell = before.lstrip("\t\r\n") + "A" + words
    assert harmless(cell) == cell


@pytest.mark.parametrize(
    "cell",
    ["", "Smith-Jones", "020 7946 0958", "NCT00000001", "“Falls”: walking", "3 = 3", "é", "你好", "🙂", "½", "ﬁ"],
)
def test_names_numbers_and_titles_are_left_alone(cell):
    assert harmless(cell) == cell


@given(st.lists(st.text(max_size=8), min_size=2, max_size=4))
def test_a_table_is_read_back_with_each_word_in_its_cell(cells):
    [_, row] = csv.reader(io.StringIO(csv_of(["a"] * len(cells), [cells]).removeprefix("\ufeff"), newline=""))
    assert [one.removeprefix("'") for one in row] == [one.removeprefix("'") for one in cells]
    shown = [one.lstrip() for one in row]
    assert not any(unicodedata.normalize("NFKC", one[:1]) in tuple("=+-@") for one in shown if one)
