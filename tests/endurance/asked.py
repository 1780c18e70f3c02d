"""What is asked of the service while its processes are killed, and what must have become of all of it."""

import csv
import io
import itertools
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_string

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.language.mail import Mail
from app.models.operations.audit import AuditLine
from app.models.operations.jobs import Job, JobOutcome
from app.models.operations.outbox import Message
from app.models.operations.registry_files import RegistryKind, UploadedFile
from app.models.people import OneTimeLink, Person, Role
from app.models.rounds import MatchRound
from app.models.runs import Proposal, Run, RunState, UnplacedRequest
from app.models.studies import StudyIdentifier
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.jobs import enqueue
from app.platform.outbox import queue_message
from app.rounds.figures.jobs import count_round
from app.rounds.policies import stages_of
from app.rounds.runs.jobs import solve_run
from app.rounds.runs.service import start_run
from app.sign_in.jobs import mail_password_link
from app.studies.imports.jobs import import_uploaded
from app.studies.imports.service import RegistryFile
from app.studies.imports.uploads import begin_import, keep_upload, try_file
from tests.builders import Builder
from tests.endurance.papers import Papers, ask_for_papers, faults_of_papers, prepare_papers

LEARNERS, OPENINGS, ROWS = 40, 30, 500


@dataclass
class Asked:
    """A round that can be run, and what was asked for so far."""

    round_id: int
    coordinator_id: int
    papers: Papers
    runs: list[int] = field(default_factory=list)
    uploads: list[int] = field(default_factory=list)
    mails: list[int] = field(default_factory=list)
    links_to: list[str] = field(default_factory=list)


numbers = itertools.count(1)


def prepare() -> Asked:
    """A closed round with its requests and openings, and one that is published."""
    papers = prepare_papers()
    with transaction() as session:
        build = Builder(session, now())
        network = build.network()
        coordinator = build.coordinator(network)
        round_ = build.round(network, coordinator=coordinator)
        for _ in range(OPENINGS):
            build.opening(network=network)
        for _ in range(LEARNERS):
            build.request(networks=[network], round_id=round_.id)
        return Asked(round_.id, coordinator.id, papers)


def ask(asked: Asked, with_import: bool) -> None:
    """In one transaction a run, a mail, a link for a new password, the papers of a publication; an import if wanted."""
    n = next(numbers)
    with transaction() as session:
        coordinator = session.get_one(Person, asked.coordinator_id)
        round_ = session.get_one(MatchRound, asked.round_id)
        run = start_run(session, coordinator, now(), round_, stages_of("ranking"))
        enqueue(solve_run, run.id)
        asked.runs.append(run.id)
        mail = queue_message(session, f"learner{n}@nowhere.example", Mail(f"Mail {n}", f"It is mail {n}."), now())
        person = Builder(session, now()).person(email=f"forgetful{n}@nowhere.example")
        enqueue(mail_password_link, person.email)
        asked.links_to.append(person.email)
        ask_for_papers(session, asked.papers)
        session.flush()
        asked.mails.append(mail.id)
        if with_import:
            asked.uploads.append(ask_for_import(session, n))


def ask_for_import(session: Session, n: int) -> int:
    administrator = Builder(session, now()).person(Role.ADMINISTRATOR, email=f"importer{n}@nowhere.example")
    file = RegistryFile(RegistryKind.STUDIES, rows_of(n), f"studies{n}.csv")
    upload = keep_upload(session, administrator, file, try_file(session, file), now())
    begin_import(session, administrator, upload, now())
    enqueue(import_uploaded, upload.id)
    return upload.id


def rows_of(n: int) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["NCT Number", "Study Title", "Study Status", "Brief Summary", "Conditions", "Locations"])
    for row in range(n * ROWS, (n + 1) * ROWS):
        writer.writerow([f"NCT{row:08}", f"Study {row}", "RECRUITING", "It helps.", "Stroke", ""])
    return text.getvalue().encode()


def still_open(session: Session) -> int:
    """Jobs and mails that wait; but for counts of rounds, which a worker asks for by itself whenever it likes."""
    waits = Job.outcome.is_(None), Job.deed != count_round.name
    jobs = session.scalar(select(func.count()).select_from(Job).where(*waits)) or 0
    mails = session.scalar(select(func.count()).select_from(Message).where(Message.sent_at.is_(None))) or 0
    return jobs + mails


