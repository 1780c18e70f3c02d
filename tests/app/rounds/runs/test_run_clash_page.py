"""A run that cannot be: the smallest clash, with "or" between the ways out, each with where it is mended."""

import pytest
from sqlalchemy import select

from app.models.runs import Pin, PinKind, Run, RunState, UnplacedRequest
from app.rounds.runs.clash import clash_in, facts_of
from matching import ClashItem, Infeasible, LimitKind, Release
from tests.screen import shown


@pytest.fixture
def clashing(scene, session, sign_in, look_again):
    """Two learners pinned to a mentor who can take one more."""
    mentor = scene.build.mentor(name="Dr Busy", learners_max=1)
    for name in ("Ann One", "Ben Two"):
        pin = Pin(
            round_id=scene.round.id,
            request=scene.request(learner=scene.build.learner(name=name)),
            opening=scene.opening(mentor=mentor, study=scene.build.study(f"Study of {name}")),
            kind=PinKind.AGREED_BEFORE,
            reason="They agreed.",
            author=scene.coordinator,
            created_at=scene.build.now,
        )
        scene.build.add(pin)
    session.commit()
    browser = sign_in(scene.coordinator)
    browser.post(f"/rounds/{scene.round.id}/runs/new", data={"policy": "fit", "minutes": "10"})
    look_again()
    scene.run = session.scalars(select(Run)).one()
    return scene


def test_each_way_out_leads_to_where_it_is_mended(clashing, sign_in):
    assert clashing.run.state is RunState.CLASH
    page = shown(sign_in(clashing.coordinator).get(f"/runs/{clashing.run.id}"))
    assert "These cannot all hold together:" in page.paragraphs
    assert "Any one of these would resolve it:" in page.paragraphs
    assert "Dr Busy can take at most 1 more learner" in page.items
    ways = [item for item in page.items if item.startswith(("Lift", "Let"))]
    assert len(ways) == 3
    assert [way.endswith("or") for way in ways] == [True, True, False]
    [busy] = [way for way in ways if way.startswith("Let Dr Busy")]
    assert "Only Dr Busy can change this" in busy
    assert page.link(clashing.openings[0].mentor.email) == f"mailto:{clashing.openings[0].mentor.email}"
    assert ["Go to the pins" in way for way in ways].count(True) == 2


def test_a_minimum_that_cannot_be_reached_leads_to_the_study_that_can_lower_it(scene, session, sign_in, look_again):
    study = scene.build.study("Falls", learner_minimum=3)
    scene.opening(study=study, places=2)
    for _ in range(3):
        scene.request()
    session.commit()
    browser = sign_in(scene.coordinator)
    browser.post(f"/rounds/{scene.round.id}/runs/new", data={"policy": "fit", "minutes": "10"})
    look_again()
    run = session.scalars(select(Run)).one()
    assert run.state is RunState.CLASH
    page = shown(browser.get(f"/runs/{run.id}"))
    assert "“Falls” must have at least 3 more learners" in page.items
    ways = [item for item in page.items if item.startswith("Let “Falls”")]
    assert ways
    assert all("Go to the study" in way for way in ways)
    assert page.link("Go to the study") == f"/studies/{study.id}"
    study.learner_minimum = 2
    session.commit()
    browser.post(f"/rounds/{scene.round.id}/runs/new", data={"policy": "fit", "minutes": "10"})
    look_again()
    later = session.scalars(select(Run).where(Run.id != run.id)).one()
    assert (later.state, later.outcome["placed"]) == (RunState.SOLVED, 2)


def test_who_alone_would_be_a_group_that_is_too_small_reads_that(scene, session, sign_in, look_again):
    scene.opening(study=scene.build.study("Falls", minimum_if_used=2), places=2)
    scene.request()
    session.commit()
    browser = sign_in(scene.coordinator)
    browser.post(f"/rounds/{scene.round.id}/runs/new", data={"policy": "fit", "minutes": "10"})
    look_again()
    told = session.scalars(select(UnplacedRequest)).one()
    assert told.reason == "The only opening that fits you was filled, or would start only with more learners."


def test_a_clash_that_was_kept_before_clashes_were_facts_is_told_as_it_was(clashing, sign_in, session):
    clashing.run.clash = None
    session.commit()
    page = shown(sign_in(clashing.coordinator).get(f"/runs/{clashing.run.id}"))
    assert "Dr Busy can take at most 1 more learner." in page.paragraphs


def test_the_facts_of_a_clash_are_read_as_they_were_written():
    pin, limit = (
        ClashItem(LimitKind.PIN, ("pin", "R1", "M1", "S1"), 1, "agreed"),
        ClashItem(LimitKind.HOURS, ("mentor", "M1"), 4),
    )
    clash = Infeasible((pin, limit), ((Release(pin, 0),), (Release(limit, 9), Release(pin, 0))))
    read = clash_in(facts_of(clash))
    assert (read.clash, read.remedies) == (clash.clash, clash.remedies)
