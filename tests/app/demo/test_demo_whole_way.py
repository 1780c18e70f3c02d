"""The demo plays a whole way through three universities, by the deeds of their pages, and says what came of it."""

from datetime import date

import pytest
from sqlalchemy import func, select

from app.demo.happened import about_ways
from app.demo.playing.accounts import address_of
from app.demo.playing.whole_way.scene import GRADUATE, KINGS, NEWCASTLE, SHEFFIELD
from app.demo.playing.whole_way.story import LEADING, LEADING_THERE, NAME, play_whole_way
from app.demo.whole_way import about_whole_ways
from app.models.operations.audit import AuditLine
from app.models.people import Person, Role
from app.models.programmes import Provider
from app.platform.occasion import Occasion
from app.programmes.importing import take_in
from app.programmes.shipping import shipped_programmes
from tests.screen import shown


@pytest.fixture
def played(app, session, build, today, now, look_again):
    """The way as it is once all of it was played, at universities with a lead and a supervisor each."""
    take_in(session, shipped_programmes(), Occasion(None, today, now, ""))
    for university in (NEWCASTLE, KINGS, SHEFFIELD):
        provider = session.scalars(select(Provider).where(Provider.name == university)).one()
        for role in (Role.PROGRAMME_LEAD, Role.ACADEMIC_SUPERVISOR):
            build.grant(build.person(), role, provider=provider)
    build.study(title="Early walking after hip fracture")
    session.commit()
    with app.test_request_context():
        play_whole_way(app)
    look_again()


def test_what_came_of_it_is_said_in_two_lines(app, session, played, today):
    with app.test_request_context():
        credits_held, dissertation = about_whole_ways(session)
    assert credits_held.startswith(
        f"  {NAME} has 180 credits: PGCert at {NEWCASTLE}, PGDip at {SHEFFIELD} and MSc at {KINGS}. See http"
    )
    assert credits_held.endswith("/my-transcript")
    assert "on “Early walking after hip fracture”: “What helps people on a ward" in dissertation
    assert f"{GRADUATE}@demo.example reads both." in dissertation
    assert list(about_ways(session, today)) == [], "she is not away, and nobody has to answer her"
    assert list(about_ways(session, date(2024, 2, 1))) == ["  1 learner has stepped out of a programme for a time"]


def test_she_reads_her_transcript_and_her_dissertation(session, played, sign_in):
    browser = sign_in(session.scalars(select(Person).where(Person.email == address_of(GRADUATE))).one())
    page = shown(browser.get("/my-transcript"))
    assert page.says("180 credits in all. Complete: PGCert, PGDip and MSc.")
    assert page.row(LEADING)["What counts"] == "15 credits earned, counting in another level"
    at_sheffield = page.table("Modules of Postgraduate Diploma in clinical research")
    assert at_sheffield.row(LEADING_THERE)["What counts"] == "15 credits recognised"
    assert shown(browser.get("/my-dissertation")).says("What helps people on a ward decide about joining a study")
    assert browser.get("/").status_code == 200


def test_each_of_its_deeds_has_its_line_in_the_audit_trail(session, played):
    deeds = dict(session.execute(select(AuditLine.deed, func.count()).group_by(AuditLine.deed)).all())
    assert deeds["enrolled a learner"] == 4
    assert deeds["transferred elsewhere"] == deeds["stepped out of a programme"] == 1
    assert deeds["completed a programme"] == 3
    assert deeds["sent a proposal"] == deeds["agreed to a proposal"] == 1
