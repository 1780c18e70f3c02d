"""Asks mentors to confirm what they offer, some days before a round closes."""

from datetime import timedelta

from flask import current_app

from app.platform.clock import now
from app.platform.db import transaction
from app.platform.jobs import regular_job
from app.studies.confirming.queries import openings_to_ask_about
from app.studies.confirming.service import ask_mentors
from app.web.addresses import full_address

SECONDS_BETWEEN_LOOKS = 600


@regular_job(every=SECONDS_BETWEEN_LOOKS)
def ask_mentors_who_are_due() -> None:
    """Write only where somebody is due: another worker that looks at the same moment finds her asked."""
    before = timedelta(days=current_app.extensions["rpe_settings"].confirm_days)
    with transaction(writing=False) as session:
        is_any_due = bool(openings_to_ask_about(session, now(), before))
    if is_any_due:
        with transaction() as session:
            ask_mentors(session, now(), before, lambda secret: full_address("studies.ask_by_link", secret=secret))
