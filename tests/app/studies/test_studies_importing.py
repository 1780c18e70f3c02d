"""An import counts first, writes what is new or changed, and never mistakes one study for another."""

import csv
import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.models.operations.audit import AuditLine
from app.models.operations.registry_files import RegistryKind, RowOutcome
from app.models.organisations import Organisation, Specialty
from app.models.studies import Study, StudyIdentifier, StudySite
from app.models.values.identifiers import Scheme
from app.models.values.study_status import StudyStatus
from app.registries.records import RefusedRow, UnreadableFile
from app.studies.imports.jobs import IN_STEPS
from app.studies.imports.service import RegistryFile, import_file, trial_of, within

PORTFOLIO = "studies/nihr_crn_portfolio/portfolio.csv"
# Enough rows that they come in several batches.
MANY = 900


def table(*rows: dict[str, str]) -> io.BytesIO:
    """A CSV file with the columns of the rows."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(column for row in rows for column in row)), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode())


def take_in(session, kind, source, now, write):
    """What a file does, within the transaction of a session; or would do."""
    file = RegistryFile(kind, source if isinstance(source, Path) else source.getvalue())
    return import_file(within(session), file, None, lambda: now) if write else trial_of(session, file)


def import_studies(session, actor, source, now, write):
    return take_in(session, RegistryKind.STUDIES, source, now, write)


def import_organisations(session, actor, source, now, write):
    return take_in(session, RegistryKind.ORGANISATIONS, source, now, write)


def refused_rows(report):
    return [RefusedRow(row.line, row.reason, row.name) for row in report.of(RowOutcome.REFUSED)]


def trial(number: int, title: str = "Walking", **more: str) -> dict[str, str]:
    return {"NCT Number": f"NCT{number:08}", "Study Title": title, **more}


def portfolio_row(number: int, name: str, **more: str) -> dict[str, str]:
    return {
        "Short Name": name,
        "Managing Specialty": "Stroke",
        "All Specialties": "Stroke",
        "Study Status": "Open",
        "Link": str(number),
        **more,
    }


def organisations(*rows: tuple[str, str, str]) -> io.BytesIO:
    """An ODS file of codes, names and closing days."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    for code, name, closed in rows:
        cells = [""] * 27
        cells[0], cells[1], cells[9], cells[10], cells[11] = code, name, "NW1 2PG", "19910401", closed
        writer.writerow(cells)
    return io.BytesIO(text.getvalue().encode())


@pytest.fixture
def take(session, now):
    """take(rows...) imports a ClinicalTrials.gov or portfolio file and commits; write=False only counts."""

    def take(*rows, write=True):
        report = import_studies(session, None, table(*rows), now, write)
        session.commit()
        return report

    return take


def numbers(report):
    return tuple(report.counts[kind] for kind in ("new", "changed", "same", "refused"))


def studies(session):
    return session.scalar(select(func.count()).select_from(Study))


def test_a_dry_run_counts_and_writes_nothing(session, take):
    report = take(trial(1), trial(2), {"NCT Number": "NCT1", "Study Title": "Bad"}, write=False)
    assert numbers(report) == (2, 0, 0, 1)
    assert refused_rows(report)[0].line == 4
    assert "NCT and eight digits" in refused_rows(report)[0].reason
    assert report.registry == "ClinicalTrials.gov"
    for model in (Study, Specialty, AuditLine):
        assert session.scalar(select(func.count()).select_from(model)) == 0


def test_an_import_writes_all_that_the_file_says(session, take):
    take(
        trial(
            1,
            "Walking after a stroke",
            **{
                "Acronym": "WALK",
                "Study Status": "RECRUITING",
                "Brief Summary": "It helps.",
                "Conditions": "Stroke|Gait",
                "Phases": "PHASE3",
                "Start Date": "2025-02",
                "Completion Date": "2027-06-30",
                "Locations": "Old Infirmary, Leeds, LS1 3EX, United Kingdom",
            },
        )
    )
    study = session.scalars(select(Study)).one()
    assert (study.title, study.short_title, study.summary) == ("Walking after a stroke", "WALK", "It helps.")
    assert (study.status, study.phase, study.conditions) == (StudyStatus.OPEN, "Phase 3", "Stroke; Gait")
    assert (study.starts_on, study.completes_on) == (date(2025, 2, 1), date(2027, 6, 30))
    assert [(one.scheme, one.value) for one in study.identifiers] == [(Scheme.NCT, "NCT00000001")]
    assert [one.name for one in study.specialties] == ["Stroke"]
    assert [(site.name, site.city) for site in study.sites] == [("Old Infirmary", "Leeds")]
    assert "walk walking after a stroke nct" in study.search_text
    line = session.scalars(select(AuditLine)).one()
    assert (line.actor_name, line.deed, line.details["new"]) == ("System", "imported studies", 1)


