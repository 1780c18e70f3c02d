"""How well an opening fits a learner's interests, on openings that a coordinator could meet."""

import csv
from pathlib import Path

import numpy as np
import pytest

from matching.interest import Fit, Interest, InterestIndex, OpeningText, fit_word

COPD = """Home exercise after an exacerbation of chronic obstructive pulmonary disease (COPD). People who
leave hospital after a flare-up are offered pulmonary rehabilitation at home, led by a physiotherapist."""
HEART = """Nurse-led titration in heart failure. Community clinics run by specialist nurses are compared with
usual care."""
DEMENTIA = "Music in care homes for people living with dementia. A study of agitation and wellbeing in residents."
ANAEMIA = "Iron for anaemia in children. A trial of two doses in paediatric outpatients with oedema or fatigue."
OPENINGS = (
    OpeningText(
        "copd",
        (COPD, "You will recruit on the respiratory ward and help with walking tests."),
        frozenset({"Respiratory Disorders"}),
    ),
    OpeningText(
        "heart",
        (HEART, "You will sit in on clinics.", "I teach trial conduct, consent and good clinical practice."),
        frozenset({"Cardiovascular Disease", "Primary Care"}),
    ),
    OpeningText(
        "dementia",
        (DEMENTIA, "You will visit homes.", "I teach qualitative interviewing and thematic analysis."),
        frozenset({"Dementias and Neurodegeneration", "Ageing"}),
    ),
    OpeningText("anaemia", (ANAEMIA,), frozenset({"Children", "Haematology"})),
    OpeningText(
        "sepsis",
        ("Early warning scores for suspected sepsis in the emergency department.",),
        frozenset({"Trauma and Emergency Care", "Critical Care"}),
    ),
    OpeningText("short name", ("PRISM-2",), frozenset({"Stroke"})),
    OpeningText("nothing said", (), frozenset({"Stroke", "Primary Care"})),
)


@pytest.fixture(scope="module")
def index() -> InterestIndex:
    return InterestIndex(OPENINGS)


def best(index: InterestIndex, text: str, *specialties: str) -> Fit:
    return max(index.fits(Interest(text, specialties)), key=lambda fit: fit.score)


@pytest.mark.parametrize(
    ("wish", "key"),
    [
        ("I am a respiratory nurse and would like to learn about COPD exacerbations.", "copd"),
        ("pulmonary rehab", "copd"),
        ("Heart failure, nurse-led clinics", "heart"),
        ("HF in the community", "heart"),
        ("Alzheimer's disease and the people who live with it", "dementia"),
        ("I would love to develop skills in qualitative interviews", "dementia"),
        ("pediatric anemia", "anaemia"),
        ("edema", "anaemia"),
        ("Recognising deterioration in A&E", "sepsis"),
        ("SEPSIS", "sepsis"),
    ],
)
def test_a_learner_finds_the_opening_that_a_person_would_point_to(index: InterestIndex, wish: str, key: str) -> None:
    assert best(index, wish).key == key


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("COPD", "chronic obstructive pulmonary disease"),
        ("GPs", "general practice"),
        ("A&E", "Accident and Emergency"),
        ("paediatric", "children"),
        ("Parkinson’s", "Parkinson"),
        ("Ménière's", "Meniere"),
        ("nurse led", "nurse-led"),
        ("oesophageal tumours", "esophageal tumor"),
        ("randomised counselling", "randomized counseling"),
        ("Type 2 diabetes", "T2DM"),
        ("vitamin D", "Vitamin d"),
        ("ischaemic stroke", "ischemic strokes"),
        ("return to work", "Vocational rehabilitation"),
        ("patient experience", "experiences of care"),
    ],
)
def test_the_same_thing_in_other_words_is_at_least_a_good_fit(ours: str, theirs: str) -> None:
    openings = [OpeningText("theirs", (theirs,)), OpeningText("other", ("A quiz about railway bridges",))]
    for wish, text in ((ours, theirs), (theirs, ours)):
        index = InterestIndex([OpeningText("same", (text,)), openings[1]])
        same, other = index.scores([Interest(wish)])[0]
        assert fit_word(same) in ("good", "strong")
        assert other == 0


