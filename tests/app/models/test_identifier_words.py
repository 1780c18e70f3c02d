"""Each sentence about a study's number word for word, and the lengths at which a number is odd or none at all."""

import pytest

from app.models.values.identifiers import BadIdentifier, Scheme, normalise, warnings

FORMS = {
    Scheme.NCT: "NCT and eight digits, for example NCT01234567",
    Scheme.ISRCTN: "ISRCTN and eight digits, for example ISRCTN12345678",
    Scheme.EUDRACT: "four, six and two digits with hyphens, for example 2004-123456-12",
    Scheme.IRAS: "five to seven digits, for example 123456",
    Scheme.CPMS: "four to six digits, for example 12345",
}


def refusal_of(scheme, text):
    with pytest.raises(BadIdentifier) as refusal:
        normalise(scheme, text)
    return str(refusal.value)


@pytest.mark.parametrize("scheme", Scheme)
def test_what_is_empty_or_no_number_is_answered_with_the_form(scheme):
    assert refusal_of(scheme, "  ") == f"Enter the {scheme.value} number: {FORMS[scheme]}."
    assert refusal_of(scheme, "no  number\n") == f"{scheme.value} numbers are {FORMS[scheme]}. You gave “no number”."


def test_the_form_names_an_example_that_is_one():
    for scheme, form in FORMS.items():
        example = form.rpartition(" ")[2]
        assert (normalise(scheme, example), warnings(scheme, example)) == (example, [])


@pytest.mark.parametrize(("typed", "shown"), [("x" * 40, "x" * 40), ("x" * 41, "x" * 39 + "…")])
def test_forty_characters_are_repeated_and_no_more(typed, shown):
    assert refusal_of(Scheme.NCT, typed).endswith(f" You gave “{shown}”.")


@pytest.mark.parametrize(
    ("scheme", "usual"),
    [(Scheme.IRAS, range(5, 8)), (Scheme.CPMS, range(4, 7))],
)
@pytest.mark.parametrize("length", range(1, 13))
def test_digits_of_another_length_are_odd(scheme, usual, length):
    value = "1" * length
    assert normalise(scheme, value) == value
    odd = f"{value} looks unusual: most {scheme.value} numbers are {FORMS[scheme]}. Check it before you go on."
    assert warnings(scheme, value) == ([] if length in usual else [odd])


@pytest.mark.parametrize(
    ("scheme", "longest"), [(Scheme.IRAS, "1" * 12), (Scheme.CPMS, "1" * 12), (Scheme.ISRCTN, "ISRCTN" + "1" * 20)]
)
def test_a_number_has_an_end(scheme, longest):
    assert normalise(scheme, longest) == longest
    assert refusal_of(scheme, longest + "1").startswith(f"{scheme.value} numbers are ")


@pytest.mark.parametrize(
    ("value", "is_odd"), [("ISRCTN1234567", True), ("ISRCTN12345678", False), ("ISRCTN123456789", True)]
)
def test_isrctn_numbers_have_eight_digits(value, is_odd):
    assert bool(warnings(Scheme.ISRCTN, value)) == is_odd


@pytest.mark.parametrize("value", ["2020-512345-12", "2099-599999-00", "2024-519232-16-00"])
def test_an_eu_ct_number_is_named(value):
    assert warnings(Scheme.EUDRACT, value) == [
        f"{value} looks like an EU CT number, which is not the same as a EudraCT number."
    ]


@pytest.mark.parametrize("value", ["2019-512345-12", "2024-412345-12"])
def test_a_eudract_number_of_another_year_or_range_is_none(value):
    assert warnings(Scheme.EUDRACT, value) == []


@pytest.mark.parametrize(
    ("scheme", "typed", "stored"),
    [
        (Scheme.CPMS, "CPMS", ""),
        (Scheme.CPMS, "000", ""),
        (Scheme.CPMS, "cpms no. 0032539", "32539"),
        (Scheme.IRAS, "iras: 301255", "301255"),
        (Scheme.EUDRACT, "eudract 2004 123456 12", "2004-123456-12"),
        (Scheme.NCT, "http://www.clinicaltrials.gov/ct2/show/NCT01234567/", "NCT01234567"),
        (Scheme.NCT, "https://clinicaltrials.gov/study/NCT01234567#contacts", "NCT01234567"),
        (Scheme.ISRCTN, "https://www.isrctn.com/ISRCTN12345678?q=falls", "ISRCTN12345678"),
    ],
)
def test_the_name_of_the_register_zeros_in_front_and_links_make_no_difference(scheme, typed, stored):
    if stored:
        assert normalise(scheme, typed) == stored
    else:
        assert refusal_of(scheme, typed).startswith(f"Enter the {scheme.value} number: ")


@pytest.mark.parametrize(
    "link", ["https://nowhere.example/NCT01234567", "https://evilclinicaltrials.gov/study/NCT01234567"]
)
def test_a_link_to_another_place_is_no_number(link):
    assert refusal_of(Scheme.NCT, link).startswith("NCT numbers are ")
