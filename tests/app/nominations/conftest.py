"""A learner who has found a supervisor, and a coordinator who checks it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.operations.outbox import Message
from app.models.organisations import Network, Organisation
from app.models.people import Person
from app.models.programmes import Module
from app.models.studies import Study
from tests.app.studies.filling_in import day
from tests.builders import Builder

EMAIL = "sam.example@nowhere.example"


@dataclass
class Found:
    """Who and what a nomination is about."""

    build: Builder
    learner: Person
    module: Module
    network: Network
    coordinator: Person
    organisation: Organisation
    study: Study

    @property
    def says(self) -> dict[str, str]:
        """What the learner enters about her supervisor."""
        return {
            "module": str(self.module.id),
            "name": "Sam Example",
            "email": EMAIL,
            "job_title": "Consultant nurse",
            "organisation": self.organisation.name,
            "organisation_id": str(self.organisation.id),
            "network": "",
            **day("starts_on", self.build.today + timedelta(days=30)),
            **day("ends_on", self.build.today + timedelta(days=230)),
        }


@pytest.fixture
def found(build: Builder) -> Found:
    network = build.network("North West")
    learner = build.learner(name="Alex Learner")
    module = build.enrolment(learner).programme.modules[0]
    coordinator = build.coordinator(network)
    organisation = build.organisation(network, name="Harbour Hospital")
    return Found(build, learner, module, network, coordinator, organisation, build.study("Walking after a fall"))


@pytest.fixture
def link_in_mail(session: Session, look_again: Callable[[], None]) -> Callable[..., str]:
    """link_in_mail(recipient) gives the path of the newest link that was mailed to somebody."""

    def read(recipient: str = EMAIL, path: str = "/supervise/") -> str:
        look_again()
        bodies = session.scalars(select(Message.body).where(Message.recipient == recipient).order_by(Message.id.desc()))
        return next(found[0] for body in bodies if (found := re.search(re.escape(path) + r"[\w-]+", body)))

    return read
