"""The job that mails a link for a new password."""

from app.addresses import password_address
from app.clock import now
from app.db import transaction
from app.jobs import job
from app.sign_in.service import send_password_link


@job
def mail_password_link(email: str) -> None:
    with transaction() as session:
        send_password_link(session, email, password_address, now())
