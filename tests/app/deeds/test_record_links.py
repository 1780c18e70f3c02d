"""A link in a mail opens one record for one reader, once, and for a time."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.operations.links import RecordLink
from app.models.studies import Opening
from app.platform.links import end_links_to, link_behind
from tests.builders import Builder

WEEK = timedelta(days=7)


def issued(session: Session, opening: Opening, now: datetime) -> tuple[RecordLink, str]:
    link, secret = RecordLink.issue("confirm", opening, opening.mentor.email, now, WEEK, person=opening.mentor)
    session.add(link)
    session.flush()
    return link, secret


def test_a_link_is_found_by_its_secret_and_purpose_until_it_is_too_old(
    session: Session, build: Builder, now: datetime
) -> None:
    link, secret = issued(session, build.opening(), now)
    assert link_behind(session, secret, "confirm", now + WEEK, for_update=True) is link
    for wrong, purpose, moment in (
        (secret + "x", "confirm", now),
        (secret, "sign", now),
        (secret, "confirm", now + WEEK + timedelta(seconds=1)),
    ):
        with pytest.raises(Refused):
            link_behind(session, wrong, purpose, moment)


def test_all_links_to_a_record_end_together_and_others_stay(session: Session, build: Builder, now: datetime) -> None:
    one, other = build.opening(), build.opening()
    secrets = [issued(session, opening, now)[1] for opening in (one, one, other)]
    end_links_to(session, one, "confirm", now)
    session.expire_all()
    for secret in secrets[:2]:
        with pytest.raises(Refused):
            link_behind(session, secret, "confirm", now)
    assert link_behind(session, secrets[2], "confirm", now).subject_id == other.id


def test_a_link_to_an_address_that_its_person_no_longer_has_is_not_good(
    session: Session, build: Builder, now: datetime
) -> None:
    link, secret = issued(session, build.opening(), now)
    assert link.person is not None
    link.person.email = "elsewhere@nowhere.example"
    session.flush()
    with pytest.raises(Refused):
        link_behind(session, secret, "confirm", now)
