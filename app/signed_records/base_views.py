"""Under which addresses of this service a record is issued; they stand in files that never change."""

from datetime import datetime

from flask import current_app

from app.config import Settings
from app.signed_records.bundle.credential import Issuing
from app.web.addresses import full_address


def issuing(address: str, key_id: str, at: datetime) -> Issuing:
    settings: Settings = current_app.extensions["rpe_settings"]
    return Issuing(
        address=full_address("signed_records.public.standing", record_address=address),
        key_address=key_address(key_id),
        status_address=status_address(),
        issuer=issuer_address(),
        issuer_name=settings.service_name,
        at=at,
    )


def key_address(key_id: str) -> str:
    return full_address("signed_records.public.key", record_key=key_id)


def status_address() -> str:
    return full_address("signed_records.public.no_longer_standing")


def issuer_address() -> str:
    settings: Settings = current_app.extensions["rpe_settings"]
    return settings.base_url
