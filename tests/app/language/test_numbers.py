"""Numbers in a sentence: the noun in its number, and which in an order."""

import pytest

from app.language.numbers import count, ordinal, ordinal_in_words, plural


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 learners"), (1, "1 learner"), (2, "2 learners"), (1200, "1,200 learners")]
)
def test_a_number_stands_before_its_noun(number, words):
    assert count(number, "learner") == words


def test_a_plural_of_its_own_is_said_with_its_verb():
    assert [count(n, "study is", "studies are") for n in (0, 1, 2)] == ["0 studies are", "1 study is", "2 studies are"]
    assert [plural(n, "it", "them") for n in (0, 1, 2)] == ["them", "it", "them"]


def test_ordinals_end_as_they_are_spoken():
    ends = {1: "st", 2: "nd", 3: "rd", 4: "th", 11: "th", 12: "th", 13: "th", 21: "st", 102: "nd", 111: "th"}
    assert [ordinal(number) for number in ends] == [f"{number}{end}" for number, end in ends.items()]


def test_the_first_three_are_words():
    assert [ordinal_in_words(n) for n in (1, 2, 3, 4, 22)] == ["first", "second", "third", "4th", "22nd"]
