"""What stays valid when a placement is agreed, or goes on with another mentor, at another study, or elsewhere."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.course.readiness import Need, NeedKind, NeedState, ReadinessRule
from app.models.placements import Cause
from app.models.values.access_papers import Employment
from app.platform.lifecycle import Party
from app.promises.course.going_on import Onward, go_on
from app.promises.course.needs import begin_needs
from app.rules.readiness.missing import missing_on, needs_of
from tests.app.studies.filling_in import day
from tests.screen import shown

DAY = timedelta(days=1)
K = NeedKind


def moved(session, placement, opening, by, coordinator, today):
    onward = Onward(opening, today + 30 * DAY, today + 200 * DAY, Cause.MENTOR_LEAVES, "She leaves.")
    return go_on(session, by(coordinator), placement, onward, Party.COORDINATOR)


@pytest.mark.parametrize(
    ("same_study", "same_site", "missing"),
    [
        (True, True, set()),
        (True, False, {K.ACCESS, K.DELEGATION}),
        (False, True, {K.DELEGATION}),
        (False, False, {K.ACCESS, K.DELEGATION}),
    ],
)
def test_what_goes_with_the_learner_the_site_or_the_study_stays(
    session, build, placement, needs, all_in_place, by, coordinator, today, same_study, same_site, missing
):
    opening = build.opening(
        study=placement.opening.study if same_study else None,
        organisation=placement.opening.organisation if same_site else build.organisation(),
    )
    after = moved(session, placement, opening, by, coordinator, today)
    assert set(missing_on(needs_of(session, after), after.starts_on)) == missing
    assert missing_on(needs_of(session, placement), today) == []


def test_an_exception_holds_for_the_place_that_it_was_made_for(
    session, build, placement, needs, all_in_place, by, coordinator, today
):
    all_in_place[K.RELEASE].is_exception = True
    after = moved(session, placement, build.opening(), by, coordinator, today)
    assert K.RELEASE in missing_on(needs_of(session, after), after.starts_on)


def test_training_counts_as_long_as_the_next_site_says(
    session, build, placement, needs, all_in_place, by, coordinator, today
):
    opening = build.opening(organisation=build.organisation())
    build.add(
        ReadinessRule(
            organisation=opening.organisation,
            gcp_months=12,
            access_days=1,
            release_days=2,
            gcp_days=3,
            delegation_days=4,
            set_by=coordinator,
            set_at=build.now,
        )
    )
    all_in_place[K.GCP].from_on = today - 340 * DAY
    after = moved(session, placement, opening, by, coordinator, today)
    of_training = next(need for need in needs_of(session, after) if need.kind is K.GCP)
    assert (of_training.holds_on(today), of_training.holds_on(after.starts_on)) == (True, False)
    due = {need.kind: need.due_on.isoformat() for need in needs_of(session, after)}
    assert due == {K.ACCESS: "2026-04-01", K.RELEASE: "2026-03-31", K.GCP: "2026-03-30", K.DELEGATION: "2026-03-27"}


def test_a_placement_agreed_before_there_were_lists_gets_one_only_elsewhere(
    session, build, placement, by, coordinator, today
):
    same = build.opening(study=placement.opening.study, organisation=placement.opening.organisation)
    assert needs_of(session, moved(session, placement, same, by, coordinator, today)) == []
    other = build.placement()
    assert len(needs_of(session, moved(session, other, build.opening(), by, coordinator, today))) == 4


def test_training_that_was_seen_before_need_not_be_entered_again(session, build, placement, all_in_place, by):
    later = build.placement(placement.learner)
    begin_needs(session, later, by(placement.learner))
    assert K.GCP not in missing_on(needs_of(session, later), later.starts_on)
    stranger = build.placement()
    begin_needs(session, stranger, by(stranger.learner))
    assert K.GCP in missing_on(needs_of(session, stranger), stranger.starts_on)


def test_whoever_accepts_has_a_list_and_the_employer_of_her_profile_is_known(sign_in, build, session, look_again):
    offer = build.offer()
    offer.request.learner.learner_profile.employer_name = "Another NHS Foundation Trust"
    build.session.flush()
    offer_id = offer.id
    learner = offer.request.learner
    assert sign_in(learner).post(f"/offers/{offer_id}/accept").status_code == 303
    look_again()
    needs = session.scalars(select(Need)).all()
    assert {need.kind for need in needs} == set(NeedKind)
    access = next(need for need in needs if need.kind is K.ACCESS)
    assert (access.employment, access.state) == (Employment.NHS, NeedState.NEEDED)


def test_papers_are_renewed_until_the_last_day_before_the_move(
    app, session, build, sign_in, placement, needs, all_in_place, by, coordinator, today, now
):
    placement.starts_on = today - 60 * DAY
    moved(session, placement, build.opening(), by, coordinator, today)
    session.commit()
    address, newer = f"/before-start/{needs[K.GCP].id}", day("from_on", today - DAY)
    browser = sign_in(coordinator)
    assert shown(browser.get(address)).link("Enter a newer one") == f"{address}/enter"
    assert browser.post(f"{address}/enter", data=newer).status_code == 303
    app.config["NOW"] = lambda: now + 31 * DAY
    browser = sign_in(coordinator)
    page = shown(browser.get(address))
    assert page.says("The learner goes on elsewhere")
    assert "Enter a newer one" not in page.links
    assert browser.post(f"{address}/enter", data=newer).status_code == 409
