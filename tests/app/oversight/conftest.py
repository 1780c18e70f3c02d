"""A network with its coordinator, and a placement there that runs well."""

import pytest


@pytest.fixture
def placement(build):
    return build.placement(build.learner(name="Robin Learner"), build.mentor(name="Dr A. Mentor"))


@pytest.fixture
def network(placement):
    return placement.opening.network


@pytest.fixture
def coordinator(build, network):
    person = build.coordinator(network)
    person.name = "Casey Coordinator"
    return person


@pytest.fixture
def successor(build, placement, network):
    """Another mentor's opening on the same study."""
    return build.opening(build.mentor(name="Dr S. Successor"), placement.opening.study, network)


@pytest.fixture
def other_study(build, network):
    """An opening on another study."""
    return build.opening(build.mentor(name="Dr O. Other"), build.study("Falls at home"), network)
