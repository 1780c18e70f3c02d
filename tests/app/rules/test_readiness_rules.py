"""The access paper by its table, days that count together, how long training counts, and what is missing when."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.working_days import is_working_day, working_day_after, working_day_before
from app.models.course.readiness import Cover, CoverState, Need, NeedKind, NeedState
from app.models.values.access_papers import Employment, Paper, paper_for
from app.models.values.spans import Span, reach
from app.phrasebook.readiness import said_list
from app.rules.readiness.missing import lack_of, missing_on
from app.rules.readiness.parts import CHECKS, ENTERS, EXCEPTED, OWNER
from app.rules.readiness.site_rules import SiteRule, months_after

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
A_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("employment", "bears_on_care", "paper"),
    [
        (Employment.HOST, None, Paper.NOTHING),
        (Employment.HOST, True, Paper.NOTHING),
        (Employment.NHS, None, Paper.LETTER_BY_PROFORMA),
        (Employment.NHS, True, Paper.LETTER_BY_PROFORMA),
        (Employment.OTHER, True, Paper.CONTRACT_BY_PASSPORT),
        (Employment.OTHER, False, Paper.LETTER_BY_PASSPORT),
        (Employment.OTHER, None, None),
        (None, True, None),
    ],
)
def test_the_paper_follows_from_employer_and_work(employment, bears_on_care, paper):
    assert paper_for(employment, bears_on_care) is paper


@given(st.sampled_from(Employment), st.none() | st.booleans())
def test_only_outside_of_the_nhs_does_the_work_decide(employment, bears_on_care):
    asks_for_work = paper_for(employment, True) is not paper_for(employment, False)
    assert asks_for_work == (employment is Employment.OTHER)
    assert (paper_for(employment, bears_on_care) is None) == (asks_for_work and bears_on_care is None)


def spans():
    return st.lists(
        st.builds(lambda first, days: Span(first, first + timedelta(days=days)), DAYS, st.integers(0, 400)), max_size=5
    )


@given(spans(), DAYS)
def test_spans_reach_as_far_as_every_single_day_is_had(some, day):
    last = reach(some, day)
    if last is None:
        assert not any(span.has(day) for span in some)
        return
    assert last >= day
    days = (day + n * A_DAY for n in range((last - day).days + 1))
    assert all(any(span.has(one) for span in some) for one in days)
    assert not any(span.has(last + A_DAY) for span in some)


def test_a_span_without_an_end_reaches_for_ever():
    assert reach([Span(date(2026, 1, 1)), Span(date(2026, 2, 1), date(2026, 3, 1))], date(2026, 2, 1)) == date.max


@given(DAYS, st.integers(1, 120))
def test_training_counts_for_whole_months(day, months):
    last = months_after(day, months)
    assert (last.year * 12 + last.month) - (day.year * 12 + day.month) == months
    assert last.day == day.day or (last.day < day.day and (last + A_DAY).day == 1)
    assert SiteRule(gcp_months=months).gcp_until(day) == last


@given(DAYS, st.integers(0, 60))
def test_so_many_working_days_before_is_the_way_back(day, number):
    before = working_day_before(day, number)
    assert before <= day
    if number:
        assert is_working_day(before)
        assert (working_day_after(before, number) == day) == is_working_day(day)


def a_need(kind, state, covers):
    need = Need(kind=kind, state=state, due_on=date(2026, 1, 1), covers=[])
    for first, days, cover_state, is_exception in covers:
        last = None if days is None else first + timedelta(days=days)
        need.covers.append(Cover(from_on=first, until_on=last, state=cover_state, is_exception=is_exception))
    return need


COVERS = st.lists(
    st.tuples(DAYS, st.none() | st.integers(0, 500), st.sampled_from(CoverState), st.booleans()), max_size=4
)
NEEDS = st.builds(a_need, st.sampled_from(NeedKind), st.sampled_from(NeedState), COVERS)


@given(st.lists(NEEDS, max_size=4), DAYS)
def test_what_is_needed_is_missing_just_when_nothing_good_has_the_day(needs, day):
    good = {CoverState.GOOD, CoverState.ENDED}
    expected = sorted(
        need.kind.name
        for need in needs
        if need.state is NeedState.NEEDED
        and not any(
            one.state in good and one.from_on <= day and (one.until_on is None or day <= one.until_on)
            for one in need.covers
        )
    )
    assert sorted(kind.name for kind in missing_on(needs, day)) == expected


@given(st.lists(NEEDS, max_size=4), DAYS, st.integers(0, 400), DAYS)
def test_what_runs_out_holds_to_its_last_day_and_not_beyond(needs, first, length, today):
    last = first + timedelta(days=length)
    lack = lack_of(needs, (first, last), today)
    assert list(lack.missing) == missing_on(needs, max(first, today))
    if lack.lapse:
        day, kind = lack.lapse.last_day, lack.lapse.kind
        those = [need for need in needs if need.kind is kind and need.is_needed]
        assert day < last
        assert any(need.holds_on(day) and not need.holds_on(day + A_DAY) for need in those)


def test_who_owns_a_need_may_enter_it_and_nobody_checks_alone_what_a_learner_enters():
    assert all(OWNER[kind] in ENTERS[kind] for kind in NeedKind)
    assert all((CHECKS[kind] and OWNER[kind] not in CHECKS[kind]) or kind is NeedKind.DELEGATION for kind in NeedKind)
    assert NeedKind.DELEGATION not in EXCEPTED


def test_a_placement_of_before_the_lists_is_asked_nothing(build, today):
    placement = build.placement()
    said = said_list([], frozenset(), placement, today)
    assert (said.lines, said.is_ready) == ((), True)
