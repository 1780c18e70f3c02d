"""The job that mails a link for a new password."""

from app.models.operations.jobs import Lane
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.jobs import end_job, job
from app.sign_in.service import send_password_link
from app.web.addresses import password_address


@job("mail a link for a new password", Lane.SHORT)
def mail_password_link(email: str) -> None:
    """One mail for one request, however often this is begun: the link and the end of the job are one transaction."""
    with transaction() as session:
        send_password_link(session, email, password_address, now())
        end_job(session)
