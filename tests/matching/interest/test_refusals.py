"""What a learner says that she does not want is found, clause by clause, and counts against."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matching.interest import Fit, Interest, InterestIndex, OpeningText
from matching.interest.wish import read_wish
from matching.interest.words import mark_names
from tests.matching.interest.test_properties import Openings, interests, opening_lists

CANCER, STROKE, FALLS = (
    OpeningText("cancer", ("Chemotherapy for bowel cancer: how tiredness is treated",), frozenset({"Cancer"})),
    OpeningText("stroke", ("Thrombectomy for stroke: who is treated, and when",), frozenset({"Stroke"})),
    OpeningText("falls", ("Falls in care homes: exercise for residents",), frozenset({"Ageing"})),
)
NAME_ALONE = OpeningText("name alone", ("PRISM-2",), frozenset({"Cancer"}))


@pytest.fixture(scope="module")
def index() -> InterestIndex:
    return InterestIndex([CANCER, STROKE, FALLS, NAME_ALONE])


def fit_with(index: InterestIndex, wish: str, key: str, *specialties: str) -> Fit:
    (fit,) = index.fits(Interest(wish, specialties), [key])
    return fit


@pytest.mark.parametrize(
    ("wish", "refused"),
    [
        ("I am not interested in cancer.", ["cancer"]),
        ("I'm uninterested in cancer", ["cancer"]),
        ("I don’t want cancer, diabetes or stroke", ["cancer", "diabetes", "stroke"]),
        ("I don't want cancer, diabetes, and I would like stroke", ["cancer", "diabetes"]),
        ("Stroke, but I would rather not do cancer", ["cancer"]),
        ("I'd rather do stroke than cancer", ["cancer"]),
        ("I would prefer stroke rather than cancer", ["cancer"]),
        ("Nothing to do with eating disorders; stroke", ["eating disorders"]),
        ("Anything except paediatrics: delirium after operations", ["paediatrics"]),
        ("Anything but cancer, preferably stroke", ["cancer"]),
        ("Everything apart from oncology and paediatrics", ["oncology", "paediatrics"]),
        ("Images, other than breast screening.", ["breast screening"]),
        ("COPD, not cystic fibrosis", ["cystic fibrosis"]),
        ("COPD, not cystic fibrosis, asthma", ["cystic fibrosis"]),
        ("Stroke (not TIA) rehabilitation", ["TIA"]),
        ("No cancer, no children, stroke", ["cancer", "children"]),
        ("Please no diabetes", ["diabetes"]),
        ("I have no interest in cataract, only glaucoma", ["cataract"]),
        ("I would like to avoid studies of falls", ["falls"]),
        ("I hate statistics", ["statistics"]),
        ("I have had enough of cancer", ["cancer"]),
        ("I am neither interested in cancer nor in stroke", ["cancer", "stroke"]),
        ("Stroke interests me, cancer does not", ["cancer"]),
        ("Stroke is great but cancer is not for me", ["cancer"]),
        ("Cancer and diabetes are not for me", ["Cancer", "diabetes"]),
        ("Cancer? No thanks.", ["Cancer"]),
        ("I am no longer interested in oncology", ["oncology"]),
        ("No head and neck cancer", ["head and neck cancer"]),
        ("I do not want cancer because my mother had dementia", ["cancer"]),
    ],
)
def test_a_refusal_is_found_with_its_scope(wish: str, refused: list[str]) -> None:
    assert list(dict.fromkeys(phrase.text for phrase in read_wish(wish).refused)) == refused


@pytest.mark.parametrize(
    "wish",
    [
        "Not only cancer interests me but also stroke",
        "Not just cancer",
        "I don't mind cancer",
        "I do not want to miss cancer",
        "I do not want anything other than cancer",
        "Nothing but cancer",
        "I have no experience of cancer",
        "I have no particular preference, perhaps cancer",
        "People with cancer who cannot sleep",
        "People with cancer who do not want chemotherapy",
        "Why patients do not take medicines for cancer",
        "Helping people with cancer avoid falls",
        "Physiotherapy instead of surgery for cancer",
        "Do-not-resuscitate decisions in cancer",
        "Without exception, cancer",
        "I can't wait to work on cancer",
    ],
)
def test_what_only_looks_like_a_refusal_is_none(wish: str) -> None:
    assert read_wish(wish).refused == ()
    assert mark_names("cancer")[0] in read_wish(wish).names


def test_the_reason_for_a_refusal_is_no_wish() -> None:
    wish = read_wish("I do not want cancer because my mother had dementia, but I like stroke")
    assert wish.names == tuple(read_wish("stroke").names)


@pytest.mark.parametrize("wish", ["I am not interested in cancer.", "Anything but oncology", "no tumours please"])
def test_what_is_refused_comes_last_also_where_nothing_is_wished_for(index: InterestIndex, wish: str) -> None:
    scores = {fit.key: fit.score for fit in index.fits(Interest(wish))}
    assert max(scores["cancer"], scores["name alone"]) == 0 < min(scores["stroke"], scores["falls"])


def test_a_refused_word_is_no_reason_and_is_named_as_refused(index: InterestIndex) -> None:
    fit = fit_with(index, "Bowel cancer, chemotherapy. I am not interested in cancer.", "cancer")
    assert not any("cancer" in term.text for term in fit.terms)
    assert (fit.refused, fit.word) == (("cancer",), "little")
    assert fit_with(index, "Chemotherapy", "cancer").score > fit.score
    assert fit_with(index, "Stroke. I am not interested in cancer.", "stroke").refused == ()


def test_a_specialty_of_the_study_is_refused_by_its_name(index: InterestIndex) -> None:
    assert fit_with(index, "no cancer", "name alone", "Cancer").score == 0
    assert fit_with(index, "no cancer", "name alone").refused == ("cancer",)


def test_a_phrase_is_refused_as_a_whole() -> None:
    texts = ("Eating disorders in young women", "Healthy eating after a stroke", "Sleep disorders of nurses")
    index = InterestIndex([OpeningText(text, (text,)) for text in texts])
    touched = [fit.key for fit in index.fits(Interest("no eating disorders")) if fit.refused]
    assert touched == ["Eating disorders in young women"]


def test_the_more_an_opening_is_about_the_refused_the_lower_it_comes() -> None:
    title = "Sepsis on the wards"
    once = f"{title}. Early warning scores, observations, fluids, antibiotics; cancer is one of the causes."
    index = InterestIndex(
        [OpeningText("none", (title,)), OpeningText("once", (once,)), OpeningText("all", ("Sepsis in cancer",))]
    )
    none, once_named, wholly = index.scores([Interest("Sepsis. I am not interested in cancer.")])[0]
    assert none > once_named > wholly


bounded = settings(max_examples=80, deadline=None)
SUBJECTS = ("anaemia", "asthma", "COPD", "dementia", "heart failure", "hepatitis C", "stroke", "rehabilitation")
SAYINGS = (
    "I am not interested in {}.",
    "Nothing to do with {}, please.",
    "I'd rather not do {}.",
    "Anything but {}.",
    "{} is not for me.",
)


@bounded
@given(opening_lists, interests, st.sampled_from(SUBJECTS), st.sampled_from(SAYINGS))
def test_refusing_a_subject_never_raises_an_opening_about_it(
    openings: Openings, wish: Interest, subject: str, saying: str
) -> None:
    index, refusing = InterestIndex(openings), Interest(f"{wish.text}. {saying.format(subject)}", wish.specialties)
    (phrase,) = set(read_wish(saying.format(subject)).refused)
    assume(not read_wish(wish.text).refused)
    before, after = index.scores([wish])[0], index.scores([refusing])[0]
    for opening, fit, was, now in zip(openings, index.fits(refusing), before, after, strict=True):
        if any(phrase.is_named_in(frozenset(mark_names(text))) for text in (*opening.texts, *opening.specialties)):
            assert now <= was
            assert fit.refused == (phrase.text,)
        else:
            assert now == max(was, 50)


@bounded
@given(opening_lists, interests, st.sampled_from(SUBJECTS[:4] + SUBJECTS[6:]))
def test_a_refused_word_is_never_a_reason(openings: Openings, wish: Interest, subject: str) -> None:
    refusing = Interest(f"{wish.text}. {subject}. I am not interested in {subject}.", wish.specialties)
    (forms,) = {forms for phrase in read_wish(f"no {subject}").refused for forms in phrase.words}
    for fit in InterestIndex(openings).fits(refusing):
        assert not any(forms & set(mark_names(term.text)) for term in fit.terms)


def test_a_text_that_ends_where_a_longer_phrase_could_go_on_has_each_meaning_once() -> None:
    for subject in SUBJECTS:
        names = [name for name in mark_names(subject) if name.startswith("=")]
        assert len(names) == len(set(names))
