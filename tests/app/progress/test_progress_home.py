"""What the home page of a university's people says, and what its lists cost."""

from datetime import timedelta

import pytest

from app.models.people import Role
from tests.app.progress.records import placed, workplace_hours
from tests.screen import shown

MODULE, OUTCOME, DECIDED_ON = "Which module?", "What did the university decide?", "When was it decided?"
RECORD = "Record a credit decision"
NEVER_MET = "No session for 14 weeks. There has been none yet."


@pytest.mark.parametrize(
    ("at_risk", "more"), [(5, []), (6, ["See 1 more learner at risk"]), (7, ["See 2 more learners at risk"])]
)
def test_home_names_learners_at_risk_with_the_reason(sign_in, build, supervisor, university, today, at_risk, more):
    for number in range(at_risk):
        placed(build, f"Late Learner {number}", today - timedelta(days=100), university)
    late = shown(sign_in(supervisor).get("/"))
    named = [f"See how Late Learner {number} is getting on" for number in range(5)]
    assert late.texts("ol > li > a") == [*named, *more]
    assert late.item(named[0]).paragraphs[0].startswith(NEVER_MET)
    assert late.section("How things stand").items == [
        f"{at_risk} learners, {at_risk} in a placement {at_risk} of them at risk."
    ]


def test_home_leads_to_the_list_of_learners_at_risk_and_of_all(sign_in, build, supervisor, university, today):
    for number in range(6):
        placed(build, f"Late Learner {number}", today - timedelta(days=100), university)
    page = shown(sign_in(supervisor).get("/"))
    assert page.link("See 1 more learner at risk") == "/progress?risk=1"
    assert page.link("6 learners, 6 in a placement") == "/progress"


def test_home_counts_learners_and_those_in_a_placement(sign_in, build, supervisor, university, enrolment, today):
    workplace_hours(build, placed(build, "Fine Learner", today, university), today, 90)
    placed(build, "Not Begun", today + timedelta(days=1), university)
    [standing] = shown(sign_in(supervisor).get("/")).section("How things stand").items
    assert standing == "3 learners, 1 in a placement Nobody is at risk today."


@pytest.mark.parametrize("page", ["/progress", "/progress.csv", "/"])
def test_the_list_needs_as_many_queries_for_many_learners_as_for_two(sign_in, build, queries, today, page):
    counts = []
    for number in (2, 8):
        provider = build.provider()
        reader = build.person()
        build.grant(reader, Role.ACADEMIC_SUPERVISOR, provider=provider)
        for n in range(number):
            placement = placed(build, f"Learner {n}", today - timedelta(days=100), provider)
            workplace_hours(build, placement, today, 60)
        browser = sign_in(reader)
        with queries() as statements:
            assert browser.get(page).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
