"""What anybody may read before signing in."""

import pytest

from tests.journeys.conftest import Arrives
from tests.journeys.live import Service


@pytest.mark.parametrize(("width", "with_scripts"), [(1280, True), (390, False)], ids=["wide", "phone-no-scripts"])
def test_anybody_can_read_what_the_service_is_for(
    service: Service, arrives: Arrives, width: int, with_scripts: bool
) -> None:
    somebody = arrives(service, width, with_scripts)
    somebody.opens("/")
    somebody.is_on("Find your place in a clinical study")
    somebody.follows("The pathways")
    somebody.is_on("Pathways")
    somebody.follows("Accessibility")
    somebody.is_on("Accessibility")
    somebody.follows("Privacy")
    somebody.is_on("Privacy")
    somebody.follows("Sign in")
    somebody.is_on("Sign in")
    with somebody.being_refused():
        somebody.writes("Email address", "nobody@nowhere.example")
        somebody.writes("Password", "wrong")
        somebody.presses("Sign in")
        somebody.reads("The email address or the password is not right")
    somebody.is_on("Sign in")
    assert somebody.page.get_by_label("Email address", exact=True).input_value() == "nobody@nowhere.example"
