"""The jobs that compare a large file, and import one in short steps that go on where they had come to."""

from collections.abc import Sequence
from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

from app.language.refusal import Overtaken, Refused
from app.models.operations.jobs import Lane
from app.models.operations.registry_files import UploadedFile
from app.platform.clock import now
from app.platform.db import transaction, write_patiently
from app.platform.jobs import end_job, job
from app.registries.records import UnreadableFile
from app.studies.imports.report import ImportReport, RowReport
from app.studies.imports.service import Steps, Witness, import_file, trial_in_steps
from app.studies.imports.uploads import complain, end_comparing, file_of, keep_rows, note_compared
from app.web.addresses import full_address

IN_STEPS = Steps(lambda: transaction(writing=False), write_patiently)
ROWS_BETWEEN_NOTES = 1_000
NOT_COMPARED = "The service could not compare this file. Choose it again, or ask the operator of this service."


@job("compare a file", Lane.LONG)
def compare_uploaded(upload_id: int) -> None:
    """Find out what a file that waits would do; nothing when it is dropped or compared."""
    with transaction(writing=False) as session:
        upload = session.get(UploadedFile, upload_id)
        if upload is None or not upload.rows_to_compare:
            return
        file = file_of(upload)

    def note(report: ImportReport) -> None:
        if report.rows % ROWS_BETWEEN_NOTES == 0:
            write_patiently(lambda session: note_compared(session, upload_id, file, report.rows))

    try:
        trial = trial_in_steps(IN_STEPS.reading, file, note)
        write_patiently(lambda session: end_comparing(session, upload_id, file, trial, now()))
    except UnreadableFile as unreadable:
        complaint = str(unreadable)
        write_patiently(lambda session: complain(session, upload_id, complaint))
    except Overtaken as overtaken:
        current_app.logger.warning("upload %s: %s", upload_id, overtaken.message)


@compare_uploaded.when_given_up
def say_why(session: Session, now: datetime, upload_id: int) -> None:
    complain(session, upload_id, NOT_COMPARED)


@compare_uploaded.when_asked_again
def refuse_another_try(session: Session, now: datetime, upload_id: int) -> None:
    raise Refused("Whoever uploaded this file was told to choose it again.")


@job("import a file", Lane.LONG)
def import_uploaded(upload_id: int) -> None:
    """Import a file that waits; nothing when it is dropped or imported."""
    with transaction(writing=False) as session:
        upload = session.get(UploadedFile, upload_id)
        if upload is None or upload.imported_at is not None:
            return
        file, person_id = file_of(upload), upload.uploaded_by_id
    try:
        import_file(IN_STEPS, file, person_id, now, UploadWitness(upload_id))
    except Overtaken as overtaken:
        current_app.logger.warning("upload %s: %s", upload_id, overtaken.message)


class UploadWitness(Witness):
    """Keeps with the upload what its import does."""

    def __init__(self, upload_id: int) -> None:
        self.upload_id = upload_id
        self.home = full_address("home.show")

    def saw_start(self, session: Session) -> None:
        """A job that was started twice reads the file twice, and one of the two may have imported it by then."""
        upload = session.get(UploadedFile, self.upload_id, populate_existing=True)
        if upload is None or upload.imported_at is not None:
            raise Overtaken("This file is imported, or dropped.")

    def saw_batch(self, session: Session, told: Sequence[RowReport]) -> None:
        keep_rows(session, self.upload_id, told)

    def saw_end(self, session: Session, report: ImportReport, now: datetime) -> None:
        upload = session.get_one(UploadedFile, self.upload_id)
        upload.report, upload.content, upload.imported_at = report.as_json(), b"", now
        end_job(session)
