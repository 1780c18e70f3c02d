"""What mails about passwords and addresses say of this service, as its operator has set it."""

from flask import current_app

from app.config import Settings
from app.sign_in.mails import AboutService
from app.web.addresses import full_address


def about_service() -> AboutService:
    settings: Settings = current_app.extensions["rpe_settings"]
    return AboutService(settings.service_name, settings.contact, full_address("sign_in.forgotten"))
