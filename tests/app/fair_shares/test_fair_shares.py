"""Fair shares of a year: who asked, who was placed, by group, once, and nobody to be told from the numbers."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.fair_shares.counting import COMPLETED, OFFERED, PLACED, Fared
from app.fair_shares.jobs import publish_fair_shares
from app.fair_shares.words import compared
from app.language.dates_and_times import day_of
from app.models.evaluation.figures import PublishedFigures
from app.models.people import Role
from app.models.requests import RequestState
from app.models.values.backgrounds import EmployerKind, ResearchExperience
from app.models.values.registration import Profession
from app.rules.groups.published import EVERYBODY, Line
from tests.pages import own_form
from tests.screen import shown

IN_THE_YEAR = datetime(2024, 11, 4, 10, tzinfo=UTC)


@pytest.fixture
def asked(build, session):
    """Twelve nurses of whom six have a place, ten doctors of whom five have, and two midwives."""
    network = build.network("Wessex")
    first = day_of(IN_THE_YEAR) + timedelta(days=60)
    days = {"starts_on": first, "ends_on": first + timedelta(days=200), "agreed_at": IN_THE_YEAR}
    for profession, number, placed in (
        (Profession.NURSE, 12, 6),
        (Profession.DOCTOR, 10, 5),
        (Profession.MIDWIFE, 2, 1),
    ):
        for at in range(number):
            learner = build.learner(profession)
            if at < placed:
                build.placement(learner, **days).offer.request.submitted_at = IN_THE_YEAR
            else:
                build.request(learner, [network], submitted_at=IN_THE_YEAR)
    session.commit()


@pytest.fixture
def coordinator(build):
    return build.coordinator(build.network())


def test_small_groups_stand_with_others_and_a_share_is_compared(app, session, look_again, sign_in, coordinator, asked):
    session.commit()
    with app.app_context():
        publish_fair_shares()
        publish_fair_shares()
    look_again()
    assert sorted(session.scalars(select(PublishedFigures.year))) == [2023, 2024]
    browser = sign_in(coordinator)
    page = shown(browser.get("/fair-shares"))
    assert page.says("Everybody who asked in 2024/25")
    assert page.says("Others together")
    assert not page.says("Midwife")
    assert page.says("About the same as all")
    rows = list(csv.reader(io.StringIO(browser.get("/fair-shares.csv?year=2024").text)))
    assert not any("Midwife" in row for row in rows)
    [everybody] = (row[row.index("Everybody") :] for row in rows if "Everybody" in row)
    assert everybody[:7] == ["Everybody", "", "24", "not shown", "12", "not shown", "not shown"]
    assert shown(browser.get("/fair-shares?year=2023")).says("Fewer than five people asked for a place in 2023/24")
    assert browser.get("/fair-shares.csv?year=2023").status_code == 404


def test_before_anything_is_published_the_page_says_when(sign_in, session, coordinator):
    session.commit()
    browser = sign_in(coordinator)
    page = shown(browser.get("/fair-shares"))
    assert page.says("No year has been published here yet.")
    assert page.says("The next figures come out on 1 October 2026.")
    assert browser.get("/fair-shares.csv").status_code == 404


def test_who_was_placed_counts_once_and_as_offered():
    fared = Fared(offered={1, 2, 3}, placed={1, 2}, completed={1, 9}, credits={2})
    numbers = fared.numbers_of({1, 2, 3, 4})
    assert (numbers[EVERYBODY], numbers[PLACED], numbers[OFFERED], numbers[COMPLETED]) == (4, 2, 1, 1)


@pytest.mark.parametrize(
    ("placed", "words"),
    [(50, "about the same as all"), (20, "lower than all"), (80, "higher than all"), (None, "cannot be compared")],
)
def test_a_share_is_compared_in_words_beyond_chance(placed, words):
    assert compared(Line("nurses", {EVERYBODY: 100, PLACED: placed}), Line("", {EVERYBODY: 1000, PLACED: 500})) == words


def test_a_learner_may_say_what_kind_of_employer_she_has_or_not(session, look_again, sign_in, build):
    learner = build.learner()
    request = build.request(learner, [build.network()], state=RequestState.DRAFT)
    session.commit()
    browser = sign_in(learner)
    address = f"/request/{request.id}/job"
    data = {"job_title": "Nurse", "typed": "A hospice", "employer_kind": "INDEPENDENT", "experience": "NOT_SAID"}
    browser.post(address, data=data | {"made_from": own_form(address, browser.get(address)).fields["made_from"][0]})
    look_again()
    profile = session.get_one(type(learner), learner.id).learner_profile
    assert (profile.employer_kind, profile.research_experience) == (
        EmployerKind.INDEPENDENT,
        ResearchExperience.NOT_SAID,
    )
    page = shown(browser.get(address))
    assert page.field("What kind of employer is it? (optional)").value == "Charity, hospice or private provider"
    copy = json.loads(browser.get(f"/request/{request.id}/request.json").text)
    assert copy["learner"]["kind_of_employer"] == "charity, hospice or private provider"


@pytest.mark.parametrize("role", [Role.LEARNER, Role.MENTOR])
def test_learners_and_mentors_read_no_figures(sign_in, build, role):
    person = build.learner() if role is Role.LEARNER else build.mentor()
    build.session.commit()
    browser = sign_in(person)
    assert [browser.get(path).status_code for path in ("/fair-shares", "/evaluation")] == [403, 403]
