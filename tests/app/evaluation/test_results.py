"""Results of a year come out once, never change, and show no small number; words are read by an editor first."""

import csv
import io
from datetime import date

import pytest
from sqlalchemy import func, select

from app.evaluation.results.jobs import publish_results
from app.models.evaluation.askings import Survey
from app.models.evaluation.figures import PublishedFigures
from app.models.evaluation.replies import FreeWords, Reply, Wording, WordsStanding
from app.models.programmes import Level
from app.rules.evaluation.years import ANSWER_WITHIN, first_day_of, published_on, years_out
from tests.pages import form_to
from tests.screen import shown

YEAR = 2024  # the latest whose results are out
MARKS = ("induction", "supervision", "workload", "facilities", "teamwork", "learning", "culture", "safety", "behaviour")


@pytest.fixture
def year_of_answers(build, session):
    """Thirty people asked on two levels of two universities, of whom most answered."""
    for level, name, asked, answered, agreed in (
        (Level.PGCERT, "Abbey", 15, 12, 6),
        (Level.PGDIP, "Bridge", 14, 11, 5),
        (Level.MSC, "Castle", 2, 1, 1),
    ):
        programme = build.programme(build.provider(name), level)
        for at in range(asked):
            enrolment = build.enrolment(build.learner(), programme)
            build.asking(enrolment, year=YEAR, is_settled=True)
            if at < answered:
                said = {f"{one}/1": "agree" if at < agreed else "disagree" for one in MARKS}
                build.add(
                    Reply(
                        survey=Survey.PLACEMENT, level=level, provider_id=programme.provider_id, year=YEAR, answers=said
                    )
                )
    session.commit()


@pytest.fixture
def publish(app, look_again):
    def published():
        with app.app_context():
            publish_results()
        look_again()

    return published


def test_every_answer_has_come_before_its_year_is_published():
    for year in range(2020, 2040):
        last_day = date(year + 1, 7, 31)
        assert first_day_of(year + 1) > last_day
        assert last_day + ANSWER_WITHIN < published_on(year)
    assert years_out(date(2026, 3, 3)) == [YEAR, YEAR - 1]
    assert years_out(date(2026, 9, 30)) == [2024, 2023]
    assert years_out(date(2026, 10, 1)) == [2025, 2024]


def test_a_year_is_published_once_and_what_comes_later_changes_nothing(session, build, year_of_answers, publish):
    publish()
    kept = session.scalars(select(PublishedFigures).where(PublishedFigures.content["whole"].is_not(None))).all()
    numbers = {one.id: dict(one.content) for one in kept}
    before = session.scalar(select(func.count()).select_from(PublishedFigures))
    build.asking(build.enrolment(build.learner()), year=YEAR)
    session.commit()
    publish()
    assert session.scalar(select(func.count()).select_from(PublishedFigures)) == before
    for one in session.scalars(select(PublishedFigures)):
        assert one.id not in numbers or numbers[one.id] == one.content


def test_the_page_shows_large_groups_and_the_others_together(session, sign_in, lead, year_of_answers, publish):
    publish()
    browser = sign_in(lead)
    front = shown(browser.get("/evaluation"))
    page = shown(browser.get(front.link("Learners after a placement")))
    assert page.says("31 people were asked in 2024/25.")
    assert page.says("24 (77%) answered.")
    assert page.says("Others together")
    assert not page.says("MSc"), "two people were asked"
    rows = list(csv.reader(io.StringIO(browser.get("/evaluation/results/placement.csv").text)))
    assert any("Others together" in row and "Asked" in row for row in rows)
    assert not any("MSc" in row for row in rows)
    assert shown(browser.get("/evaluation/results/before")).says("No year of this survey has been published yet")
    assert browser.get("/evaluation/results/before.csv").status_code == 404
    assert browser.get("/evaluation/results/anything").status_code == 404


def test_words_are_read_by_others_only_as_an_editor_lets_them(
    session, look_again, sign_in, build, administrator, lead, year_of_answers, publish
):
    shortened = build.free_words(year=YEAR, words="Dr Smith at Abbey was never there.")
    build.free_words(year=YEAR, words="Call me on Fridays.")
    session.commit()
    publish()
    reader = "/evaluation/results/placement"
    assert shown(sign_in(lead).get(reader)).says("There are none to read.")
    editor = sign_in(administrator)
    assert shown(editor.get("/")).link("Decide what readers see of 2 answers in people’s own words")
    address = f"/evaluation/words/{shortened.id}"
    page = shown(editor.get(address))
    assert page.field("What readers see").value == shortened.words
    made_from = form_to(f"{address}/show", editor.get(address)).fields["made_from"][0]
    given = {"shown": "My mentor was never there.", "made_from": made_from}
    editor.post(f"{address}/show", data=given)
    other = session.scalars(select(FreeWords).where(FreeWords.id != shortened.id)).one()
    complaint = shown(editor.post(f"/evaluation/words/{other.id}/hold-back", data={"reason": ""})).complaint
    assert complaint == ("Why?", "Enter why, in a few words")
    editor.post(f"/evaluation/words/{other.id}/hold-back", data={"reason": "It says who wrote."})
    page = shown(sign_in(lead).get(reader))
    assert page.says("My mentor was never there.")
    assert not page.says("Smith")
    assert not page.says("Fridays")
    look_again()
    assert session.get_one(FreeWords, other.id).state is WordsStanding.HELD_BACK


def test_a_question_in_other_words_is_asked_from_the_next_year_on(session, look_again, sign_in, build, administrator):
    asking = build.asking(build.enrolment(build.learner()))
    session.commit()
    editor = sign_in(administrator)
    old = "In my first weeks I was told what I needed to know to begin."
    same = shown(editor.post("/evaluation/questions/induction", data={"words": old}))
    assert same.says("These are the words in which it is asked already.")
    page = shown(
        editor.post("/evaluation/questions/induction", data={"words": "I had an induction."}, follow_redirects=True)
    )
    assert page.says("From 2026/27: I had an induction.")
    look_again()
    assert [(one.version, one.from_year) for one in session.scalars(select(Wording))] == [(2, 2026)]
    assert shown(sign_in(asking.person).get(f"/surveys/{asking.id}")).says(old)


def test_cohorts_are_shown_where_none_of_their_level_at_the_university_is_small(session, sign_in, build, lead, publish):
    for name, sizes in (("Abbey", (8, 9)), ("Bridge", (12, 3))):
        programme = build.programme(build.provider(name), Level.PGCERT)
        version = build.programme_version(programme)
        for at, size in enumerate(sizes):
            cohort = build.cohort(version, name=f"{name} {at}")
            for _ in range(size):
                enrolment = build.enrolment(build.learner(), programme)
                build.asking(enrolment, year=YEAR, is_settled=True, cohort_id=cohort.id)
    session.commit()
    publish()
    rows = list(csv.reader(io.StringIO(sign_in(lead).get("/evaluation/results/placement.csv").text)))
    asked = {(row[0], row[1]): row[4] for row in rows if row[2] == "Asked"}
    assert asked == {
        ("Everybody", ""): "32",
        ("Level", "PGCert"): "32",
        ("University, PGCert", "Abbey"): "17",
        ("University, PGCert", "Bridge"): "15",
        ("Cohort, PGCert at Abbey", "Abbey 0"): "8",
        ("Cohort, PGCert at Abbey", "Abbey 1"): "9",
    }
    page = shown(sign_in(lead).get("/evaluation/results/placement"))
    assert page.section("By cohort, PGCert at Abbey").says("Abbey 1")
    assert not page.says("Bridge 1")
