"""An uploaded file is imported once, whoever presses twice, and stays until its import has come to its end."""

import io

import pytest
from sqlalchemy import func, select

from app.models.operations.audit import AuditLine
from app.models.operations.registry_files import RegistryImport, UploadedFile
from app.models.people import Role
from app.models.studies import Study
from app.studies.imports import jobs
from app.studies.imports.service import import_file
from tests.app.studies.registry_rows import table, trial
from tests.in_between import in_between
from tests.screen import shown


@pytest.fixture
def browser(sign_in, build):
    return sign_in(build.person(Role.ADMINISTRATOR))


def upload(browser, *rows):
    return browser.post(
        "/studies/import",
        data={"kind": "studies", "file": (io.BytesIO(table(*rows)), "studies.csv")},
        content_type="multipart/form-data",
    )


def number_of(session, model):
    return session.scalar(select(func.count()).select_from(model))


def test_the_same_file_chosen_twice_at_once_waits_once(browser, session, engine, look_again):
    answers = in_between(
        engine,
        lambda: upload(browser, trial(1)),
        lambda: upload(browser, trial(1)),
        before="INSERT INTO uploaded_files",
    )
    assert [answer.status_code for answer in answers] == [303, 303]
    look_again()
    assert number_of(session, UploadedFile) == 1


def test_pressing_import_twice_at_once_imports_once(browser, session, engine, look_again):
    page = upload(browser, trial(1)).location
    answers = in_between(engine, lambda: browser.post(page), lambda: browser.post(page))
    assert [answer.status_code for answer in answers] == [303, 303]
    look_again()
    assert number_of(session, RegistryImport) == 1
    imported = select(func.count()).select_from(AuditLine).where(AuditLine.deed == "imported studies")
    assert session.scalar(imported) == 1
    assert shown(browser.get(page)).says("1 new")


def test_a_second_job_that_comes_too_late_leaves_the_report_of_the_first(
    app, browser, session, look_again, monkeypatch
):
    page = upload(browser, trial(1)).location
    look_again()
    upload_id = session.scalars(select(UploadedFile.id)).one()

    def overtaken(steps, file, actor_id, now, witness):
        monkeypatch.setattr(jobs, "import_file", import_file)
        browser.post(page)
        return import_file(steps, file, actor_id, now, witness)

    monkeypatch.setattr(jobs, "import_file", overtaken)
    with app.app_context():
        jobs.import_uploaded(upload_id)
    look_again()
    assert number_of(session, RegistryImport) == 1
    assert session.scalars(select(UploadedFile)).one().report["new"] == 1


def test_another_file_waits_until_the_import_that_was_interrupted_has_ended(browser, session, look_again, monkeypatch):
    page = upload(browser, *(trial(n, f"Study {n}") for n in range(300))).location
    saw_batch, batches = jobs.UploadWitness.saw_batch, []

    def stop_at_the_second(self, own, told):
        batches.append(told)
        if len(batches) >= 2:
            raise KeyError("as if the process had ended")
        saw_batch(self, own, told)

    with monkeypatch.context() as patched:
        patched.setattr(jobs.UploadWitness, "saw_batch", stop_at_the_second)
        browser.post(page)
    refused = upload(browser, trial(1000))
    assert refused.status_code == 422
    words = "A part of studies.csv is imported already. Go on with that import first, then choose this file."
    assert list(shown(refused).errors) == [words]
    browser.post(page)
    look_again()
    assert number_of(session, Study) == 300
    assert upload(browser, trial(1000)).status_code == 303
