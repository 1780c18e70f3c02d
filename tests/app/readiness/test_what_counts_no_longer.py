"""What ends counts no longer than was said, and who mentors no longer has no say in it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.course.readiness import Cover, CoverState, Need, NeedKind
from app.models.people import Role
from tests.app.studies.filling_in import day
from tests.pages import form_to
from tests.screen import shown

DAY = timedelta(days=1)


@pytest.mark.parametrize("is_exception", [False, True])
def test_what_ran_out_is_made_no_longer_by_ending_it(
    sign_in, build, gcp, coordinator, session, look_again, today, is_exception
):
    lapsed = today - 9 * DAY
    cover_id = build.cover(gcp, until_on=lapsed, is_exception=is_exception).id
    browser, page = sign_in(coordinator), f"/before-start/entries/{cover_id}/end"
    assert form_to(page, browser.get(page)).fields["last_day-day"] == [str(lapsed.day)]
    answer = browser.post(page, data={"reason": "Withdrawn.", **day("last_day", today - DAY)})
    assert answer.status_code == 422
    assert "It counted until 22 February 2026" in shown(answer).complaint[1]
    assert browser.post(page, data={"reason": "Withdrawn.", **day("last_day", lapsed - DAY)}).status_code == 303
    look_again()
    cover = session.get(Cover, cover_id)
    assert (cover.state, cover.until_on) == (CoverState.ENDED, lapsed - DAY)


@pytest.mark.parametrize("begins_in_days", [-5, 0, 5])
def test_another_paper_counts_no_longer_also_where_it_was_to_begin_later(
    sign_in, build, placement, needs, session, look_again, today, begins_in_days
):
    need = needs[NeedKind.ACCESS]
    build.cover(need, from_on=today + begins_in_days * DAY)
    need_id, starts_on = need.id, placement.starts_on
    answer = sign_in(placement.mentor).post(
        f"/before-start/{need_id}/paper", data={"employment": "OTHER", "bears_on_care": "yes"}
    )
    assert answer.status_code == 303
    look_again()
    need = session.get(Need, need_id)
    assert not need.holds_on(today)
    assert not need.holds_on(starts_on)


def test_who_mentors_no_longer_neither_reads_nor_enters_nor_checks_anything(
    sign_in, build, placement, gcp, session, today, now
):
    """She is a learner herself by now, and so has the pages of learners."""
    waits = build.cover(gcp, state=CoverState.TO_CHECK, reference="Certificate 17")
    need_id, cover_id, placement_id, mentor = gcp.id, waits.id, placement.id, placement.mentor
    build.grant(mentor, Role.LEARNER)
    for grant in mentor.grants:
        if grant.role is Role.MENTOR:
            grant.ended_at = now
    session.commit()
    browser = sign_in(mentor)
    assert browser.get(f"/before-start/{need_id}").status_code == 404
    assert browser.get(f"/placements/{placement_id}/before-start").status_code == 404
    assert browser.post(f"/before-start/{need_id}/enter", data=day("from_on", today)).status_code == 404
    assert browser.post(f"/before-start/entries/{cover_id}/check").status_code in (403, 404)
    assert not any("good clinical practice" in words for words in shown(browser.get("/")).texts("main"))
    assert session.scalars(select(Cover.state)).all() == [CoverState.TO_CHECK]
