"""Where a job stands, said to whoever waits for it and to the administrator."""

from app.language.dates_and_times import time_in_words
from app.models.operations.jobs import CRASHED, TRIES_MAX, Job, JobOutcome

NOBODY_AT_WORK = (
    "No worker is at work in this service, so this waits. Tell the administrator. It is done when a worker starts; you "
    "need not ask for it again."
)
GIVEN_UP = (
    f"This was tried {TRIES_MAX} times and failed each time. The administrator sees it on the page Jobs and can let it "
    "be tried again."
)


def job_in_words(job: Job | None, is_held: bool) -> str:
    """What has happened to a job beyond its waiting and being done; empty where there is nothing to tell."""
    if job is None:
        return ""
    if job.outcome is JobOutcome.GIVEN_UP:
        return GIVEN_UP
    what = "The worker stopped" if job.complaint == CRASHED else "The try before failed" if job.complaint else ""
    if is_held and job.tries > 1:
        return f"{what or 'The service was restarted'}; taken up again at {time_of(job)}, {tries_of(job)}."
    if job.complaint and job.is_open and not is_held:
        return f"Try {job.tries} of {job.most_tries} failed; the next follows soon."
    return ""


def time_of(job: Job) -> str:
    return time_in_words(job.taken_at) if job.taken_at else ""


def tries_of(job: Job) -> str:
    return f"try {job.tries} of {job.most_tries}"


def state_of_job(job: Job, is_held: bool) -> str:
    """One word or two for a list."""
    if job.outcome is not None:
        return job.outcome.value
    return "running" if is_held else "to be tried again" if job.tries else "waiting"
