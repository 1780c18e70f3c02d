"""The board of a lead: each cohort with who is where, hours from week to week, filters in the address, and a file."""

import csv
import io
from datetime import timedelta

import pytest

from app.models.hours import HoursState
from app.models.placements import OfferState
from app.models.programmes import Enrolment
from app.models.requests import RequestState
from tests.screen import shown

DAY = timedelta(days=1)


@pytest.fixture
def everywhere(build, session, programme, today):
    """One learner in each place, all of the autumn but the last, who is of the spring."""

    def enrolled(name, cohort="Autumn"):
        learner = build.learner(name=name)
        build.enrolment(learner, programme).cohort = cohort
        return learner

    def placed(name, **given):
        made = build.placement(build.learner(name=name), **given)
        own = session.query(Enrolment).filter_by(learner_id=made.learner_id).one()
        own.programme, own.cohort, made.module = programme, "Autumn", programme.modules[0]
        made.offer.request.module = programme.modules[0]
        return made

    runs = placed("Rae Runs")
    placed("Bo Begins", starts_on=today + 9 * DAY)
    placed("Ola Over", starts_on=today - 90 * DAY, ends_on=today - DAY)
    offered, waiting = enrolled("Opal Offered"), enrolled("Wes Waits")
    opening = build.opening()
    request = build.request(offered, [opening.network], programme.modules[0])
    build.offer(request, opening, state=OfferState.WAITING)
    build.request(waiting, [opening.network], programme.modules[0]).state = RequestState.SUBMITTED
    enrolled("Nia Not", "Spring")
    build.entry(runs, state=HoursState.SUBMITTED, worked_on=today - DAY, minutes=180)
    session.commit()


PLACES = {
    "Bo Begins": "Placement is to begin",
    "Nia Not": "Has not asked for a place",
    "Ola Over": "Placement is over",
    "Opal Offered": "Has an offer to answer",
    "Rae Runs": "In a placement",
    "Wes Waits": "Waits for a place",
}


def test_the_board_says_who_is_where_and_counts_each_cohort(sign_in, everywhere, lead, programme):
    page = shown(sign_in(lead).get("/cohorts"))
    learners = page.table("Learners and where they are")
    assert {name: learners.row(name)["Place"] for name in PLACES} == PLACES
    counted = page.table("Cohorts, and how many of each are where")
    autumn = counted.row(f"{programme.title}, Autumn")
    assert autumn["Learners"] == "5"
    assert [autumn[place] for place in PLACES.values()] == ["1", "0", "1", "1", "1", "1"]
    assert page.says("These learners logged 3 hours in the last 12 weeks")


def test_its_filters_stand_in_the_address_and_in_the_file(sign_in, everywhere, lead):
    browser = sign_in(lead)
    narrowed = shown(browser.get("/cohorts?cohort=Autumn&place=RUNS"))
    assert narrowed.table("Learners and where they are").rows == ["Rae Runs"]
    file = browser.get(narrowed.link("Download this list (CSV)"))
    [row] = csv.DictReader(io.StringIO(file.text.removeprefix("\ufeff")))
    assert (row["Learner"], row["Cohort"], row["Place"]) == ("Rae Runs", "Autumn", "in a placement")
    assert shown(browser.get("/cohorts?q=nobody")).says("No learner fits that.")


def test_only_leads_see_it_and_only_their_own(sign_in, build, everywhere, supervisor, session):
    assert sign_in(supervisor).get("/cohorts").status_code == 403


def test_it_asks_as_often_for_many_learners_as_for_two(sign_in, build, session, queries, lead, programme):
    counts = []
    for more in (2, 12):
        for number in range(more):
            build.enrolment(build.learner(), programme).cohort = f"Cohort {more} {number}"
        session.commit()
        browser = sign_in(lead)
        with queries() as statements:
            assert browser.get("/cohorts").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
