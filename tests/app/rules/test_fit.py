"""Which openings fit a request, how well and why."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.people import MentorAbsence
from app.models.placements import OfferState
from app.models.programmes import Level
from app.models.requests import ExcludedMentor, ExclusionKind
from app.models.studies import OpeningState
from app.models.values.registration import Profession
from app.models.values.study_status import StudyStatus
from app.phrasebook.fits import in_short, why, why_about_learner
from app.rules.capacity import Held
from app.rules.eligibility import SHORTEST_PLACEMENT, Asked, Given, Obstacle, between, obstacles
from app.rules.fit import openings_in, text_of
from tests.fits import fits_of


@pytest.fixture
def network(build):
    return build.network("North West")


def test_an_opening_in_reach_fits(build, network, today):
    assert obstacles(build.request(networks=[network]), build.opening(network=network), today) == ()


@pytest.mark.parametrize(
    ("changes", "obstacle"),
    [
        ({"state": OpeningState.PAUSED}, Obstacle.NOT_PUBLISHED),
        ({"levels": [Level.PGDIP]}, Obstacle.LEVEL),
        ({"professions": [Profession.DOCTOR]}, Obstacle.PROFESSION),
    ],
)
def test_what_stands_in_the_way_is_named(build, network, today, changes, obstacle):
    request = build.request(networks=[network])
    assert obstacles(request, build.opening(network=network, **changes), today) == (obstacle,)


def test_another_network_a_stopped_study_and_a_full_opening_stand_in_the_way(build, network, today):
    request = build.request(networks=[network])
    assert obstacles(request, build.opening(), today) == (Obstacle.NETWORK,)
    stopped = build.opening(network=network, study=build.study(status=StudyStatus.STOPPED))
    assert obstacles(request, stopped, today) == (Obstacle.STUDY_CLOSED,)
    taken = build.opening(network=network)
    assert obstacles(request, taken, today, Held({taken.id: 1})) == (Obstacle.NO_PLACE,)


@pytest.mark.parametrize("by_mail", [True, False])
def test_a_line_manager_is_excluded_whether_picked_or_named_by_mail(build, network, today, by_mail):
    opening = build.opening(network=network)
    request = build.request(networks=[network])
    request.excluded.append(
        ExcludedMentor(
            kind=ExclusionKind.LINE_MANAGER,
            name=opening.mentor.name,
            email=opening.mentor.email.upper() if by_mail else "",
            mentor_id=None if by_mail else opening.mentor_id,
        )
    )
    assert obstacles(request, opening, today) == (Obstacle.EXCLUDED,)


def test_nobody_is_her_own_mentor(build, network, today):
    opening = build.opening(network=network)
    assert Obstacle.EXCLUDED in obstacles(build.request(opening.mentor, networks=[network]), opening, today)


def test_a_mentor_who_is_away_for_the_whole_window_stands_in_the_way(build, network, today):
    opening = build.opening(network=network)
    request = build.request(networks=[network])
    opening.mentor.mentor_profile.absences.append(MentorAbsence(starts_on=today, ends_on=today + timedelta(days=400)))
    assert obstacles(request, opening, today) == (Obstacle.MENTOR_AWAY,)


@given(st.integers(-400, 400), st.integers(0, 400), st.integers(-400, 400), st.integers(0, 400))
def test_dates_fit_exactly_when_four_weeks_can_begin_on_a_day_that_suits_both(opens, lasts, wants, patience):
    day = date(2026, 3, 3).__add__
    given = Given(
        opening_id=9,
        state=OpeningState.PUBLISHED,
        takes_learners=True,
        levels=frozenset(),
        network_id=1,
        professions=frozenset(),
        mentor_id=2,
        mentor_takes_part=True,
        mentor_name="",
        mentor_email="",
        first_day=day(timedelta(opens)),
        last_start=day(timedelta(opens + lasts)) - SHORTEST_PLACEMENT,
        absences=(),
    )
    asked = Asked(
        takes_part=True,
        learner_id=3,
        level=None,
        network_ids=frozenset(),
        profession=None,
        excluded_ids=frozenset(),
        excluded_emails=frozenset(),
        perhaps_excluded=(),
        today=date.min,
        window=(day(timedelta(wants)), day(timedelta(wants + patience))),
    )
    days = range(wants, wants + patience + 1)
    can_begin = any(opens <= first <= opens + lasts - 28 for first in days)
    assert bool(between(asked, given)) != can_begin


def places_left(session, openings, today):
    held = Held.on(session, today)
    return {opening.id: held.places_left(opening) for opening in openings}


def test_places_left_respect_opening_mentor_and_study(build, session, today):
    study = build.study(learner_limit=2)
    mentor = build.mentor(learners_max=2)
    own = build.opening(mentor=mentor, study=study, places=3)
    other = build.opening(mentor=mentor, places=3)
    shared = build.opening(study=study, places=3)
    assert places_left(session, [own, other, shared], today) == {own.id: 2, other.id: 2, shared.id: 2}
    build.offer(opening=own)
    assert places_left(session, [own, other, shared], today) == {own.id: 1, other.id: 1, shared.id: 1}
    build.offer(opening=shared, state=OfferState.DECLINED)
    assert places_left(session, [own, other, shared], today) == {own.id: 1, other.id: 1, shared.id: 1}


def test_a_lapsed_offer_and_a_placement_that_is_over_hold_no_place(build, session, today):
    opening = build.opening(places=2, mentor=build.mentor(learners_max=2))
    build.offer(opening=opening, answer_by=today - timedelta(days=1))
    assert places_left(session, [opening], today) == {opening.id: 2}
    build.offer(opening=opening, answer_by=today)
    assert places_left(session, [opening], today) == {opening.id: 1}


def test_the_best_fit_comes_first_with_its_reasons(build, network, today):
    cardiology = build.specialty("Cardiovascular Disease")
    heart = build.opening(
        network=network, study=build.study("Nurse-led clinics for people with heart failure", [cardiology])
    )
    skin = build.opening(network=network, study=build.study("A cream for eczema in young children"))
    request = build.request(networks=[network], specialties=[cardiology], interests="Heart failure clinics")
    best, worst = fits_of(request, [skin, heart], today)
    assert (best.opening, worst.opening) == (heart, skin)
    assert best.score > worst.score
    assert why(best) == "Strong fit: heart failure; Cardiovascular Disease is your first specialty."
    assert why(worst) == "Nothing that you wrote is named in it."


def test_a_coordinator_reads_about_the_learner_what_the_learner_reads_about_herself(build, network, today):
    cardiology = build.specialty("Cardiovascular Disease")
    build.opening(network=network, study=build.study("A cream for eczema in young children"))
    opening = build.opening(network=network, study=build.study("Clinics for people with heart failure", [cardiology]))
    request = build.request(networks=[network], specialties=[cardiology], interests="Heart failure")
    [fit] = fits_of(request, [opening], today)
    assert why(fit) == "Strong fit: heart failure; Cardiovascular Disease is your first specialty."
    assert why_about_learner(fit) == (
        "Strong fit: heart failure; Cardiovascular Disease is the learner’s first specialty."
    )


@pytest.fixture
def eyes_and_others(build, network):
    """A request about eyes, the opening on them, one that shares only "effects" with it, and one with nothing."""
    eyes = "Effects of laser, drops and watching in glaucoma: eye pressure, optic nerves, sight lost, fields measured"
    skin = "Effects of creams, baths, soap and cotton clothes for children who itch, with diaries that parents keep"
    openings = [
        build.opening(network=network, study=build.study(title), learner_does="")
        for title in (eyes, skin, "Music and dance", *(f"Effects of treatment {number}" for number in range(9)))
    ]
    return build.request(networks=[network], interests=eyes), openings


def test_where_only_such_words_are_shared_or_none_it_says_so(eyes_and_others, today):
    request, openings = eyes_and_others
    fits = {fit.opening: fit for fit in fits_of(request, openings, today)}
    _, skin, music, *_ = openings
    assert why(fits[skin]) == "Little fit: only “Effects”, which says little alone."
    assert why(fits[music]) == "Nothing that you wrote is named in it."
    assert why_about_learner(fits[music]) == "Nothing that the learner wrote is named in it."


def test_what_the_learner_refuses_is_said_to_her_and_about_her(build, network, today):
    heart = build.opening(network=network, study=build.study("Chemotherapy and the heart in bowel cancer"))
    skin = build.opening(network=network, study=build.study("A cream for eczema"))
    request = build.request(networks=[network], interests="The heart. I am not interested in cancer.")
    fits = {fit.opening: fit for fit in fits_of(request, [heart, skin], today)}
    assert fits[heart].score < fits[skin].score
    assert why(fits[heart]) == "Little fit: heart. It speaks of cancer, which you do not want."
    assert why_about_learner(fits[heart]) == "Little fit: heart. It speaks of cancer, which the learner does not want."
    assert why(fits[skin]) == "Nothing that you wrote is named in it."


def test_an_opening_too_short_for_the_module_is_no_strong_fit_and_says_so(build, network, today):
    study, other = build.study("Nurse-led clinics for people with heart failure"), build.study("A cream for eczema")
    short = build.opening(network=network, study=study, ends_on=today + timedelta(days=30 + 28))
    long = build.opening(network=network, study=study)
    last = build.opening(network=network, study=other)
    request = build.request(networks=[network], interests="Heart failure")
    first, second, _ = fits_of(request, [short, long, last], today)
    assert (first.opening, second.opening) == (long, short)
    assert (first.word, second.word) == ("strong", "good")
    assert why(second) == "Good fit: heart failure. It leaves 4 of the 8 weeks that 15 credits usually take."
    assert why(first) == "Strong fit: heart failure."
    assert in_short(second) == ["good fit", "4 of 8 weeks"]


def test_loading_openings_takes_the_same_queries_however_many_there_are(build, session, network, today, queries):
    request = build.request(networks=[network])
    session.commit()

    def count() -> int:
        session.expire_all()
        with queries() as statements:
            for opening in openings_in(session, [network.id], Level.PGCERT):
                text_of(opening)
                obstacles(request, opening, today)
        return len(statements)

    build.opening(network=network)
    session.commit()
    few = count()
    for _ in range(5):
        build.opening(network=network)
    session.commit()
    assert count() == few
