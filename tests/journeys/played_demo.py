"""The service with months of the demo behind it, played once and copied for whoever changes it."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select

from app.demo.playing.staging import Play
from app.demo.world.build import build_world
from app.models.operations.outbox import Message
from app.models.people import Person
from app.platform.db import db
from tests.journeys.conftest import BEGINNING
from tests.journeys.live import Service, running_service


def play(file: Path, learners: int) -> None:
    """Play the demo into a file of SQLite; its test day is the demo's today."""
    with running_service(url_of(file.with_suffix(".playing")), BEGINNING) as service:
        with service.app.test_request_context(base_url=service.address):
            Play(service.app, build_world(learners, today=BEGINNING), {}, lambda step: None).run()
            db.session.remove()
            db.engine.dispose()  # what was written beside the file goes into it
        shutil.copyfile(file.with_suffix(".playing"), file)


@contextmanager
def played_service(file: Path, place: Path) -> Iterator[Service]:
    """The service on a copy of what was played."""
    copied = shutil.copyfile(file, place / "copied.sqlite3")
    with running_service(url_of(copied), BEGINNING) as service:
        yield service


def url_of(file: Path) -> str:
    return f"sqlite:///{file}"


def email_of(service: Service, name: str) -> str:
    """The address of somebody whom a page has named; in the demo no two people have the same name."""
    with service.records() as session:
        return session.scalars(select(Person.email).where(Person.name == name)).one()


def link_mailed_to(service: Service, recipient: str, path: str) -> str:
    """The path of the newest link that was mailed to somebody."""
    with service.records() as session:
        bodies = session.scalars(select(Message.body).where(Message.recipient == recipient).order_by(Message.id.desc()))
        return next(found[0] for body in bodies if (found := re.search(re.escape(path) + r"[\w-]+", body)))
