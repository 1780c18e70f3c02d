"""Somebody registers for updates, an administrator sends one, and the reader stops them."""

import pytest
from sqlalchemy import select

from app.models.operations.outbox import Message
from app.models.people import Role
from app.platform.outbox import FORGOTTEN
from tests.builders import Builder
from tests.journeys.conftest import Arrives
from tests.journeys.live import Service
from tests.journeys.small_world import PASSWORD, let_in

READER = "reader@nowhere.example"
EDITOR = "editor@nowhere.example"


def newest_link(service: Service) -> str:
    """The path of the link in the newest mail to the reader."""
    with service.records() as session:
        bodies = session.scalars(select(Message.body).where(Message.recipient == READER).order_by(Message.id)).all()
    address = next(word for word in bodies[-1].split() if word.startswith("http"))
    return "/" + address.split("/", 3)[3]


@pytest.mark.parametrize(("width", "with_scripts"), [(1280, True), (390, False)], ids=["wide", "phone-no-scripts"])
def test_updates_are_asked_for_sent_and_stopped(
    service: Service, arrives: Arrives, width: int, with_scripts: bool
) -> None:
    with service.records() as session:
        let_in(Builder(session, service.now).person(Role.ADMINISTRATOR, name="The Editor"), EDITOR)
    reader, editor = (arrives(service, width, with_scripts) for _ in range(2))
    reader.opens("/")
    reader.follows("Register for updates")
    reader.is_on("Updates by email")
    reader.chooses("Calls for bursaries")
    reader.writes("Email address", READER)
    reader.presses("Register for updates")
    reader.is_on("Look at your email")
    reader.opens(newest_link(service))
    reader.is_on("Confirm that you want updates")
    reader.presses("Confirm")
    reader.is_on("You get updates by email")

    editor.signs_in(EDITOR, PASSWORD)
    editor.goes_by_menu("Updates")
    editor.is_on("Updates by email")
    editor.follows("Write an update")
    editor.is_on("Write an update")
    editor.picks("Who gets it?", "Calls for bursaries")
    editor.writes("Subject", "A call is open")
    editor.writes("What do you write?", "Ask your university by 1 May 2026.")
    editor.presses("Save and look at the mail")
    editor.is_on("A call is open")
    editor.reads("It goes to 1 person")
    editor.presses("Send the update")
    editor.reads("The update is sent to 1 person. Everybody can read it.")
    editor.looks()
    editor.goes_by_menu("Updates")
    editor.is_on("Updates by email")

    reader.opens(newest_link(service))
    reader.is_on("Your updates by email")
    reader.presses("Stop all updates")
    reader.is_on("You get no more updates")
    with service.records() as session:
        assert set(session.scalars(select(Message.recipient))) == {FORGOTTEN}
