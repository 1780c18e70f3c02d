"""The demo world: whole, varied, the same for the same seed, and short of places where it should be."""

from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from app.demo.content.scarcity import scarcity
from app.demo.world.build import build_world
from app.demo.world.choices import could_take
from app.demo.world.records import DemoLearner, DemoOpening, Trouble, World
from app.models.people import Role
from app.models.programmes import Level, ModuleKind
from app.models.values.free_text import find_patient_details
from app.models.values.registration import Profession, check_registration_number, registration_warnings
from app.models.values.specialties import SPECIALTIES
from app.rules.programmes.check import checked


@pytest.fixture(scope="module")
def world() -> World:
    return build_world()


def openings_for(world: World, learner: DemoLearner) -> list[DemoOpening]:
    return [opening for opening in world.openings if could_take(learner, opening)]


def all_people(world: World) -> list[tuple[str, str]]:
    return [
        *((learner.name, learner.email) for learner in world.learners),
        *((mentor.name, mentor.email) for mentor in world.mentors),
        *((staff.name, staff.email) for staff in world.staff),
    ]


def test_the_world_has_the_promised_size(world: World) -> None:
    assert (len(world.learners), len(world.mentors), len(world.studies)) == (160, 90, 70)
    assert len(world.networks) == 12
    assert {programme.provider for programme in world.programmes} == {
        "University of Exeter",
        "Newcastle University",
        "King's College London",
        "The University of Sheffield",
    }


def test_every_profession_is_among_the_learners(world: World) -> None:
    assert {learner.profession for learner in world.learners} == set(Profession)


def test_every_specialty_has_a_study_an_opening_a_mentor_and_a_learner(world: World) -> None:
    of_study = {study.key: study.specialties for study in world.studies}
    everywhere = set(SPECIALTIES)
    assert {name for study in world.studies for name in study.specialties} == everywhere
    assert {name for opening in world.openings for name in of_study[opening.study]} == everywhere
    assert {name for mentor in world.mentors for name in mentor.specialties} == everywhere
    assert {name for learner in world.learners for name in learner.specialties} == everywhere


@settings(max_examples=12, deadline=None)
@given(seed=st.text(max_size=8), size=st.integers(1, 200))
def test_every_reference_finds_what_it_names(seed: str, size: int) -> None:
    world = build_world(size, seed)
    organisations = {organisation.ods_code: organisation for organisation in world.organisations}
    networks = {network.name for network in world.networks}
    mentors = {mentor.key: mentor for mentor in world.mentors}
    openings = {opening.key for opening in world.openings}
    studies = {study.key for study in world.studies}
    programmes = {programme.key: programme for programme in world.programmes}
    assert networks == {organisation.network for organisation in world.organisations}
    for mentor in world.mentors:
        assert organisations[mentor.organisation].network == mentor.network
    for opening in world.openings:
        assert opening.study in studies
        assert (opening.organisation, opening.network) == (
            mentors[opening.mentor].organisation,
            mentors[opening.mentor].network,
        )
        assert opening.starts_on < opening.ends_on
        assert 1 <= opening.places <= mentors[opening.mentor].learners_max
    for learner in world.learners:
        assert set(learner.networks) <= networks
        assert programmes[learner.programme].level is learner.level
        assert set(learner.ranked) <= openings
        assert {exclusion.mentor for exclusion in learner.exclusions} <= set(mentors)
        assert learner.organisation in organisations or learner.employer.endswith("(demo)")
        assert learner.start_from <= learner.start_until


def test_a_mentor_opens_a_study_once_and_each_has_one_to_three_openings(world: World) -> None:
    pairs = [(opening.mentor, opening.study) for opening in world.openings]
    assert len(set(pairs)) == len(pairs)
    per_mentor = Counter(opening.mentor for opening in world.openings)
    assert set(per_mentor) == {mentor.key for mentor in world.mentors}
    assert set(per_mentor.values()) == {1, 2, 3}


