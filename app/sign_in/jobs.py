"""The job that mails a link for a new password."""

from app.platform.clock import now
from app.platform.db import transaction
from app.platform.jobs import job
from app.sign_in.service import send_password_link
from app.web.addresses import password_address


@job
def mail_password_link(email: str) -> None:
    with transaction() as session:
        send_password_link(session, email, password_address, now())
