"""Asks the service that issued a record, over the network, for its key and for how the record stands."""

import json
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

from app.platform.sealing.keys import PublicKey

SECONDS = 20
BYTES_MAX = 100_000
HERE = ("localhost", "127.0.0.1")


class NoElsewhere(HTTPRedirectHandler):
    """Follows no answer that sends it elsewhere: another address was not asked for, and may not be a safe one."""

    def redirect_request(self, *asked: Any) -> None:
        return None


OPENER = build_opener(NoElsewhere)


class NoAnswer(Exception):
    """The service did not answer as one of these does; the message says what happened."""


class Issuer:
    """The service at an address that whoever asks has typed herself: one out of the file would vouch for itself."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE)
        if not is_safe or not parts.hostname:
            raise NoAnswer("Give the https address of the service, like https://placements.example.")
        self.address = f"{parts.scheme}://{parts.netloc}"
        self.warnings: dict[str, str] = {}  # from when on a key of its is not to be believed, as it says

    def key(self, key_id: str) -> PublicKey | None:
        """Its key of this id; None where it has none."""
        found = self.get(f"/keys/{quote(key_id, safe='')}")
        try:
            known = PublicKey.of(found) if found is not None else None
        except ValueError as fault:
            raise NoAnswer(f"{self.address} answered with something that is no key.") from fault
        if known is None or known.id != key_id:
            return None
        if isinstance(found, dict) and found.get("compromised_from"):
            self.warnings[key_id] = str(found["compromised_from"])
        return known

    def standing(self, record_address: str) -> str:
        """How it says that a record stands."""
        name = urlsplit(record_address).path.rpartition("/")[2]
        found = self.get(f"/records/{quote(name, safe='')}/standing.json")
        return str(found.get("standing", "not known")) if isinstance(found, dict) else "not known"

    def get(self, path: str) -> Any:
        """What stands at a path; None where nothing does."""
        try:
            with OPENER.open(f"{self.address}{path}", timeout=SECONDS) as answer:
                return json.loads(answer.read(BYTES_MAX))
        except HTTPError as fault:
            if fault.code == 404:
                return None
            raise NoAnswer(f"{self.address} answers with {fault.code}. Try again later.") from fault
        except (URLError, OSError, ValueError) as fault:
            raise NoAnswer(f"{self.address} does not answer as such a service does: {fault}") from fault
