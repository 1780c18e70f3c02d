"""A placement whose programme asks for two capabilities, and browsers of all who have to do with it."""

import io
import zipfile

import pytest
from sqlalchemy import select

from app.models.course.evidence import Evidence
from app.models.people import Role

PDF = b"%PDF-1.7\nA screening log."


@pytest.fixture
def placement(build):
    return build.placement()


@pytest.fixture
def programme(placement):
    return placement.module.programme


@pytest.fixture
def consent(build, programme):
    return committed(build, build.capability(programme, "Consent"))


@pytest.fixture
def screening(build, programme):
    return committed(build, build.capability(programme, "Screening"))


@pytest.fixture
def learner(sign_in, placement):
    return sign_in(placement.learner)


@pytest.fixture
def mentor(sign_in, placement):
    return sign_in(placement.mentor)


@pytest.fixture
def lead(build, programme, sign_in):
    person = build.person()
    build.grant(person, Role.PROGRAMME_LEAD, provider=programme.provider)
    return sign_in(person)


@pytest.fixture
def address(placement):
    return f"/placements/{placement.id}/capabilities"


@pytest.fixture
def adding(placement):
    return f"/placements/{placement.id}/evidence/new"


@pytest.fixture
def pieces(session, look_again):
    def read():
        look_again()
        return session.scalars(select(Evidence).order_by(Evidence.id)).all()

    return read


def committed(build, row):
    """A row that a browser which is signed in already sees."""
    build.session.commit()
    return row


def note(*capabilities, **changes):
    """What the form of evidence sends for a note."""
    values = {
        "kind": "note",
        "title": "My first consent",
        "words": "I explained the study and took consent, with my mentor beside me.",
        "capabilities": [str(one.id) for one in capabilities],
        "form_key": "0123456789abcdef0123",
    }
    return {**values, **changes}


def a_file(*capabilities, content=PDF, name="log.pdf", **changes):
    return note(*capabilities, kind="file", file=(io.BytesIO(content), name), **changes)


def office_file(*parts):
    """A file of an office program with these parts in it."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return kept.getvalue()
