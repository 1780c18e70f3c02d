"""One list of who is at risk for lead, supervisor and coordinator, on which a reason is put aside for all three."""

from datetime import timedelta

import pytest

from app.models.people import Role
from app.rules.course.risks import Risk
from tests.app.studies.filling_in import day
from tests.screen import shown

HELP = {"coordinator": "Say what comes next", "lead": "See the record", "supervisor": "See the record"}
REASON = "The learner asks to pause from 13 March 2026."


@pytest.mark.parametrize("who", HELP)
def test_whoever_watches_sees_the_reason_and_what_helps(sign_in, session, request, placement, who):
    reader = request.getfixturevalue(who)
    session.commit()
    browser = sign_in(reader)
    page = shown(browser.get("/at-risk"))
    assert page.paragraphs[0].startswith("1 placement needs somebody")
    assert page.says(REASON)
    assert browser.get(page.link(f"{HELP[who]} of Robin Learner: {REASON}")).status_code == 200


def test_a_reason_put_aside_by_one_is_out_of_sight_for_all_until_had_back(
    sign_in, session, placement, coordinator, lead, supervisor, today
):
    session.commit()
    path = f"/at-risk/{placement.id}/ASKS_TO_PAUSE"
    said = {**day("until_on", today + timedelta(days=9)), "words": "They meet on Monday."}
    browser = sign_in(supervisor)
    assert browser.post(path, data={**said, **day("until_on", today + timedelta(days=91))}).status_code == 422
    assert browser.post(path, data={**said, "words": ""}).status_code == 422
    assert shown(browser.get("/")).says("See how Robin Learner is getting on")
    assert browser.post(path, data=said).status_code == 303
    assert browser.post(path, data=said).status_code == 409
    assert not shown(browser.get("/")).says("See how Robin Learner is getting on")
    for reader in (coordinator, lead):
        other = sign_in(reader)
        assert not shown(other.get("/at-risk")).says("Robin Learner")
        aside = shown(other.get("/at-risk?aside=1"))
        assert aside.says("Put aside by Sam Supervisor until 12 March 2026: They meet on Monday.")
    assert sign_in(lead).post(f"{path}/back").status_code == 303
    assert shown(sign_in(coordinator).get("/at-risk")).says("Robin Learner")
    assert sign_in(lead).post(f"{path}/back").status_code == 409


def test_a_reason_that_is_gone_cannot_be_put_aside(sign_in, session, placement, lead, today):
    session.commit()
    path = f"/at-risk/{placement.id}/MENTOR_LEAVES"
    browser = sign_in(lead)
    assert browser.get(path).status_code == 303
    said = {**day("until_on", today + timedelta(days=9)), "words": "They meet on Monday."}
    assert browser.post(path, data=said).status_code == 409
    assert browser.get(f"/at-risk/{placement.id}/NOTHING").status_code == 404


def test_the_list_needs_as_many_queries_for_many_as_for_two(sign_in, build, session, queries, of_university):
    counts = []
    for number in (2, 8):
        network = build.network()
        reader = build.coordinator(network)
        for _ in range(number):
            made = build.placement()
            made.opening.network = network
            build.wish(made, made.learner)
            build.grant(reader, Role.PROGRAMME_LEAD, provider=made.module.programme.provider)
            build.put_aside(build.placement(), Risk.ASKS_TO_PAUSE, reader)
        browser = sign_in(reader)
        with queries() as statements:
            assert browser.get("/at-risk").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
