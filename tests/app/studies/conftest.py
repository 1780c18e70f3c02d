"""A mentor at a hospital, a study, and what is filled in about openings and profiles."""

from datetime import timedelta

import pytest

from tests.app.studies.filling_in import day


@pytest.fixture
def network(build):
    return build.network("North London")


@pytest.fixture
def hospital(build, network):
    return build.organisation(network, name="Guy's and St Thomas' NHS Foundation Trust", ods_code="RJ1")


@pytest.fixture
def mentor(build, hospital):
    return build.mentor(name="A Mentor")


@pytest.fixture
def study(build):
    return build.study("Falls in old age")


@pytest.fixture
def offer(hospital, today):
    """What a mentor fills in on a new opening."""
    return {
        "organisation": "guys thomas",
        "places": "2",
        "levels": ["PGCERT", "PGDIP"],
        "learner_does": "Screening notes and consent.",
        **day("starts_on", today + timedelta(days=30)),
        **day("ends_on", today + timedelta(days=200)),
    }


@pytest.fixture
def answers(hospital):
    """What a mentor fills in on her profile."""
    return {
        "profession": "NURSE",
        "job_title": "Research nurse",
        "organisation": "RJ1",
        "teaches": "Consent talks with older people.",
        "learners_max": "3",
        "hours_a_month": "12",
    }