def test_importing_twice_changes_nothing(session, take):
    rows = [trial(n, f"Study {n}", Conditions="Asthma", Locations="Leeds, United Kingdom") for n in range(MANY)]
    assert numbers(take(*rows)) == (MANY, 0, 0, 0)
    before = session.execute(select(Study.id, Study.search_text).order_by(Study.id)).all()
    assert numbers(take(*rows)) == (0, 0, MANY, 0)
    assert session.execute(select(Study.id, Study.search_text).order_by(Study.id)).all() == before


def test_a_changed_row_changes_its_study_and_no_other(session, take):
    take(trial(1, "Old"), trial(2, "Other"))
    assert numbers(take(trial(1, "New"), trial(2, "Other"))) == (0, 1, 1, 0)
    found = session.scalars(select(Study).order_by(Study.id)).all()
    assert [study.title for study in found] == ["New", "Other"]
    assert "new" in found[0].search_text
    assert "old" not in found[0].search_text


def test_exports_with_different_columns_complete_each_other(session, take):
    take(trial(1, **{"Study Status": "RECRUITING", "Brief Summary": "It helps.", "Conditions": "Asthma"}))
    report = take(trial(1, Phases="PHASE2", Locations="Leeds, United Kingdom"))
    assert numbers(report) == (0, 1, 0, 0)
    study = session.scalars(select(Study)).one()
    assert (study.status, study.summary, study.phase) == (StudyStatus.OPEN, "It helps.", "Phase 2")
    assert study.conditions == "Asthma"
    assert len(study.sites) == 1


def test_guessed_specialties_never_replace_those_that_a_registry_gave(session, take):
    take(portfolio_row(12345, "FALLS"))
    take(trial(1, "Breast cancer", **{"Other IDs": "CPMS12345"}))
    study = session.scalars(select(Study)).one()
    assert [one.name for one in study.specialties] == ["Cancer", "Stroke"]
    assert study.source == "NIHR portfolio, ClinicalTrials.gov"


def test_a_record_finds_its_study_by_any_number(session, take):
    take(portfolio_row(12345, "FALLS"))
    assert numbers(take(trial(1, "Falls in old age", **{"Other IDs": "CPMS12345"}))) == (0, 1, 0, 0)
    study = session.scalars(select(Study)).one()
    assert {one.value for one in study.identifiers} == {"12345", "NCT00000001"}


def test_rows_that_share_a_number_are_not_mixed_up(session, take):
    rows = (trial(1, "First", **{"Other IDs": "CPMS12345"}), trial(2, "Second", **{"Other IDs": "CPMS12345"}))
    for write in (False, True, True):
        report = take(*rows, write=write)
        assert refused_rows(report) == [RefusedRow(3, "It shares a number with the study in line 2.", "Second")]
    assert session.scalars(select(Study.title)).all() == ["First"]


def test_a_study_with_another_number_of_the_same_registry_is_another_study(session, take):
    take(trial(1, "First", **{"Other IDs": "CPMS12345"}))
    report = take(trial(2, "Second", **{"Other IDs": "CPMS12345"}))
    assert refused_rows(report)[0].reason == "It shares a number with another study that we hold: NCT00000001."
    assert session.scalars(select(Study.title)).all() == ["First"]


def test_a_row_whose_numbers_belong_to_two_studies_is_refused(session, take):
    take(portfolio_row(12345, "FALLS"))
    take(trial(1, "Walking"))
    report = take(trial(1, "Walking", **{"Other IDs": "CPMS12345"}))
    assert numbers(report) == (0, 0, 0, 1)
    assert "several studies that we hold apart" in refused_rows(report)[0].reason


