"""What a dry run tells: each part that changes, which live openings stand on it, and what is less recent."""

import io
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.operations.registry_files import RowOutcome
from app.models.organisations import Organisation
from app.models.people import Role
from app.models.studies import Opening, Study, StudyIdentifier
from app.models.values.folded_names import folded_together
from app.models.values.identifiers import Scheme
from app.models.values.study_status import StudyStatus
from app.studies.imports.service import import_file, trial_of, within
from tests.app.studies.registry_rows import organisations_file, studies_file, table, trial
from tests.screen import shown

UPDATED = "Updated at the registry"


@pytest.fixture
def take(session, now):
    """take(file) imports and commits."""

    def take(file):
        report = import_file(within(session), file, None, lambda: now)
        session.commit()
        return report

    return take


def changes(report, outcome=RowOutcome.CHANGED):
    return {row.name: {part: (old, new) for part, old, new in row.fields} for row in report.of(outcome)}


def status_of(session):
    return session.scalars(select(Study.status)).one()


def test_each_part_that_changes_is_told_with_what_stands_there_and_what_will(session, take):
    leeds, york = "Infirmary, Leeds, LS1 3EX, United Kingdom", "Clinic, York, YO1 7EP, United Kingdom"
    take(studies_file(trial(1, "Old title", status="RECRUITING", **{"Start Date": "2025-02", "Locations": leeds})))
    newer = trial(1, "New title", status="TERMINATED", **{"Start Date": "2025-03-01", "Locations": york})
    assert changes(trial_of(session, studies_file(newer))) == {
        "Old title": {
            "Title": ("Old title", "New title"),
            "Status": ("open", "stopped early"),
            "Starts": ("1 February 2025", "1 March 2025"),
            "Sites": ("Infirmary, Leeds, LS1 3EX, United Kingdom", "Clinic, York, YO1 7EP, United Kingdom"),
        }
    }


def test_what_the_dry_run_tells_is_what_the_import_tells(session, take):
    take(studies_file(trial(1, "Old"), trial(2, "Other"), trial(3, "Third")))
    file = studies_file(trial(1, "New"), trial(2, "Other"), trial(3, "Fourth"), trial(4, ""))
    told = trial_of(session, file).told
    assert take(file).told == told


def test_live_openings_on_a_study_that_closes_are_named_and_come_first(session, build, take, hospital):
    mentor = build.mentor(name="A Mentor")
    study = build.study("Falls")
    study.identifiers.append(StudyIdentifier(scheme=Scheme.NCT, value="NCT00000002"))
    build.opening(mentor=mentor, study=study, organisation=hospital)
    withdrawn = build.opening(study=study)
    withdrawn.withdraw()
    session.commit()
    take(studies_file(trial(1, "Walking")))
    file = studies_file(trial(1, "Running"), trial(2, "Falls", status="COMPLETED"))
    report = trial_of(session, file)
    first, second = report.of(RowOutcome.CHANGED)
    assert (first.name, list(first.openings)) == ("Falls", [f"A Mentor at {hospital.name}"])
    assert (second.name, second.openings, report.openings) == ("Walking", (), 1)
    take(file)
    assert session.scalars(select(AuditLine.details).where(AuditLine.deed == "changed what openings rest on")).one()


def test_a_newer_date_alone_touches_no_opening(session, build, take):
    take(studies_file(trial(1, "Walking", updated="2026-01-01")))
    build.opening(study=session.scalars(select(Study)).one())
    session.commit()
    report = trial_of(session, studies_file(trial(1, "Walking", updated="2026-02-01")))
    assert changes(report) == {"Walking": {UPDATED: ("1 January 2026", "1 February 2026")}}
    assert report.openings == 0


def test_a_host_that_is_renamed_is_told_with_every_opening_that_it_hosts(session, build, take, hospital):
    for name in ("A Mentor", "B Mentor"):
        build.opening(mentor=build.mentor(name=name), study=build.study("Falls"), organisation=hospital)
    session.commit()
    [row] = trial_of(session, organisations_file((hospital.ods_code, "Another Name"))).of(RowOutcome.CHANGED)
    assert row.name == f"{hospital.name} (RJ1)"
    assert ["Name", hospital.name, "Another Name"] in row.fields
    assert list(row.openings) == ["A Mentor on Falls", "B Mentor on Falls"]


def test_a_gp_practice_is_taken_and_can_host_an_opening(session, take, sign_in, mentor, study, offer, network):
    take(organisations_file(("A81001", "EXAMPLE SURGERY")))
    practice = session.scalars(select(Organisation).where(Organisation.ods_code == "A81001")).one()
    practice.network = network
    browser = sign_in(mentor)
    answer = browser.post(f"/openings/new/{study.id}", data={**offer, "organisation": "a81001"})
    assert answer.status_code == 303
    session.rollback()
    assert session.scalars(select(Opening.organisation_id)).all() == [practice.id]


def upload(browser, file):
    data = {"kind": file.kind.value, "file": (io.BytesIO(file.source), file.name)}
    return shown(browser.get(browser.post("/studies/import", data=data).location))