def test_the_same_seed_gives_the_same_world_and_another_seed_another() -> None:
    assert build_world(60, "spring") == build_world(60, "spring")
    assert build_world(60, "spring").learners != build_world(60, "autumn").learners


def test_the_dates_follow_the_day() -> None:
    later = build_world(20, today=date(2030, 6, 5))
    assert later.first_start > later.today
    assert later.first_start.weekday() == 0
    assert all(opening.ends_on > later.today for opening in later.openings)


def test_shares_stay_when_the_world_grows() -> None:
    small, large = build_world(160), build_world(1_600)
    for one in (lambda world: world.mentors, lambda world: world.openings):
        assert len(one(large)) == pytest.approx(10 * len(one(small)), rel=0.1)
    small_shares = Counter(learner.profession for learner in small.learners)
    large_shares = Counter(learner.profession for learner in large.learners)
    assert all(abs(large_shares[p] - 10 * small_shares[p]) <= 10 for p in Profession)
    assert len({email for _, email in all_people(large)}) == len(all_people(large))


@pytest.mark.parametrize("size", [0, -1, 5_001])
def test_a_size_that_the_demo_cannot_have_is_refused_in_words(size: int) -> None:
    with pytest.raises(ValueError, match="1 to 5,000"):
        build_world(size)


def test_addresses_can_be_nobodys_and_no_two_people_share_one(world: World) -> None:
    addresses = [email for _, email in all_people(world)]
    assert len(set(addresses)) == len(addresses)
    assert all(address.isascii() and address.endswith(".example") for address in addresses)
    assert len({name for name, _ in all_people(world)}) == len(addresses)


def test_registration_numbers_have_the_right_form_and_are_unique(world: World) -> None:
    with_number = [learner for learner in world.learners if learner.registration_number]
    assert 80 < len(with_number) < 150
    for learner in with_number:
        assert learner.regulator is not None
        number = learner.registration_number
        assert check_registration_number(learner.profession, learner.regulator, number) == number
        if learner.profession is not Profession.PHARMACIST:  # real ones begin with 2, invented ones with 0
            assert registration_warnings(learner.profession, learner.regulator, number) == []
    assert len({(one.regulator, one.registration_number) for one in with_number}) == len(with_number)


def test_summaries_have_sixty_to_120_words_and_no_text_looks_like_a_patients_detail(world: World) -> None:
    for study in world.studies:
        assert 60 <= len(study.summary.split()) <= 120, study.title
    texts = [text for study in world.studies for text in (study.title, study.summary, study.learner_does)]
    texts += [mentor.teaches for mentor in world.mentors] + [learner.words for learner in world.learners]
    texts += [exclusion.why for learner in world.learners for exclusion in learner.exclusions]
    assert [text for text in texts if find_patient_details(text, world.today)] == []


def test_learners_and_mentors_speak_for_themselves(world: World) -> None:
    assert len({learner.words for learner in world.learners}) >= 150
    assert len({mentor.teaches for mentor in world.mentors}) >= 70
    assert all(2 <= len(set(learner.specialties)) <= 4 for learner in world.learners)


def test_credits_of_a_level_add_up_and_each_taught_level_has_one_practice_module(world: World) -> None:
    for programme in world.programmes:
        for version in programme.said.versions:
            modules = [module for part in version.parts for module in part.modules]
            assert checked(programme.level, version.parts).is_proved
            practice = [module for module in modules if module.kind is ModuleKind.RPE]
            assert len(practice) == (0 if programme.level is Level.MSC else 1)


def test_each_network_has_a_coordinator_and_some_coordinators_have_two(world: World) -> None:
    reach = [
        [grant.network for grant in staff.grants] for staff in world.staff if staff.grants[0].role is Role.COORDINATOR
    ]
    assert sorted(network for networks in reach for network in networks) == sorted(n.name for n in world.networks)
    assert {len(networks) for networks in reach} == {1, 2}
    roles = Counter(grant.role for staff in world.staff for grant in staff.grants)
    assert roles[Role.ADMINISTRATOR] == 1
    assert roles[Role.PROGRAMME_LEAD] == 4
    assert roles[Role.ACADEMIC_SUPERVISOR] >= 8


