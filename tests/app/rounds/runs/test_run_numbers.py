"""The numbers that a run keeps with its end: of the run itself, and of choosing in a random order."""

import json

import pytest
from sqlalchemy import select

import matching
from app.models.figures import RunFigures
from app.models.runs import Pin
from app.models.values.registration import Profession
from app.rounds.runs.counting.entrants import KINDS, NOT_KNOWN, REGION, UNIVERSITY, entrants_of
from app.rounds.runs.counting.numbers import Entrants, Numbers, numbers_of
from app.rounds.runs.counting.shares import Member
from app.rounds.snapshot import snapshot_of
from matching import Placed

PLACED = [Placed("R1", "M1", "S1", 800, 1), Placed("R2", "M1", "S2", 100, 2), Placed("R3", "M2", "S1", 301)]


def entrants(could=("R1", "R2", "R3", "R4")):
    members = {"profession": [Member(f"R{n}", n, "Nurse") for n in range(1, 6)]}
    return Entrants(["R1", "R2", "R3", "R4", "R5"], could, ["M1", "M2", "M3"], members)


def test_numbers_count_places_choices_fit_and_load():
    numbers = numbers_of(PLACED, entrants())
    assert (numbers.learners, numbers.placed, numbers.off_list, numbers.could) == (5, 3, 1, 4)
    assert numbers.profile == [(1, 1), (2, 1), (None, 1)]
    assert (numbers.mean_fit, numbers.lowest, numbers.weak) == (400, 100, 1)
    assert (numbers.loads, numbers.squares) == ([(0, 1), (1, 1), (2, 1)], 5)


def test_the_profile_counts_only_those_who_could_have_had_their_first_choice():
    numbers = numbers_of(PLACED, entrants(could=("R2", "R4")))
    assert (numbers.could, numbers.profile, numbers.first_choices) == (2, [(2, 1)], 0)


def test_numbers_of_nobody_placed():
    numbers = numbers_of([], entrants())
    assert (numbers.placed, numbers.mean_fit, numbers.lowest, numbers.loads) == (0, None, None, [(0, 3)])


def test_numbers_are_kept_and_read_back():
    members = {"profession": [Member(f"R{n}", n, "Nurse" if n % 2 else "Doctor") for n in range(1, 13)]}
    names = [f"R{n}" for n in range(1, 13)]
    numbers = numbers_of(PLACED, Entrants(names, names, ["M1", "M2", "M3"], members))
    assert numbers.shares["profession"]["placed"]
    assert Numbers.read(json.loads(json.dumps(numbers.as_json()))) == numbers


def started(sign_in, scene, session, look_again):
    sign_in(scene.coordinator).post(f"/rounds/{scene.round.id}/runs/new", data={"policy": "first", "minutes": "10"})
    look_again()
    return session.scalars(select(RunFigures)).one()


def test_a_run_keeps_its_numbers_and_those_of_a_random_order(full_scene, sign_in, session, look_again):
    full_scene.request(ranked=[full_scene.openings[0]])
    figures = started(sign_in, full_scene, session, look_again)
    assert (figures.learners, figures.placed, figures.could_have_first, figures.first_choices) == (4, 2, 1, 1)
    assert (figures.off_list, figures.pinned, figures.is_proved) == (1, 0, True)
    both = {name: Numbers.read(kept) for name, kept in figures.details.items()}
    assert both["run"].score_sum == figures.score_sum
    assert (both["random_order"].placed, both["random_order"].learners) == (2, 4)


def test_a_pin_is_counted_and_kept_by_the_random_order_too(full_scene, sign_in, session, look_again):
    wish, opening = full_scene.requests[2], full_scene.openings[1]
    given = {"author_id": full_scene.coordinator.id, "created_at": full_scene.build.now}
    full_scene.build.add(Pin(round_id=full_scene.round.id, request=wish, opening=opening, reason="Agreed", **given))
    figures = started(sign_in, full_scene, session, look_again)
    assert figures.pinned == 1


def test_a_first_choice_that_is_not_possible_is_no_first_choice_that_could_have_been(scene, session):
    taken, free = scene.opening(places=0), scene.opening()
    able, unable = scene.request(ranked=[free, taken]), scene.request(ranked=[taken, free])
    scene.request()
    entrants = entrants_of(session, snapshot_of(session, scene.round, ["placed", "lottery"], "1", scene.build.today))
    assert entrants.could == [f"R{able.id}"]
    assert {f"R{able.id}", f"R{unable.id}"} < set(entrants.requests)


@pytest.mark.parametrize("networks", [1, 2])
def test_the_region_is_the_employers_or_the_only_network_that_she_can_go_to(scene, session, networks):
    build = scene.build
    known = build.learner(Profession.DOCTOR)
    known.learner_profile.employer = build.organisation(build.network("South East"))
    others = [build.network("Wessex") for _ in range(networks - 1)]
    wishes = [
        build.request(learner, networks=[scene.network, *others], round_id=scene.round.id)
        for learner in (known, build.learner())
    ]
    entrants = entrants_of(session, snapshot_of(session, scene.round, ["placed", "lottery"], "1", build.today))
    labels = {kind: {one.request: one.label for one in entrants.members[kind]} for kind in KINDS}
    first, second = (f"R{wish.id}" for wish in wishes)
    assert labels["profession"] == {first: "Doctor", second: "Nurse"}
    assert labels[REGION] == {first: "South East", second: "North West" if networks == 1 else NOT_KNOWN}
    assert labels[UNIVERSITY][first] == wishes[0].module.programme.provider.name


def test_nothing_is_kept_of_a_random_order_that_would_break_a_limit(
    full_scene, sign_in, session, look_again, monkeypatch
):
    monkeypatch.setattr(matching, "random_order", lambda *given: None)
    figures = started(sign_in, full_scene, session, look_again)
    assert figures.details["random_order"] is None
