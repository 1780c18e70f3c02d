"""Every kind of record has words that no reader takes for the name of a class."""

import re

import pytest

from app.models.base import Base
from app.phrasebook.records import OTHER_WORDS, kind_of_record

CLASSES = sorted(mapper.class_.__name__ for mapper in Base.registry.mappers)


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_is_told_in_small_words(name):
    assert re.fullmatch("[a-z]+( [a-z]+)*", kind_of_record(name))


def test_other_words_are_for_classes_that_there_are():
    assert set(OTHER_WORDS) <= set(CLASSES)
    assert [kind_of_record(name) for name in ("MatchRound", "Person", "RoleGrant")] == ["match round", "person", "role"]
