"""Full web addresses for mail, built on the address that the operator configured and not on what a browser claims."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from werkzeug.routing import MapAdapter


def full_address(endpoint: str, **values: Any) -> str:
    """The address of a page as it stands in an email; works in a job too, where there is no request."""
    return addresses_here().build(endpoint, values, force_external=True)


def addresses_like(endpoint: str, name: str) -> Callable[[Any], str]:
    """The same for thousands of pages that differ in one value: its addresses by that."""
    addresses = addresses_here()
    return lambda value: addresses.build(endpoint, {name: value}, force_external=True)


def addresses_here() -> MapAdapter:
    base = urlsplit(current_app.extensions["rpe_settings"].base_url)
    return current_app.url_map.bind(base.netloc, base.path or "/", url_scheme=base.scheme)


def password_address(secret: str) -> str:
    """Where the holder of a one-time link chooses a password."""
    return full_address("sign_in.new_password", secret=secret)


def new_email_address(secret: str) -> str:
    """Where the reader of a new email address says that she reads it."""
    return full_address("sign_in.ask_to_take_address", secret=secret)
