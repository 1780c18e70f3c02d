"""A file of programmes: shown first, then done as it was shown; what learners are on stays."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from app.models.people import Role
from app.models.programmes import Cohort, Programme, ProgrammeVersion
from app.platform.occasion import Occasion
from app.programmes.commands import programmes_group
from app.programmes.importing import Taken, plan_of, take_in
from app.programmes.queries import every_programme
from app.programmes.shipping import shipped_programmes
from app.rules.programmes.described import said_of_programme, said_of_version
from app.rules.programmes.writing import file_of
from tests.pages import form_to
from tests.screen import shown


@pytest.fixture
def occasion(today, now):
    return Occasion(None, today, now, "")


@pytest.fixture
def taken(session, occasion):
    """Take programmes in, and what it did."""

    def take(said):
        plan = take_in(session, said, occasion)
        session.flush()
        session.expire_all()
        return [one for one, _ in plan.lines]

    return take


def published(session):
    return {(one.university, one.level): one for one in map(said_of_programme, every_programme(session))}


def test_what_was_taken_in_is_written_as_it_was_and_taken_in_again_does_nothing(session, taken):
    shipped = shipped_programmes()
    done = taken(shipped)
    assert [done.count(one) for one in (Taken.NEW_UNIVERSITY, Taken.NEW_PROGRAMME, Taken.NEW_VERSION)] == [4, 8, 8]
    assert published(session) == {(one.university, one.level): one for one in shipped}
    assert set(taken(shipped)) == {Taken.SAME_VERSION}
    assert len(session.scalars(select(ProgrammeVersion)).all()) == 8


def test_a_file_changes_what_nobody_is_on_and_adds_a_version_beside_what_learners_are_on(session, build, taken, today):
    one = shipped_programmes()[0]
    coming = replace(one.versions[0].cohorts[0], starts_on=today + timedelta(1), ends_on=today + timedelta(300))
    first = replace(one.versions[0], cohorts=(coming,))
    taken([replace(one, versions=(first,))])
    second = replace(first, entry_rules="For nurses.")
    assert taken([replace(one, versions=(second,))]) == [Taken.CHANGED_VERSION]
    row = session.scalars(select(ProgrammeVersion)).one()
    build.enrolment(build.learner(), row.programme).version = row
    session.flush()
    third = replace(second, entry_rules="For all.")
    assert taken([replace(one, versions=(third,))]) == [Taken.NEXT_VERSION, Taken.NEW_COHORT]
    assert taken([replace(one, versions=(third,))]) == [Taken.SAME_VERSION]
    versions = session.scalars(select(ProgrammeVersion).order_by(ProgrammeVersion.number)).all()
    assert [said_of_version(version) for version in versions] == [second, third]
    both = said_of_programme(versions[0].programme)
    assert taken([both]) == [Taken.SAME_VERSION, Taken.SAME_VERSION]


def test_a_cohort_that_has_begun_keeps_its_dates_and_then_nothing_of_the_file_is_done(session, taken, occasion):
    one = shipped_programmes()[0]
    taken([one])
    begun = one.versions[0].cohorts[0]
    moved = replace(one.versions[0], cohorts=(replace(begun, ends_on=begun.ends_on + timedelta(1)),))
    plan = plan_of(session, [replace(one, versions=(moved,))], occasion)
    assert [line.split(": ")[-1][:24] for line in plan.complaints] == ["This cohort has begun. I"]
    assert session.scalars(select(Cohort)).one().ends_on == begun.ends_on


def upload(browser, text):
    return browser.post("/programmes/upload", data={"file": (BytesIO(text.encode()), "programmes.toml")})


def test_a_lead_sees_what_her_file_would_do_before_it_is_done(lead_of, build, session, look_again):
    lead, shipped = lead_of(build.provider("University of Exeter")), shipped_programmes()
    page = shown(upload(lead, file_of(shipped)))
    assert page.says("Newcastle University: you lead no programmes there.")
    hers = [one for one in shipped if one.university == "University of Exeter"]
    answer = upload(lead, file_of(hers))
    page = shown(answer)
    assert page.heading == "What the file would do"
    assert f"A new programme: University of Exeter, PGCert, {hers[0].title}" in page.items
    look_again()
    assert session.scalars(select(Programme)).all() == []
    sent = form_to("/programmes/upload/take", answer).fields
    assert lead.post("/programmes/upload/take", data=sent).location == "/programmes"
    assert shown(lead.get("/programmes")).banner == "9 changes of the file are made."
    assert lead.get("/programmes.toml").get_data(as_text=True) == file_of(hers)
    assert lead.post("/programmes/upload/take", data=sent | {"form_key": "0" * 32}).status_code == 409


def test_a_file_with_a_way_that_is_no_level_is_refused_with_that_way(lead_of, build):
    lead = lead_of(build.provider("University of Exeter"))
    wrong = file_of(shipped_programmes()[:1]).replace("credits = 15", "credits = 20", 1)
    page = shown(upload(lead, wrong))
    assert page.says("University of Exeter, PGCert, 2022/23: 3 of the 3 ways reach 65 credits and 650 hours")
    assert page.says("Nothing was changed.")
    assert shown(upload(lead, "level = PGCert")).says("This is no TOML")


def test_the_commands_prove_take_in_and_write(app, tmp_path):
    run = app.test_cli_runner().invoke
    proof = run(programmes_group, ["check", "--shipped"])
    assert (proof.exit_code, proof.output.splitlines()[-1]) == (0, "8 versions checked, 0 not proved.")
    assert run(programmes_group, ["import", "--shipped", "--dry-run"]).output.endswith("Nothing was written.\n")
    assert run(programmes_group, ["export"]).output == 'format = "rpe-programmes/1"\n'
    assert run(programmes_group, ["import", "--shipped"]).output.endswith("changes written.\n")
    file = tmp_path / "ours.toml"
    assert run(programmes_group, ["export", str(file)]).exit_code == 0
    assert run(programmes_group, ["import", str(file)]).output.endswith("0 changes written.\n")
    file.write_text(file.read_text().replace("credits = 30", "credits = 35"))
    proof = run(programmes_group, ["check", str(file)])
    assert (proof.exit_code, proof.output.splitlines()[-1]) == (1, "8 versions checked, 3 not proved.")
    file.write_text("nothing = 1")
    assert run(programmes_group, ["check", str(file)]).exit_code == 1


def test_an_administrator_takes_in_universities_that_are_new(build, sign_in):
    page = shown(upload(sign_in(build.person(Role.ADMINISTRATOR)), file_of(shipped_programmes())))
    assert "A university that is new here: University of Exeter" in page.items