def test_the_page_shows_old_and_new_and_whose_openings_are_touched(session, build, sign_in, hospital):
    for name in ("A Mentor", "B Mentor"):
        build.opening(mentor=build.mentor(name=name), study=build.study("Falls"), organisation=hospital)
    browser = sign_in(build.person(Role.ADMINISTRATOR))
    page = upload(browser, organisations_file(("RJ1", "Another Name")))
    assert page.paragraphs[1] == "2 live openings stand on what changes: these rows come first."
    row = page.table("Changes").row("1")
    assert f"Name: {hospital.name} → Another Name" in row["What changes"]
    assert row["Live openings"] == "A Mentor on Falls B Mentor on Falls"


def test_the_page_shows_what_is_kept_because_the_file_is_less_recent(take, build, sign_in):
    take(studies_file(NEWER))
    page = upload(sign_in(build.person(Role.ADMINISTRATOR)), studies_file(OLDER))
    assert page.items[3] == "1 less recent"
    assert page.buttons == ["Drop the file"]
    row = page.table("Less recent rows").row("2")
    assert row["What is kept as it is"] == "Status: stopped early (the file says open)"
    assert row["Why"].startswith("The file knows the study as of 1 February 2024")


def test_the_page_of_a_dry_run_asks_the_database_the_same_however_many_rows_it_tells_of(take, build, sign_in, queries):
    take(studies_file(*(trial(n, "Old") for n in range(40))))
    browser = sign_in(build.person(Role.ADMINISTRATOR))

    def asked(number):
        data = {"kind": "studies", "file": (io.BytesIO(table(*(trial(n, "New") for n in range(number)))), "a.csv")}
        address = browser.post("/studies/import", data=data).location
        with queries() as statements:
            browser.get(address)
        return len(statements)

    assert asked(1) == asked(40)


NEWER = trial(1, "A study", status="TERMINATED", updated="2026-02-01")
OLDER = trial(1, "A study", status="RECRUITING", updated="2024-02-01")


def test_an_older_export_never_overwrites_a_newer_one_and_says_so(session, take):
    take(studies_file(NEWER))
    for report in (trial_of(session, studies_file(OLDER)), take(studies_file(OLDER))):
        assert report.counts["older"] == 1
        [row] = report.of(RowOutcome.OLDER)
        assert row.reason == "The file knows the study as of 1 February 2024; what we have is of 1 February 2026."
        assert row.fields == (["Status", "stopped early", "open"],)
        assert not report.has_news
    assert status_of(session) is StudyStatus.STOPPED
    assert session.scalars(select(Study.registry_updated_on)).one() == date(2026, 2, 1)


def test_a_newer_export_replaces_an_older_one(session, take):
    take(studies_file(OLDER))
    take(studies_file(NEWER))
    assert status_of(session) is StudyStatus.STOPPED


def test_what_is_renamed_is_found_by_its_new_name(session, take, hospital, now):
    take(studies_file(trial(1, "Élise walks")))
    take(studies_file(trial(1, "Siân runs")))
    take(organisations_file((hospital.ods_code, "O’NEILL HOSPITAL")))
    session.rollback()
    assert session.scalars(select(Study.folded_name)).one() == "sian runs"
    assert session.scalars(select(Organisation.folded_name)).one() == folded_together("O'Neill Hospital")


def test_an_export_of_the_same_day_replaces(session, take):
    take(studies_file(NEWER))
    take(studies_file({**NEWER, "Study Status": "COMPLETED"}))
    assert status_of(session) is StudyStatus.COMPLETED


def test_an_export_that_does_not_say_when_never_overwrites_one_that_does(session, take):
    take(studies_file(NEWER))
    undated = {name: value for name, value in OLDER.items() if name != "Last Update Posted"}
    [row] = take(studies_file(undated)).of(RowOutcome.OLDER)
    assert row.reason == (
        "The file does not say when ClinicalTrials.gov updated this study; what we have is of 1 February 2026."
    )
    assert status_of(session) is StudyStatus.STOPPED


def test_where_neither_says_when_the_later_import_replaces(session, take):
    take(studies_file(trial(1, "First")))
    take(studies_file(trial(1, "Second")))
    assert session.scalars(select(Study.title)).one() == "Second"


def test_what_is_less_recent_still_fills_in_what_we_lack(session, take):
    take(studies_file(NEWER))
    report = take(studies_file({**OLDER, "Brief Summary": "It helps.", "Locations": "Leeds, United Kingdom"}))
    study = session.scalars(select(Study)).one()
    assert (study.summary, study.status, len(study.sites)) == ("It helps.", StudyStatus.STOPPED, 1)
    assert study.registry_updated_on == date(2026, 2, 1)
    assert (report.counts["changed"], list(changes(report, RowOutcome.OLDER)["A study"])) == (1, ["Status"])


DAYS = st.sampled_from(["", "2024-02-01", "2025-02-01", "2026-02-01"])
STATUSES = st.sampled_from(["RECRUITING", "TERMINATED", "COMPLETED", "SUSPENDED"])


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(exports=st.lists(st.tuples(DAYS, STATUSES), min_size=1, max_size=5))
def test_in_whatever_order_exports_come_the_most_recent_says_how_the_study_stands(app, session, now, exports):
    for day, status in exports:
        import_file(within(session), studies_file(trial(1, "A study", status=status, updated=day)), None, lambda: now)
    latest = max(day for day, _ in exports)
    wanted = [status for day, status in exports if day == latest][-1]
    found = status_of(session)
    session.rollback()
    words = {"RECRUITING": "open", "TERMINATED": "stopped early", "COMPLETED": "completed", "SUSPENDED": "suspended"}
    assert found.value == words[wanted]
