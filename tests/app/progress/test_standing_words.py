"""How a learner of a university stands: the tag of her placement on its days, and who comes first in the list."""

from datetime import date, timedelta

import pytest

from app.models.people import Person
from app.models.placements import PlacementState
from app.models.programmes import CREDITS_A_LEVEL, Enrolment, Module, ModuleKind, Programme
from app.progress.credit import Held
from app.progress.standing import LearnerStanding
from app.rules.enrolments.standing import Way
from app.rules.record_totals import Summary
from tests.app.progress.records import placed
from tests.screen import shown

DAYS = timedelta(days=1)


def standing(name="Robin Learner", placements=(), risks=(), programme=None):
    enrolment = Enrolment(programme=programme, programme_id=programme.id if programme else None)
    return LearnerStanding(enrolment, Person(name=name), placements, Summary(), Held(), risks, Way(date(2026, 3, 3)))


@pytest.mark.parametrize(
    ("starts", "ends", "state", "tag"),
    [
        (1, 100, PlacementState.ACTIVE, "not begun"),
        (0, 100, PlacementState.ACTIVE, "active"),
        (-100, 0, PlacementState.ACTIVE, "active"),
        (-100, -1, PlacementState.ACTIVE, "ended"),
        (-100, 100, PlacementState.ENDED, "ended"),
    ],
)
def test_the_latest_placement_is_tagged_by_its_days(build, today, starts, ends, state, tag):
    before = build.placement(state=PlacementState.ENDED)
    latest = build.placement(state=state, starts_on=today + starts * DAYS, ends_on=today + ends * DAYS)
    one = standing(placements=[before, latest])
    assert (one.placement, one.placement_state(today)) == (latest, tag)


def test_without_a_placement_there_is_none_yet(today):
    assert (standing().placement, standing().placement_state(today)) == (None, "none yet")


def test_the_hours_are_those_of_the_module_of_the_experience():
    taught = Module(title="Online", credits=30, kind=ModuleKind.TAUGHT)
    rpe = Module(title="RPE", credits=15, kind=ModuleKind.RPE)
    assert standing(programme=Programme(modules=[taught, rpe])).module_hours == rpe.hours == 150
    assert standing(programme=Programme(modules=[taught])).module_hours == 0
    assert standing(programme=Programme()).level_credits == CREDITS_A_LEVEL == 60


def test_whoever_is_at_risk_comes_first_and_then_the_names(sign_in, build, supervisor, university, today):
    for name, days in (("bea", 1), ("Cyd", 100), ("Ada", 1), ("adam", 100)):
        placed(build, name, today - days * DAYS, university)
    page = shown(sign_in(supervisor).get("/progress"))
    assert [name.removesuffix(" PGCert") for name in page.rows] == ["adam", "Cyd", "Ada", "bea"]
    assert [bool(page.row(name)["At risk because"]) for name in page.rows] == [True, True, False, False]


@pytest.mark.parametrize(
    ("q", "programme", "risk", "names"),
    [
        ("", "", "", ["Bea", "Ada", "Badr"]),
        ("B", "", "", ["Bea", "Badr"]),
        ("AD", "", "", ["Ada", "Badr"]),
        ("", "first", "", ["Ada"]),
        ("", "second", "", ["Bea", "Badr"]),
        ("", "", "1", ["Bea"]),
        ("ad", "second", "", ["Badr"]),
        ("ad", "second", "1", []),
    ],
)
def test_the_list_keeps_whoever_has_all_that_is_asked(
    sign_in, build, supervisor, university, today, q, programme, risk, names
):
    first, second = build.programme(university), build.programme(university)
    build.enrolment(build.learner(name="Ada"), first)
    build.enrolment(build.learner(name="Badr"), second)
    late = build.placement(build.learner(name="Bea"), starts_on=today - 100 * DAYS)
    late.module = second.modules[0]
    build.enrolment(late.learner, second)
    asked = {"q": q, "programme": {"": "", "first": first.id, "second": second.id}[programme], "risk": risk}
    page = shown(sign_in(supervisor).get("/progress", query_string=asked))
    assert [name.removesuffix(" PGCert") for name in page.rows] == names
