"""A word that says who one is, or what every study has, is no reason; one that says little makes a little fit."""

import pytest

from matching.interest import Interest, InterestIndex, OpeningText
from matching.interest.wish import read_wish

OPENINGS = {
    "eating disorders": "Medical care of eating disorders: a trial",
    "palliative care": "Carers at the end of life: a palliative care study by nurses",
    "minor stroke": "What mental health nurses see after minor stroke, and its effects",
    "radiotherapy": "Planning radiotherapy with fewer scans",
    "midwifery": "Induction of labour at home or in hospital",
    "psychosis": "Weight gain and antipsychotics in psychosis",
}


@pytest.fixture(scope="module")
def index() -> InterestIndex:
    return InterestIndex([OpeningText(key, (text,)) for key, text in OPENINGS.items()])


def scores(index: InterestIndex, wish: str) -> dict[str, int]:
    return {fit.key: fit.score for fit in index.fits(Interest(wish))}


@pytest.mark.parametrize(
    ("wish", "meant", "not_meant"),
    [
        ("I am a medical physicist. Planning of radiotherapy.", "radiotherapy", "eating disorders"),
        ("I am a midwife. I care about the birth and would like to see labour.", "midwifery", "palliative care"),
        ("I am a mental health nurse, and want to see antipsychotics.", "psychosis", "minor stroke"),
    ],
)
def test_what_one_is_brings_no_opening(index: InterestIndex, wish: str, meant: str, not_meant: str) -> None:
    found = scores(index, wish)
    assert max(found, key=lambda key: found[key]) == meant
    assert found[not_meant] < 200


@pytest.mark.parametrize(
    "wish",
    [
        "trials",
        "clinical research with patients at a hospital",
        "I am a nurse",
        "nurses",
        "Paramedic",
        "I'm an OT",
        "As a senior physiotherapist I would love to take part in a medical study",
    ],
)
def test_what_every_study_has_and_what_one_is_are_no_wish(index: InterestIndex, wish: str) -> None:
    assert read_wish(wish).names == ()
    assert not any(scores(index, wish).values())


def test_how_something_is_led_is_a_wish() -> None:
    nurses = InterestIndex([OpeningText("led", ("Nurse-led clinics",)), OpeningText("other", ("Bereaved nurses",))])
    led, other = nurses.fits(Interest("nurse-led clinics"))
    assert [term.text for term in led.terms] == ["Nurse-led clinics"]
    assert (led.word, other.score) == ("strong", 0)


@pytest.mark.parametrize("wish", ["effects", "effects of treatment on health", "I am a mental health nurse. Effects."])
def test_a_fit_that_rests_on_words_that_say_little_is_a_little_one(index: InterestIndex, wish: str) -> None:
    (fit,) = index.fits(Interest(wish), ["minor stroke"])
    assert fit.word == "little"
    assert fit.score > 0
    assert fit.terms
    assert not any(term.is_telling for term in fit.terms)


def test_beside_a_telling_word_they_count_again(index: InterestIndex) -> None:
    alone, beside = scores(index, "stroke")["minor stroke"], scores(index, "effects of stroke")["minor stroke"]
    assert beside > 200
    (fit,) = index.fits(Interest("effects of stroke"), ["minor stroke"])
    assert {term.text for term in fit.terms if term.is_telling} == {"stroke"}
    assert alone > 0


def test_a_field_before_what_one_is_says_little_and_elsewhere_much(index: InterestIndex) -> None:
    (who,) = index.fits(Interest("I am a stroke nurse."), ["minor stroke"])
    (what,) = index.fits(Interest("I am a nurse. Stroke."), ["minor stroke"])
    assert (who.word, what.word) == ("little", "strong")
