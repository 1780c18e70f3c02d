"""A placement that begins in four weeks, with nothing of what it needs yet, its people and its coordinator."""

from datetime import timedelta

import pytest

from app.models.course.readiness import NeedKind
from app.platform.occasion import Occasion


@pytest.fixture
def placement(build, today):
    return build.placement(
        build.learner(name="Robin Learner"), build.mentor(name="Dr A. Mentor"), starts_on=today + timedelta(days=28)
    )


@pytest.fixture
def needs(build, placement):
    return build.needs(placement)


@pytest.fixture
def coordinator(build, placement):
    person = build.coordinator(placement.opening.network)
    person.name = "Casey Coordinator"
    return person


@pytest.fixture
def by(today, now):
    """by(person) is the occasion of what she does today."""
    return lambda person: Occasion(person, today, now, "http://localhost/")


@pytest.fixture
def all_in_place(build, needs):
    """Everything that the placement needs is there."""
    return {kind: build.cover(need) for kind, need in needs.items()}


@pytest.fixture
def gcp(needs):
    return needs[NeedKind.GCP]
