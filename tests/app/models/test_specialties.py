"""Lists of specialties are read whole, though two names contain the comma that separates them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.specialties import SPECIALTIES, UnknownSpecialty, specialties_in


@given(st.lists(st.sampled_from(SPECIALTIES)))
def test_every_list_is_read_back_in_its_order_and_each_name_once(names: list[str]) -> None:
    assert specialties_in(", ".join(names)) == tuple(dict.fromkeys(names))


def test_capitals_ampersands_and_stray_commas_do_not_matter() -> None:
    assert specialties_in(" CANCER , ear, nose & throat,") == ("Cancer", "Ear, Nose and Throat")


def test_an_unknown_name_is_reported_alone() -> None:
    with pytest.raises(UnknownSpecialty, match="“Astrology” is not a specialty that we know"):
        specialties_in("Cancer, Astrology, Children")


def test_a_name_that_only_begins_like_a_specialty_is_unknown() -> None:
    with pytest.raises(UnknownSpecialty, match="“Cancer Care”"):
        specialties_in("Cancer Care, Children")
