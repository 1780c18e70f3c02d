"""What a password must be is a rule of the service: it holds however a password comes to be set."""

from datetime import timedelta

import pytest

from app.language.refusal import Refused
from app.models.people import OneTimeLink
from app.sign_in.service import check_password, hasher, kept_of_password, set_password

GOOD = ["twelve chars", "é" * 12, "x" * 200]
BAD = {
    "": "Enter a new password",
    " " * 12: "Enter a new password",
    "eleven char": "12 and 200",
    "x" * 201: "12 and 200",
}


@pytest.mark.parametrize("password", GOOD)
def test_a_good_password_is_kept_as_what_only_it_can_prove(password):
    kept = kept_of_password(password)
    assert password not in kept
    assert hasher.verify(kept, password)


@pytest.mark.parametrize(("password", "words"), BAD.items())
def test_a_password_that_is_not_good_is_refused_without_any_form(password, words):
    with pytest.raises(Refused, match=words) as refusal:
        kept_of_password(password)
    assert refusal.value.field == "password"


def test_a_refused_password_changes_nothing_and_leaves_the_link(session, build, now):
    person = build.person(password_hash=kept_of_password("four words put together"))
    link, _ = OneTimeLink.issue(person, now, timedelta(hours=1))
    session.add(link)
    session.flush()
    with pytest.raises(Refused):
        set_password(session, link, "too short", now)
    assert link.is_good(now)
    assert check_password(session, person.email, "four words put together", now) is person