def test_vitamin_d_is_not_vitamin_c_and_hepatitis_b_is_not_hepatitis_c() -> None:
    index = InterestIndex(
        [OpeningText("b", ("Hepatitis B and vitamin C",)), OpeningText("c", ("Hepatitis C and vitamin D",))]
    )
    assert best(index, "hepatitis C").key == "c"
    assert best(index, "vitamin C").key == "b"


def test_asking_politely_is_not_an_interest(index: InterestIndex) -> None:
    wish = Interest(
        "I have no particular preference and would be glad to learn about any research study with patients."
    )
    assert not index.scores([wish]).any()


def test_everyday_words_are_no_reason() -> None:
    index = InterestIndex(
        [
            OpeningText("sleep", ("Sleep of people on night shifts, asked each week for a year",)),
            OpeningText("falls", ("Falls among people in care homes, counted for a year",)),
        ]
    )
    (fit, other) = index.fits(Interest("People who cannot sleep; I have one day a week and time to help this year."))
    assert [term.text for term in fit.terms] == ["Sleep"]
    assert (other.score, other.terms) == (0, ())


def test_an_opening_counts_by_its_best_text_and_not_by_the_mean() -> None:
    study, teaching = "Wound dressings in district nursing", "I teach health economics"
    index = InterestIndex(
        [
            OpeningText("one", (teaching,)),
            OpeningText("both", (study, teaching)),
            OpeningText("other", (study,)),
        ]
    )
    one, both, other = index.scores([Interest("health economics")])[0]
    assert one == both > other == 0


def test_specialties_alone_give_some_fit_and_never_more(index: InterestIndex) -> None:
    one, *_ = index.fits(Interest("", ("Stroke",)), ["short name"])
    assert (one.word, one.terms, one.specialties) == ("some", (), ("Stroke",))
    everything = tuple(sorted({name for opening in OPENINGS for name in opening.specialties}))
    assert {fit_word(int(score)) for score in index.scores([Interest("", everything)])[0]} <= {
        "some",
        "little",
    }


def test_the_first_specialty_counts_most(index: InterestIndex) -> None:
    wishes = [Interest("", ("Stroke", "Ageing", "Children")), Interest("", ("Ageing", "Children", "Stroke"))]
    first, last = index.scores(wishes, ["short name"])[:, 0]
    assert first > last > 0


def test_a_specialty_named_twice_or_in_other_capitals_counts_once(index: InterestIndex) -> None:
    once, twice = index.scores(
        [Interest("", ("Stroke",)), Interest("", ("stroke", "STROKE", "Stroke"))], ["short name"]
    )
    assert once == twice


def test_words_outweigh_specialties(index: InterestIndex) -> None:
    assert best(index, "heart failure clinics", "Stroke", "Children").key == "heart"


def test_specialties_order_openings_that_the_words_cannot_tell_apart(index: InterestIndex) -> None:
    assert best(index, "zebra", "Stroke").key in ("short name", "nothing said")


def test_a_term_is_told_as_it_stands_in_the_opening_and_as_the_learner_put_it(index: InterestIndex) -> None:
    (fit,) = index.fits(Interest("nurse-led clinics for cardiac failure"), ["heart"])
    told = {term.text: term.asked for term in fit.terms}
    assert told["heart failure"] == "cardiac failure"
    assert told["Nurse-led"] == "nurse-led"
    assert sum(term.weight for term in fit.terms) == pytest.approx(1000, abs=len(fit.terms))


def test_an_abbreviation_beside_its_long_form_is_told_once(index: InterestIndex) -> None:
    (fit,) = index.fits(Interest("COPD"), ["copd"])
    assert len(fit.terms) == 1
    assert "COPD" in fit.terms[0].text or "chronic obstructive pulmonary disease" in fit.terms[0].text


