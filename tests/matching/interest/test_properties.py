"""What holds for every interest and every set of openings."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.interest import Interest, InterestIndex, OpeningText
from matching.interest.wish import read_wish
from matching.interest.words import marks

Openings = list[OpeningText]
VOCABULARY = """
A&E anaemia anemia asthma cardiac care child children clinics COPD chronic obstructive pulmonary disease
dementia heart failure GP hepatitis B C home nurse nurse-led nurses oedema of paediatric
Parkinson’s rehabilitation stroke the trial type 2 diabetes . , (RCT) work 90% – é
"""
WORDS = st.sampled_from(VOCABULARY.split())
SPECIALTIES = ("Ageing", "Cancer", "Children", "Stroke", "Primary Care")
texts = st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=30)
interests = st.builds(Interest, texts, st.lists(st.sampled_from(SPECIALTIES), max_size=5, unique=True).map(tuple))
said = st.tuples(st.lists(texts, max_size=3).map(tuple), st.frozensets(st.sampled_from(SPECIALTIES)))
opening_lists = st.lists(said, min_size=1, max_size=6).map(
    lambda many: [OpeningText(f"O{number}", own, tags) for number, (own, tags) in enumerate(many)]
)
bounded = settings(max_examples=60, deadline=None)


def scores(openings: list[OpeningText], interest: Interest, background: tuple[str, ...] = ()) -> dict[str, int]:
    index = InterestIndex(openings, background)
    return dict(zip(index.keys, index.scores([interest])[0].tolist(), strict=True))


@bounded
@given(opening_lists, st.lists(interests, max_size=4))
def test_scores_are_whole_numbers_from_0_to_1000_for_every_pair(openings: Openings, wishes: list[Interest]) -> None:
    found = InterestIndex(openings).scores(wishes)
    assert found.shape == (len(wishes), len(openings))
    assert found.dtype == np.int16
    assert ((found >= 0) & (found <= 1000)).all()


@bounded
@given(st.data(), opening_lists, interests, st.lists(texts, max_size=3))
def test_the_order_of_openings_texts_and_background_never_matters(
    data: st.DataObject, openings: Openings, interest: Interest, background: list[str]
) -> None:
    shuffled = [
        OpeningText(one.key, tuple(data.draw(st.permutations(one.texts))), one.specialties)
        for one in data.draw(st.permutations(openings))
    ]
    other_background = (*data.draw(st.permutations(background)), *background)
    assert scores(openings, interest, tuple(background)) == scores(shuffled, interest, other_background)


@bounded
@given(opening_lists, st.lists(interests, min_size=1, max_size=70))
def test_a_learners_scores_do_not_depend_on_who_else_is_asked_for(openings: Openings, wishes: list[Interest]) -> None:
    index = InterestIndex(openings)
    together = index.scores(wishes)
    assert (together[-1] == index.scores(wishes[-1:])[0]).all()


@bounded
@given(st.data(), opening_lists, interests)
def test_a_choice_of_openings_gets_the_scores_it_has_among_all(
    data: st.DataObject, openings: Openings, interest: Interest
) -> None:
    index = InterestIndex(openings)
    keys = data.draw(st.lists(st.sampled_from(index.keys), max_size=8))
    of_all = dict(zip(index.keys, index.scores([interest])[0].tolist(), strict=True))
    assert index.scores([interest], keys)[0].tolist() == [of_all[key] for key in keys]
    assert [(fit.key, fit.score) for fit in index.fits(interest, keys)] == [(key, of_all[key]) for key in keys]


@bounded
@given(opening_lists, st.lists(texts, max_size=3), opening_lists, st.lists(texts, max_size=3), interests)
def test_made_from_an_earlier_one_it_is_the_same(
    before: Openings, background: list[str], openings: Openings, other_background: list[str], interest: Interest
) -> None:
    alone = InterestIndex(openings, other_background)
    after = InterestIndex(openings, other_background, earlier=InterestIndex(before, background))
    again = InterestIndex(openings, other_background, earlier=after)
    for other in (after, again):
        assert alone.fits(interest) == other.fits(interest)
        assert alone._columns == other._columns
        assert (alone._weights != other._weights).nnz == 0


@bounded
@given(opening_lists, interests)
def test_a_second_opening_of_the_same_words_changes_nobodys_score(openings: Openings, interest: Interest) -> None:
    twin = OpeningText("twin", openings[0].texts, openings[0].specialties)
    before, after = scores(openings, interest), scores([*openings, twin], interest)
    assert after.pop("twin") == before[openings[0].key]
    assert after == before


@bounded
@given(opening_lists, interests, st.sampled_from(SPECIALTIES))
def test_one_more_specialty_of_an_opening_never_lowers_its_fit(
    openings: Openings, interest: Interest, specialty: str
) -> None:
    first, *others = openings
    more = OpeningText(first.key, first.texts, first.specialties | {specialty})
    assert scores([more, *others], interest)[first.key] >= scores(openings, interest)[first.key]


@bounded
@given(opening_lists, interests, st.sampled_from(SPECIALTIES))
def test_one_more_specialty_of_a_learner_never_lowers_a_fit(
    openings: Openings, interest: Interest, specialty: str
) -> None:
    before = scores(openings, interest)
    after = scores(openings, Interest(interest.text, (*interest.specialties, specialty)))
    assert all(after[key] >= before[key] for key in before)


@bounded
@given(opening_lists, interests)
def test_one_more_text_of_an_opening_never_makes_it_fit_less_than_its_best(
    openings: Openings, interest: Interest
) -> None:
    """An opening of several texts is as good as the best of openings with one of them each."""
    singles = [
        OpeningText(f"{one.key}/{number}", (text,), one.specialties)
        for one in openings
        for number, text in enumerate(one.texts)
    ]
    found = scores([*openings, *singles], interest)
    for one in openings:
        alone = [found[f"{one.key}/{number}"] for number in range(len(one.texts))]
        assert not alone or found[one.key] == max(alone)


@bounded
@given(opening_lists, interests)
def test_an_opening_about_nothing_that_was_asked_keeps_the_order_of_clear_cases(
    openings: Openings, interest: Interest
) -> None:
    """Rarity and usual length move a little; a clearly better fit stays better, and no fit stays no fit."""
    stranger = OpeningText("stranger", ("beekeeping on railway bridges",))
    before, after = scores(openings, interest), scores([*openings, stranger], interest)
    assert all((before[key] == 0) == (after[key] == 0) for key in before)
    assert all(after[a] > after[b] for a in before for b in before if before[a] > before[b] + 250)


@bounded
@given(opening_lists, interests)
def test_terms_stand_in_the_opening_and_in_the_learners_words(openings: Openings, interest: Interest) -> None:
    for opening, fit in zip(openings, InterestIndex(openings).fits(interest), strict=True):
        for term in fit.terms:
            assert any(term.text in " ".join(text.split()) for text in opening.texts)
            assert term.asked in " ".join(interest.text.split())
            shared = {mark.name for mark in marks(term.text)} & {mark.name for mark in read_wish(term.asked).marks}
            assert shared


@bounded
@given(opening_lists, interests)
def test_a_fit_without_a_reason_is_zero_and_a_reason_is_never_without_a_fit(
    openings: Openings, interest: Interest
) -> None:
    for fit in InterestIndex(openings).fits(interest):
        assert (fit.score > 0) == bool(fit.terms or fit.specialties)
        weights = [term.weight for term in fit.terms]
        assert weights == sorted(weights, reverse=True)
        assert sum(weights) <= 1000 + len(weights)
