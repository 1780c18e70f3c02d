"""Work of signing in that nobody waits for: mail, and forgetting what has had its time."""

from datetime import timedelta

from flask import current_app

from app.config import Settings
from app.models.operations.jobs import Lane
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.jobs import end_job, job, regular_job
from app.platform.tallies import forget_old_tallies
from app.sign_in.about_service import about_service
from app.sign_in.places import forget_old_places
from app.sign_in.service import forget_old_sign_ins, send_password_link, tell_of_refused
from app.web.addresses import password_address


@job("mail a link for a new password", Lane.SHORT)
def mail_password_link(email: str) -> None:
    """One mail for one request, however often this is begun: the link and the end of the job are one transaction."""
    with transaction() as session:
        send_password_link(session, email, password_address, now())
        end_job(session)


@job("tell somebody of refused tries to sign in", Lane.SHORT)
def tell_of_guesses(email: str, tries: int) -> None:
    with transaction() as session:
        tell_of_refused(session, email, tries, about_service(), now())
        end_job(session)


@regular_job()
def forget_what_has_ended() -> None:
    settings: Settings = current_app.extensions["rpe_settings"]
    with transaction() as session:
        forget_old_sign_ins(session, timedelta(hours=settings.session_hours), now())
        forget_old_places(session, now())
        forget_old_tallies(session, now())
