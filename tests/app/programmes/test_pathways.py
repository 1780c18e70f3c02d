"""Everybody reads the pathways, and learners begin the version of their day."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.programmes import Enrolment, Level, ModuleKind
from app.rules.of_learners.modules import rpe_modules_of
from app.rules.programmes.standing import begun_on
from tests.screen import shown


def test_pathways_say_levels_modules_credits_hours_and_mark_what_is_to_confirm(client, build, session):
    version = build.programme_version(build.programme(build.provider("University of Somewhere"), Level.PGDIP))
    version.entry_rules, version.fees_address = "For nurses.", "https://fees.example"
    version.parts[0].lines[1].are_credits_to_confirm = True
    session.commit()
    page = shown(client.get("/pathways"))
    assert page.headings == ["Pathways", "Postgraduate Certificate", "Postgraduate Diploma", "Master’s"]
    row = page.row("University of Somewhere")
    assert row.items == [
        "Research Practice Experience, 15 credits, 150 hours",
        "Online module 1, 15 credits, 150 hours To confirm: credits",
        "Online module 2, 15 credits, 150 hours",
        "Online module 3, 15 credits, 150 hours",
    ]
    assert row["Who may apply"] == "For nurses. Credit for prior learning: To confirm"
    assert row["Programme"].endswith("60 credits and 600 hours in all, whatever you choose. As of 2025/26")
    assert row["Fees and bursaries"].endswith("Bursaries: To confirm")
    assert shown(client.get("/")).link("The pathways") == "/pathways"


def test_queries_of_the_pathways_do_not_grow_with_the_programmes(client, build, session, queries):
    def count():
        session.commit()
        with queries() as statements:
            assert client.get("/pathways").status_code == 200
        return len(statements)

    build.cohort(build.programme_version())
    few = count()
    for _ in range(4):
        build.cohort(build.programme_version())
    assert count() == few


@pytest.mark.parametrize(
    ("starts_after_days", "cohort"), [(-400, ""), (-200, "First"), (0, "Second"), (100, "Second"), (800, "")]
)
def test_who_begins_on_a_day_is_on_the_version_of_that_cohort(build, today, starts_after_days, cohort):
    programme = build.programme()
    first = build.programme_version(programme, academic_year=2024)
    second = build.programme_version(programme, academic_year=2025)
    build.programme_version(programme, academic_year=2024, published_at=None)
    build.cohort(first, name="First", starts_on=today - timedelta(days=250))
    build.cohort(second, name="Second", starts_on=today - timedelta(days=20))
    version, joined = begun_on(programme, today + timedelta(days=starts_after_days))
    assert (joined.name if joined else "") == cohort
    assert version is (first if starts_after_days < 0 else second)


def test_a_learner_looks_for_modules_of_her_own_version_only(build, session):
    learner, programme = build.learner(), build.programme()
    version = build.programme_version(programme)
    enrolment = build.enrolment(learner, programme)
    enrolment.version = version
    session.flush()
    assert [one.kind for one in rpe_modules_of(session, learner)] == [ModuleKind.RPE]
    version.parts[0].lines.pop(0)
    session.flush()
    assert rpe_modules_of(session, learner) == []
    assert session.scalars(select(Enrolment)).one().modules == programme.modules[1:]


def test_nobody_begins_what_is_not_published(build):
    version = build.programme_version(published_at=None)
    assert begun_on(version.programme, build.today) == (None, None)
