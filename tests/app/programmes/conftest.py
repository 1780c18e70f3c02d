"""A university with a programme that is being written, and browsers of its lead, another lead and an administrator."""

import pytest

from app.models.people import Role


@pytest.fixture
def provider(build):
    return build.provider("University of Somewhere")


@pytest.fixture
def lead_of(build, sign_in):
    def browser(provider):
        person = build.person()
        build.grant(person, Role.PROGRAMME_LEAD, provider=provider)
        return sign_in(person)

    return browser


@pytest.fixture
def lead(lead_of, provider):
    return lead_of(provider)


@pytest.fixture
def draft(build, provider, session):
    """A certificate of four fifteens, which nobody reads yet."""
    version = build.programme_version(build.programme(provider), published_at=None)
    session.commit()
    return version


@pytest.fixture
def published(build, provider, session):
    version = build.programme_version(build.programme(provider))
    session.commit()
    return version
