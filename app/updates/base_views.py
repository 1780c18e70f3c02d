"""What the pages of updates share: their blueprint, and the links in mails."""

from flask import Blueprint, current_app

from app.config import Settings
from app.updates.service import Ways
from app.web.addresses import addresses_like, full_address
from app.web.deeds.signed import facts_in, signed

SUBSCRIPTION = "updates by email"

blueprint = Blueprint("updates", __name__, url_prefix="/updates")


def service_name() -> str:
    settings: Settings = current_app.extensions["rpe_settings"]
    return settings.service_name


def confirm_address(secret: str) -> str:
    return full_address("updates.ask_confirm", wanted=secret)


def secret_of(mark: int) -> str:
    """By it the reader of an update, and nobody else, chooses anew or stops: signed, and good for ever."""
    return signed(SUBSCRIPTION, mark)


def mark_in(secret: str) -> int | None:
    facts = facts_in(SUBSCRIPTION, secret)
    return facts[0] if facts else None


def ways() -> Ways:
    return Ways(service_name(), secret_of, addresses_like("updates.yours", "subscription"))
