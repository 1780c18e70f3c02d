"""The world in which every route has its records, and a mail server of our own."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator
from queue import Queue
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.models.operations.outbox import Message
from app.platform.db import TransactionalFlask
from tests.builders import Builder
from tests.world import World, make_world


@pytest.fixture
def world(app: TransactionalFlask, build: Builder, engine: Engine) -> World:
    """A small world in which every kind of record exists and every role is held by somebody whom it concerns."""
    return make_world(app, build, engine)


@pytest.fixture
def mails(session: Session, look_again: Callable[[], None]) -> Callable[[], list[tuple[str, str, str]]]:
    """mails() gives recipient, subject and first line of each mail, in the order in which they were queued."""

    def read() -> list[tuple[str, str, str]]:
        look_again()
        messages = session.scalars(select(Message).order_by(Message.id))
        return [(one.recipient, one.subject, one.body.splitlines()[0]) for one in messages]

    return read


SECONDS_TO_BE_READY = 120  # on a busy machine


class Mailbox:
    """Keeps what the server took, and lets a test wait for it; refuses one address for good and another for now."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.arrived: Queue[str] = Queue()

    @property
    def taken(self) -> list[str]:
        return list(self.arrived.queue)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address.startswith("refused"):
            return "550 no such mailbox"
        if address.startswith("later"):
            return "451 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.arrived.put(envelope.content.decode())
        return "250 OK"


class MailServer(Controller):
    """Serves on a socket that is bound already, so that nobody else can have taken its port meanwhile."""

    def __init__(self, box: Mailbox, listener: socket.socket) -> None:
        self.listener = listener
        host, port = listener.getsockname()
        super().__init__(box, hostname=host, port=port, ready_timeout=SECONDS_TO_BE_READY)

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self.listener)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A real mail server on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        box = Mailbox(f"smtp://127.0.0.1:{listener.getsockname()[1]}")
        server = MailServer(box, listener)
        server.start()
        yield box
        server.stop()
