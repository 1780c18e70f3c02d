"""What a password must be is a rule of the service: it holds however a password comes to be set."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.refusal import Refused
from app.models.people import OneTimeLink
from app.platform.passwords import hasher, kept_of_password, weakness
from app.sign_in.mails import AboutService
from app.sign_in.service import check_password, set_password

WORDS = AboutService("Placements of an example", "help@nowhere.example", "https://nowhere.example/password/forgotten")
GOOD = ["twelve chars", "étés où l'âne dort", "tulip ladder frost " * 10]
BAD = {
    "": "Enter a new password",
    " " * 12: "Enter a new password",
    "eleven char": "12 and 200",
    "x" * 201: "12 and 200",
    "é" * 12: "repeats itself",
    "x" * 200: "repeats itself",
    "aaaaaaaaaaaa": "repeats itself",
    "abcdefghijkl": "follows a row",
    "password1234": "guessed early",
    "Password1234!": "guessed early",
    "qwertyuiop12": "guessed early",
    "iloveyou1234": "guessed early",
    "letmeinletmein": "guessed early|repeats itself",
}
OF_JANE = ("Jane Example", "j.example@hospital.example", "Research Practice Experience placements")
HERS = [
    "Jane Example",
    "janeexample1",
    "j.example@hospital.example",
    "J.Example@Hospital.Example1",
    "jane jane jane",
    "Research Practice Experience",
    "placements2026",
    "hospital jane 1",
]


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


@pytest.mark.parametrize("password", HERS)
def test_what_a_stranger_would_try_first_is_refused_and_what_would_be_better_is_said(password):
    with pytest.raises(Refused) as refusal:
        kept_of_password(password, OF_JANE)
    assert refusal.value.message == (
        "The password is made of your name, your email address or the name of this service. Three or four words that "
        "only you would put together are good"
    )


@pytest.mark.parametrize("password", ["jane likes tulip ladders", "frost on a ladder of hope"])
def test_her_name_may_stand_among_other_words(password):
    assert weakness(password, OF_JANE) == ""


@given(st.text(min_size=1, max_size=300), st.lists(st.text(max_size=40), max_size=3))
def test_any_text_is_judged(password, hers):
    assert isinstance(weakness(password, hers), str)


def test_a_refused_password_changes_nothing_and_leaves_the_link(session, build, now):
    person = build.person(password_hash=kept_of_password("four words put together"))
    link, _ = OneTimeLink.issue(person, now, timedelta(hours=1))
    session.add(link)
    session.flush()
    with pytest.raises(Refused):
        set_password(session, link, "too short", WORDS, now)
    assert link.is_good(now)
    assert check_password(session, person.email, "four words put together").person_id == person.id


@pytest.mark.parametrize("password", ["password1234", "a nurse nurse", "nurse@nowhere.example"])
def test_a_link_takes_no_password_that_is_guessed_early(client, session, build, now, password):
    person = build.person(email="nurse@nowhere.example", name="A Nurse")
    link, secret = OneTimeLink.issue(person, now, timedelta(hours=1))
    session.add(link)
    session.commit()
    assert client.post(f"/password/{secret}", data={"password": password, "again": password}).status_code == 422