def times_handed_over(letters: list[str]) -> Counter[str]:
    """How often each mail was handed to the server, by the mark that it carries each time."""
    return Counter(str(message_from_string(letter)["Message-ID"]) for letter in letters)


def faults(session: Session, asked: Asked, letters: list[str], kills: int) -> list[str]:
    """Everything that is lost or was done twice, in words; empty where all is well.

    A worker that is killed has one mail in its hands at most: that one may come twice.
    """
    found = [f"{still_open(session)} jobs or mails are still open"] if still_open(session) else []
    deeds = [solve_run.name, import_uploaded.name, mail_password_link.name]  # rounds are counted as the service likes
    asked_for = session.scalars(select(Job).where(Job.deed.in_(deeds)))
    outcomes = {(job.deed, job.arguments): job for job in asked_for}
    wanted = len(asked.runs) + len(asked.uploads) + len(asked.links_to)
    if len(outcomes) != wanted:
        found.append(f"{wanted} jobs were asked for, there are {len(outcomes)}")
    for run_id in asked.runs:
        found += faults_of_run(session, run_id, outcomes[solve_run.name, f"[{run_id}]"])
    for upload_id in asked.uploads:
        found += faults_of_import(session, upload_id, outcomes[import_uploaded.name, f"[{upload_id}]"])
    for email in asked.links_to:
        links = session.scalar(select(func.count()).select_from(OneTimeLink).where(OneTimeLink.person.has(email=email)))
        job = outcomes[mail_password_link.name, f'["{email}"]']
        mails = session.scalar(select(func.count()).where(Message.recipient == email))
        if not links == mails == (job.outcome is JobOutcome.DONE):
            found.append(f"{email} got {links} links in {mails} mails, and the job is {job.outcome}")
    return found + faults_of_papers(session, asked.papers) + faults_of_mails(session, asked, letters, kills)


def faults_of_mails(session: Session, asked: Asked, letters: list[str], kills: int) -> list[str]:
    twice = sum(times - 1 for times in times_handed_over(letters).values())
    found = [f"{twice} mails came twice, of {kills} workers killed"] if twice > kills else []
    arrived = Counter(message_from_string(letter)["To"] for letter in letters)
    queued = Counter(session.scalars(select(Message.recipient)))
    found += [f"a mail to {recipient} never arrived" for recipient in queued if not arrived[recipient]]
    found += [f"{recipient} was written {times} mails" for recipient, times in queued.items() if times > 1]
    mailed = session.scalar(select(func.count()).where(Message.id.in_(asked.mails)))
    if mailed != len(asked.mails):
        found.append(f"of {len(asked.mails)} mails {mailed} are left")
    return found


def faults_of_run(session: Session, run_id: int, job: Job) -> list[str]:
    run = session.get_one(Run, run_id)
    rows = [
        session.scalar(select(func.count()).select_from(table).where(table.run_id == run_id)) or 0
        for table in (Proposal, UnplacedRequest)
    ]
    expected = (RunState.SOLVED, LEARNERS) if job.outcome is JobOutcome.DONE else (RunState.FAILED, 0)
    if (run.state, sum(rows)) != expected:
        return [f"run {run_id} is {run.state} with {rows} rows, and its job {job.outcome} after {job.tries} tries"]
    return []


def faults_of_import(session: Session, upload_id: int, job: Job) -> list[str]:
    upload = session.get_one(UploadedFile, upload_id)
    said = session.scalar(
        select(func.count())
        .select_from(AuditLine)
        .where(AuditLine.deed == "imported studies", AuditLine.subject_name == upload.name)
    )
    n = int(upload.name.removeprefix("studies").removesuffix(".csv"))
    first, last = f"NCT{n * ROWS:08}", f"NCT{(n + 1) * ROWS - 1:08}"
    studies = session.scalar(
        select(func.count()).select_from(StudyIdentifier).where(StudyIdentifier.value.between(first, last))
    )
    is_done = job.outcome is JobOutcome.DONE
    if (bool(upload.imported_at), said) != (is_done, int(is_done)) or (is_done and studies != ROWS):
        return [f"upload {upload_id}: {studies} studies, said {said} times, job {job.outcome}"]
    return []