def test_a_pair_of_words_is_not_told_across_the_end_of_a_sentence() -> None:
    index = InterestIndex([OpeningText("one", ("A failing heart. Attack rates of asthma.",))])
    (fit,) = index.fits(Interest("heart attack"))
    assert {term.text for term in fit.terms} == {"heart", "Attack"}


def test_the_heaviest_terms_come_first_and_no_more_than_asked_for(index: InterestIndex) -> None:
    wish = Interest("exercise, hospital, walking, ward, physiotherapist, exacerbation, home, pulmonary rehabilitation")
    (fit,) = index.fits(wish, ["copd"], most_terms=3)
    weights = [term.weight for term in fit.terms]
    assert len(weights) == 3
    assert weights == sorted(weights, reverse=True)


def test_common_words_weigh_less_where_the_background_says_so() -> None:
    openings = [OpeningText("common", ("blood test",)), OpeningText("rare", ("narcolepsy test",))]
    background = [f"blood of kind {number}" for number in range(50)]
    common, rare = InterestIndex(openings, background).scores([Interest("blood narcolepsy")])[0]
    assert rare > common
    alike = InterestIndex(openings).scores([Interest("blood narcolepsy")])[0]
    assert rare - common > abs(int(alike[1]) - int(alike[0]))


def test_no_openings_no_learners_and_no_words_are_no_trouble() -> None:
    assert InterestIndex([]).scores([Interest("stroke")]).shape == (1, 0)
    assert InterestIndex([]).fits(Interest("stroke")) == []
    silent = InterestIndex([OpeningText("silent", ("", "... and the"))])
    assert silent.scores([]).shape == (0, 1)
    assert silent.fits(Interest("stroke")) == [Fit("silent", 0, (), ())]


def test_two_openings_with_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="same key"):
        InterestIndex([OpeningText("a", ("one",)), OpeningText("a", ("two",))])


def test_a_key_that_is_not_in_the_index_is_an_error(index: InterestIndex) -> None:
    with pytest.raises(KeyError, match="elsewhere"):
        index.scores([Interest("stroke")], ["elsewhere"])


@pytest.mark.parametrize(
    ("score", "word"),
    [
        (0, "little"),
        (199, "little"),
        (200, "some"),
        (399, "some"),
        (400, "good"),
        (649, "good"),
        (650, "strong"),
        (1000, "strong"),
    ],
)
def test_a_score_has_a_plain_word(score: int, word: str) -> None:
    assert fit_word(score) == word


@pytest.mark.parametrize("score", [-1, 1001])
def test_a_score_outside_its_range_has_no_word(score: int) -> None:
    with pytest.raises(ValueError, match="0 to 1000"):
        fit_word(score)


def test_on_the_national_portfolio_clinicians_wishes_find_their_field(shared_data: Path) -> None:
    """Names alone, 9,315 of them: at least half of the ten best for a wish are of its specialty."""
    with (shared_data / "studies/nihr_crn_portfolio/portfolio.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    index = InterestIndex([OpeningText(str(line), (row["Short Name"],)) for line, row in enumerate(rows)])
    wishes = {
        "COPD exacerbations and pulmonary rehab": "Respiratory",
        "Heart failure, nurse-led clinics, cardiac rehabilitation": "Cardiovascular",
        "dementia in care homes": "Dementias",
        "wounds and pressure ulcers in the community": "Dermatology",
        "AKI and CKD, haemodialysis": "Renal",
        "psychosis, early intervention": "Mental Health",
        "breast cancer, side effects of chemotherapy": "Cancer",
    }
    scores = index.scores([Interest(wish) for wish in wishes])
    for specialty, row in zip(wishes.values(), scores, strict=True):
        ten = np.argsort(-row, kind="stable")[:10]
        assert sum(specialty in rows[at]["All Specialties"] for at in ten) >= 5, specialty
        assert fit_word(int(row[ten[0]])) == "strong"
        assert fit_word(int(np.median(row))) == "little"