def test_what_the_dry_run_counts_is_what_the_import_does(session, take):
    rows = [trial(n % 700, f"Study {n}", **{"Other IDs": f"CPMS{10000 + n % 650}"}) for n in range(MANY)]
    assert numbers(take(*rows, write=False)) == numbers(take(*rows))


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    rows=st.lists(
        st.tuples(
            st.integers(1, 5),
            st.sampled_from(["", "CPMS1001", "CPMS1002", "ISRCTN12345678"]),
            st.text("ab ", max_size=3),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_after_any_import_the_same_file_changes_nothing_and_every_number_has_one_study(app, session, now, rows):
    file = [trial(number, f"T{title}", **{"Other IDs": other}) for number, other, title in rows]
    counted = import_studies(session, None, table(*file), now, write=False)
    written = import_studies(session, None, table(*file), now, write=True)
    again = import_studies(session, None, table(*file), now, write=True)
    keys = session.execute(select(StudyIdentifier.scheme, StudyIdentifier.value)).all()
    session.rollback()
    assert numbers(counted) == numbers(written)
    new, changed, _, refused = numbers(written)
    assert numbers(again) == (0, 0, new + changed, refused)
    assert len(keys) == len(set(keys))


def test_two_imports_at_the_same_moment_add_every_study_once(app, session, now):
    """Two files, as two people have them: the same file by the same person would be one import."""
    rows = [trial(n, f"Study {n}") for n in range(MANY)]
    files = [RegistryFile(RegistryKind.STUDIES, table(*rows).getvalue(), owner=owner) for owner in ("one", "other")]

    def import_alone(file):
        with app.app_context():
            return import_file(IN_STEPS, file, None, lambda: now)

    with ThreadPoolExecutor(2) as both:
        reports = list(both.map(import_alone, files))
    assert sum(report.counts["new"] for report in reports) == MANY
    assert [report.rows for report in reports] == [MANY, MANY]
    assert studies(session) == MANY


def test_a_file_that_breaks_off_in_the_middle_leaves_nothing_behind(session, now):
    content = table(*(trial(n, f"Study {n}") for n in range(MANY))).getvalue() + b'NCT00009999,"Walking'
    with pytest.raises(UnreadableFile):
        import_studies(session, None, io.BytesIO(content), now, write=True)
    session.rollback()
    assert studies(session) == 0


def test_every_refused_row_is_told_of(take):
    report = take(*(trial(n, "") for n in range(1200)), write=False)
    assert (report.counts["refused"], len(refused_rows(report))) == (1200, 1200)


def test_organisations_are_taken_and_taken_again(session, now, build):
    network = build.network()
    first = organisations(("RJ1", "GUY'S TRUST", ""), ("RJ2", "LEWISHAM TRUST", ""), ("RJ1", "AGAIN", ""))
    assert numbers(import_organisations(session, None, first, now, write=False)) == (2, 0, 0, 1)
    assert session.scalars(select(Organisation)).all() == []
    first.seek(0)
    import_organisations(session, None, first, now, write=True)
    session.scalars(select(Organisation).where(Organisation.ods_code == "RJ2")).one().network = network
    second = organisations(("RJ1", "GUY'S TRUST", ""), ("RJ2", "LEWISHAM AND GREENWICH TRUST", "20251001"))
    assert numbers(import_organisations(session, None, second, now, write=True)) == (0, 1, 1, 0)
    session.commit()
    lewisham = session.scalars(select(Organisation).where(Organisation.ods_code == "RJ2")).one()
    assert (lewisham.name, lewisham.closed_on) == ("Lewisham and Greenwich Trust", date(2025, 10, 1))
    assert lewisham.network_id == network.id, "what the file does not say stays"


def test_the_whole_portfolio_goes_in_and_the_second_time_nothing_changes(session, now, shared_data):
    report = import_studies(session, None, shared_data / PORTFOLIO, now, write=True)
    session.commit()
    assert (numbers(report), report.registry) == ((9315, 0, 0, 0), "NIHR portfolio")
    assert studies(session) == 9315
    assert numbers(import_studies(session, None, shared_data / PORTFOLIO, now, write=True)) == (0, 0, 9315, 0)


def test_real_downloads_of_clinicaltrials_gov_go_in_beside_each_other(session, now, shared_data):
    files = ("ctg-studies.csv", "ctg-studies-urology-29col.csv", "ctg-studies-11col-crc.csv")
    for name in files:
        import_studies(session, None, shared_data / "studies" / "ctgov_csv" / name, now, write=True)
    session.commit()
    assert session.scalar(select(func.count()).select_from(StudySite)) > 1000
    report = import_studies(session, None, shared_data / "studies" / "ctgov_csv" / files[0], now, write=True)
    assert (report.counts["new"], report.counts["refused"]) == (0, 1)


def test_every_trust_goes_in(session, now, shared_data):
    path = shared_data / "organisations" / "ods_etr_trusts.csv"
    assert numbers(import_organisations(session, None, path, now, write=True)) == (234, 0, 0, 0)
    assert numbers(import_organisations(session, None, path, now, write=True)) == (0, 0, 234, 0)


# The peak is read from Linux: `resource` would give a new process the peak of the one that started it.
IMPORT_ALONE = """
import re, sys
from datetime import UTC, datetime
from pathlib import Path
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from app.models import Base
from app.models.operations.registry_files import RegistryKind
from app.studies.imports.service import RegistryFile, import_file, within
engine = create_engine("sqlite:///" + sys.argv[2])
Base.metadata.create_all(engine)
with Session(engine) as session:
    file = RegistryFile(RegistryKind.STUDIES, Path(sys.argv[1]))
    report = import_file(within(session), file, None, lambda: datetime.now(UTC))
    session.commit()
peak_kb = re.search("VmHWM:\\s*([0-9]+) kB", Path("/proc/self/status").read_text())[1]
print(report.counts["new"], int(peak_kb) // 1024)
"""


def test_the_whole_portfolio_goes_in_within_300_mb(shared_data: Path, tmp_path: Path) -> None:
    arguments = [sys.executable, "-c", IMPORT_ALONE, str(shared_data / PORTFOLIO), str(tmp_path / "memory.sqlite3")]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True, timeout=300)
    new, peak_mb = map(int, done.stdout.split())
    assert new == 9315
    assert peak_mb <= 300
