"""Numbers of study registries: one way to write each, a sentence for what cannot be one, a word on what looks odd."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.identifiers import BadIdentifier, Scheme, normalise, registry_link, warnings


@pytest.mark.parametrize(
    ("scheme", "typed", "stored"),
    [
        (Scheme.NCT, " nct 0123 4567 ", "NCT01234567"),
        (Scheme.NCT, "https://clinicaltrials.gov/study/NCT01234567?term=falls", "NCT01234567"),
        (Scheme.ISRCTN, "ISRCTN 12345678", "ISRCTN12345678"),
        (Scheme.ISRCTN, "12345678", "ISRCTN12345678"),
        (Scheme.ISRCTN, "https://www.isrctn.com/ISRCTN12345678", "ISRCTN12345678"),
        (Scheme.EUDRACT, "EudraCT-No.:2004-123456-12", "2004-123456-12"),
        (Scheme.EUDRACT, "2004–123456–12", "2004-123456-12"),
        (Scheme.EUDRACT, "200412345612", "2004-123456-12"),
        (Scheme.IRAS, "IRAS UK # 1011593", "1011593"),
        (Scheme.CPMS, "CPMS ID: 32539", "32539"),
        (Scheme.CPMS, "032539", "32539"),
    ],
)
def test_a_number_is_stored_in_one_way_however_it_is_pasted(scheme: Scheme, typed: str, stored: str) -> None:
    assert normalise(scheme, typed) == stored


@pytest.mark.parametrize(
    ("scheme", "typed"),
    [
        (Scheme.NCT, "NCT0123456"),
        (Scheme.NCT, "NCT012345678"),
        (Scheme.NCT, "01234567"),
        (Scheme.NCT, "NCT0123456\u0663"),  # an Arabic digit is a digit to Python and to no registry
        (Scheme.ISRCTN, "ISRCTNabc"),
        (Scheme.EUDRACT, "hello"),
        (Scheme.IRAS, "12A45"),
        (Scheme.CPMS, "-"),
    ],
)
def test_what_cannot_be_a_number_is_refused_with_its_form_and_what_was_typed(scheme: Scheme, typed: str) -> None:
    with pytest.raises(BadIdentifier) as refusal:
        normalise(scheme, typed)
    assert str(refusal.value).startswith(f"{scheme.value} numbers are ")
    assert f"You gave “{typed}”." in str(refusal.value)


@pytest.mark.parametrize("scheme", Scheme)
def test_an_empty_number_is_asked_for(scheme: Scheme) -> None:
    with pytest.raises(BadIdentifier, match=f"^Enter the {scheme.value} number: "):
        normalise(scheme, " \u200b ")


def test_a_long_paste_is_not_repeated_in_full() -> None:
    with pytest.raises(BadIdentifier) as refusal:
        normalise(Scheme.NCT, "x" * 5000)
    assert len(str(refusal.value)) < 150


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        (Scheme.ISRCTN, "ISRCTN1234567"),
        (Scheme.IRAS, "1234"),
        (Scheme.CPMS, "769"),
        (Scheme.EUDRACT, "2004-1234-12"),
    ],
)
def test_an_unusual_number_is_taken_with_a_warning(scheme: Scheme, value: str) -> None:
    assert normalise(scheme, value) == value
    assert len(warnings(scheme, value)) == 1


def test_an_eu_ct_number_is_told_from_a_eudract_number() -> None:
    assert "EU CT number" in warnings(Scheme.EUDRACT, "2024-517140-65")[0]
    assert "EU CT number" in warnings(Scheme.EUDRACT, "2024-519232-16-00")[0]


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        (Scheme.NCT, "NCT01234567"),
        (Scheme.ISRCTN, "ISRCTN12345678"),
        (Scheme.EUDRACT, "2004-123456-12"),
        (Scheme.IRAS, "123456"),
        (Scheme.CPMS, "32539"),
    ],
)
def test_a_usual_number_raises_no_warning(scheme: Scheme, value: str) -> None:
    assert warnings(scheme, value) == []


def test_only_public_registries_have_a_link() -> None:
    assert registry_link(Scheme.NCT, "NCT01234567") == "https://clinicaltrials.gov/study/NCT01234567"
    assert registry_link(Scheme.ISRCTN, "ISRCTN12345678") == "https://www.isrctn.com/ISRCTN12345678"
    assert [registry_link(scheme, "12345") for scheme in (Scheme.EUDRACT, Scheme.IRAS, Scheme.CPMS)] == [None] * 3


@given(scheme=st.sampled_from(Scheme), text=st.text())
def test_any_text_is_either_stored_in_a_lasting_form_or_refused_in_words(scheme: Scheme, text: str) -> None:
    try:
        value = normalise(scheme, text)
    except BadIdentifier as refusal:
        value, sentence = "", str(refusal)
    if value:
        assert value.isascii()
        assert normalise(scheme, value) == value
    else:
        assert sentence.endswith(".")


@given(number=st.integers(0, 99_999_999), spaces=st.lists(st.integers(0, 11), max_size=4))
def test_spaces_and_small_letters_never_make_two_numbers_of_one(number: int, spaces: list[int]) -> None:
    written = f"nct{number:08}"
    for position in spaces:
        written = f"{written[:position]} {written[position:]}"
    assert normalise(Scheme.NCT, written) == f"NCT{number:08}"
