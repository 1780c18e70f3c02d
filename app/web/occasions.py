"""The occasion of a request: whoever is signed in, now."""

from app.platform.clock import now, today
from app.platform.occasion import Occasion
from app.web.access import signed_in
from app.web.addresses import full_address


def this_occasion() -> Occasion:
    """Only for views behind `requires`."""
    return Occasion(signed_in(), today(), now(), full_address("home.show"))