def test_every_trouble_is_there_and_is_the_only_reason_to_have_no_opening(world: World) -> None:
    assert {learner.trouble for learner in world.learners} == {None, *Trouble}
    for learner in world.learners:
        assert bool(openings_for(world, learner)) == (learner.trouble is None), learner


def test_a_trouble_is_what_it_says(world: World) -> None:
    for learner in world.learners:
        near = [o for o in world.openings if o.network in learner.networks and learner.level in o.levels]
        if learner.trouble is Trouble.NO_OPENING:
            assert near == []
        if learner.trouble is Trouble.PROFESSION:
            assert near
            assert all(opening.professions and learner.profession not in opening.professions for opening in near)
        if learner.trouble is Trouble.TOO_EARLY:
            assert learner.start_until >= world.today
            assert all(opening.starts_on > learner.start_until for opening in near)
        if learner.trouble is Trouble.TOO_LATE:
            assert all(opening.ends_on < learner.start_from for opening in near)
        if learner.trouble is Trouble.LINE_MANAGER:
            accepting = [o for o in near if not o.professions or learner.profession in o.professions]
            assert {opening.mentor for opening in accepting} == {one.mentor for one in learner.exclusions}


def test_stroke_and_mental_health_are_open_in_some_networks_only_and_wanted_everywhere(world: World) -> None:
    specialties_of = {study.key: study.specialties for study in world.studies}
    for specialty, networks in scarcity().open_in.items():
        open_in = {o.network for o in world.openings if specialty in specialties_of[o.study]}
        wanted_in = {learner.networks[0] for learner in world.learners if specialty == learner.specialties[0]}
        assert open_in
        assert open_in <= networks
        assert wanted_in - networks


def test_lists_hold_only_openings_that_the_learner_could_take_each_once(world: World) -> None:
    for learner in world.learners:
        assert len(set(learner.ranked)) == len(learner.ranked) <= 10
        assert set(learner.ranked) <= {opening.key for opening in openings_for(world, learner)}
        assert learner.ranked or learner.takes_any_other
    assert sum(len(learner.ranked) >= 2 for learner in world.learners) > 80
    assert 10 < sum(not learner.takes_any_other for learner in world.learners) < 60


def test_in_the_certificate_round_most_are_placed_and_some_find_everything_full(world: World) -> None:
    asking = [learner for learner in world.learners if learner.level is Level.PGCERT]
    without_trouble = [learner for learner in asking if learner.trouble is None]
    placed = most_placed(world, asking)
    assert 0.75 * len(asking) < placed < len(without_trouble)


def most_placed(world: World, learners: list[DemoLearner]) -> int:
    """How many of these learners can have a place at once, within the limits of openings, mentors and studies."""
    pairs = [
        (learner, opening)
        for learner in learners
        for opening in openings_for(world, learner)
        if learner.takes_any_other or opening.key in learner.ranked
    ]
    limits: dict[str, float] = {learner.key: 1 for learner in learners}
    limits |= {opening.key: opening.places for opening in world.openings}
    limits |= {mentor.key: mentor.learners_max for mentor in world.mentors}
    limits |= {study.key: study.learner_limit or np.inf for study in world.studies}
    rows = {key: row for row, key in enumerate(limits)}
    counts = np.zeros((len(limits), len(pairs)))
    for column, (learner, opening) in enumerate(pairs):
        for key in (learner.key, opening.key, opening.mentor, opening.study):
            counts[rows[key], column] = 1
    within = LinearConstraint(counts, -np.inf, list(limits.values()))
    solved = milp(-np.ones(len(pairs)), constraints=within, integrality=np.ones(len(pairs)), bounds=Bounds(0, 1))
    assert solved.success
    return round(-solved.fun)
