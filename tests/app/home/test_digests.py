"""The mail that lists what waits for a person: when it comes, what it says, and how she stops it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.home.digests import jobs
from app.home.digests.due import people_due
from app.home.digests.jobs import PEOPLE_AT_ONCE, send_digests_due, send_to_some
from app.home.digests.service import send_digests
from app.home.digests.stopping_views import stop_secret
from app.language.mail import Mail
from app.language.working_days import is_working_day
from app.models.operations.audit import AuditLine
from app.models.operations.outbox import Message
from app.models.people import Role
from app.models.reminding.digests import DigestSetting, Rhythm, last_turn, next_turn
from app.platform.db import write_patiently
from app.platform.outbox import Postman, letter_of, queue_message
from app.rules.home_items import ToDo
from tests.screen import shown

DAY = timedelta(days=1)
MONDAY = date(2026, 3, 9)
MONDAY_AT_8 = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
FROM_MAIL_PROGRAM = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def mentor(build):
    """A mentor for whom two things wait: a profile to complete and a first opening to publish."""
    return build.person(Role.MENTOR, name="Ada Mentor", email="ada@nowhere.example", created_at=build.now)


@pytest.fixture
def look(app, session, look_again):
    """look(moment) does what a worker does then, twice, and gives what was mailed so far."""

    def at(moment):
        session.commit()
        app.config["NOW"] = lambda: moment
        with app.test_request_context():
            send_digests_due()
            send_digests_due()
        look_again()
        return session.scalars(select(Message).order_by(Message.id)).all()

    return at


def choose(build, person, rhythm, weekday=0, looked_on=date(2026, 3, 3)):
    build.add(DigestSetting(person_id=person.id, rhythm=rhythm, weekday=weekday, looked_on=looked_on))


def test_it_comes_on_monday_from_seven_in_london_and_says_what_home_says(mentor, look):
    assert look(datetime(2026, 3, 8, 12, 0, tzinfo=UTC)) == []
    assert look(datetime(2026, 3, 9, 6, 59, tzinfo=UTC)) == []
    [mail] = look(datetime(2026, 3, 9, 7, 0, tzinfo=UTC))
    assert (mail.recipient, mail.subject) == ("ada@nowhere.example", "2 things wait for you")
    assert mail.body.startswith(
        "Hello Ada Mentor,\n\nTo do\n\n- Complete your profile\n"
        "  Learners choose by what you do and what they can learn from you.\n  http://localhost/mentor/profile\n\n"
        "- Publish your first opening\n"
    )
    assert "http://localhost/reminders\n" in mail.body


def test_in_summer_seven_is_seven_by_the_clocks_of_london(mentor, look):
    monday = datetime(2026, 7, 6, tzinfo=UTC)
    assert look(monday + timedelta(hours=5, minutes=59)) == []
    assert len(look(monday + timedelta(hours=6))) == 1


def test_one_comes_a_week_however_often_a_worker_looks(mentor, look):
    assert len(look(MONDAY_AT_8)) == 1
    assert len(look(MONDAY_AT_8 + timedelta(hours=9))) == 1
    assert len(look(MONDAY_AT_8 + 6 * DAY)) == 1
    assert len(look(MONDAY_AT_8 + 7 * DAY)) == 2


def test_a_turn_that_no_worker_was_there_for_is_made_up_for(mentor, look):
    assert len(look(MONDAY_AT_8 + 2 * DAY)) == 1
    assert len(look(MONDAY_AT_8 + 7 * DAY)) == 2


def test_daily_is_on_working_days_and_never_is_never(build, mentor, look):
    choose(build, mentor, Rhythm.DAILY)
    other = build.person(Role.MENTOR)
    choose(build, other, Rhythm.NEVER)
    days = [MONDAY_AT_8 + number * DAY for number in range(7)]
    assert [len(look(day)) for day in days] == [1, 2, 3, 4, 5, 5, 5]
    assert {mail.recipient for mail in look(days[-1])} == {mentor.email}


def test_who_has_nothing_to_do_gets_nothing_and_is_looked_at_once(build, session, look, queries, app):
    person = build.person()
    build.grant(person, Role.ACADEMIC_SUPERVISOR, provider=build.provider())
    assert look(MONDAY_AT_8) == []
    assert session.get(DigestSetting, person.id).looked_on == MONDAY
    assert session.scalars(people_due(MONDAY)).all() == []


def test_who_cannot_sign_in_or_has_no_role_is_not_mailed(build, look):
    build.person(Role.MENTOR, is_active=False)
    build.grant(build.person(), Role.MENTOR).ended_at = build.now
    build.person()
    assert look(MONDAY_AT_8) == []


def test_a_new_account_waits_for_its_first_turn(build, look):
    build.person(Role.MENTOR, created_at=MONDAY_AT_8 + DAY)
    assert look(MONDAY_AT_8 + 2 * DAY) == []
    assert len(look(MONDAY_AT_8 + 7 * DAY)) == 1


def test_what_is_overdue_comes_first(build, look):
    """A coordinator's round that closed is late; what has no day comes after it."""
    network = build.network()
    person = build.coordinator(network)
    build.round(network, coordinator=person, name="Spring", closes_on=date(2026, 3, 5))
    [mail] = [mail for mail in look(MONDAY_AT_8) if mail.recipient == person.email]
    assert mail.subject == "1 thing waits for you, 1 overdue"
    assert "Overdue\n\n- Run Spring\n  Was due on 5 March 2026\n" in mail.body


def test_what_is_put_off_is_left_out_and_when_all_is_no_mail_comes(mentor, sign_in, look):
    browser = sign_in(mentor)
    for words in ("Complete your profile", "Publish your first opening"):
        browser.post(shown(browser.get("/reminders")).link(f"Put off : {words}"), data={"until": "2026-03-17"})
    assert look(MONDAY_AT_8) == []
    assert look(MONDAY_AT_8 + 6 * DAY) == [], "the turn of the week is over, though it came to nothing"
    assert look(MONDAY_AT_8 + 7 * DAY) == []
    assert len(look(MONDAY_AT_8 + 14 * DAY)) == 1


def test_what_a_mail_of_the_same_day_led_to_is_left_out(mentor, session, look):
    about = Mail("Your profile", "Please see to it here:\nhttp://localhost/mentor/profile\n")
    queue_message(session, mentor.email, about, MONDAY_AT_8 - timedelta(hours=3))
    [_, mail] = look(MONDAY_AT_8)
    assert mail.subject == "1 thing waits for you"
    assert "Complete your profile" not in mail.body


def test_a_mail_of_the_day_before_or_to_somebody_else_leaves_nothing_out(mentor, session, look):
    about = Mail("Your profile", "http://localhost/mentor/profile\n")
    queue_message(session, mentor.email, about, MONDAY_AT_8 - DAY)
    queue_message(session, "other@nowhere.example", about, MONDAY_AT_8)
    assert look(MONDAY_AT_8)[-1].subject == "2 things wait for you"


def test_who_is_killed_before_the_end_has_sent_nothing_and_the_next_sends_once(mentor, look, monkeypatch):
    """What was found is lost, mail and note are written together: there is no moment with one of them."""

    def killed(*given, **named):
        raise KeyboardInterrupt

    monkeypatch.setattr(jobs, "send_digests", killed)
    with pytest.raises(KeyboardInterrupt):
        look(MONDAY_AT_8)
    monkeypatch.undo()
    assert len(look(MONDAY_AT_8)) == 1


def test_who_is_overtaken_by_another_worker_sends_nothing(app, session, mentor, look, look_again):
    """Two workers look at the same people; the second to write finds that their turn is over."""
    session.commit()
    app.config["NOW"] = lambda: MONDAY_AT_8
    with app.test_request_context():
        people = session.scalars(people_due(MONDAY)).all()
        found = jobs.found_for(session, people)
        session.rollback()
        assert send_to_some() == 1
        assert write_patiently(lambda own: send_digests(own, found, jobs.ways(), MONDAY_AT_8)) == 0
    look_again()
    assert session.query(Message).count() == 1


def test_a_fault_about_one_person_keeps_nobody_else_from_her_mail(app, build, mentor, look, monkeypatch, caplog):
    other = build.person(Role.MENTOR, email="broken@nowhere.example")
    broken = other.id
    sources = app.extensions["rpe_home_sources"]

    def fails_for_one(session, person, now):
        if person.id == broken:
            raise ValueError("what nobody thought of")
        return []

    monkeypatch.setitem(app.extensions, "rpe_home_sources", [fails_for_one, *sources])
    assert {mail.recipient for mail in look(MONDAY_AT_8)} == {mentor.email}
    assert f"What waits for person {broken} could not be found" in caplog.text


def test_finding_whom_to_mail_costs_the_same_for_many(app, build, session, queries):
    """Beside what home pages ask and the mail that is written, a page of people needs as many queries as one."""

    def cost(number):
        for _ in range(number):
            build.person(Role.MENTOR)
        session.commit()
        app.config["NOW"] = lambda: MONDAY_AT_8
        with app.test_request_context(), queries() as statements:
            assert send_to_some() == number
        return len([one for one in statements if not one.startswith("INSERT INTO messages")])

    app.extensions["rpe_home_sources"], kept = [one_thing], app.extensions["rpe_home_sources"]
    try:
        few, many = cost(1), cost(PEOPLE_AT_ONCE - 1)
    finally:
        app.extensions["rpe_home_sources"] = kept
    assert few == many


def one_thing(session, person, now):
    return [ToDo("Do it", "It waits.", "home.show")]


# Choosing


def test_she_chooses_how_often_and_on_which_day(mentor, sign_in, session, look, look_again):
    browser = sign_in(mentor)
    assert shown(browser.get("/reminders")).says("comes on 9 March 2026, from 7am")
    page = shown(browser.post("/reminders", data={"rhythm": "weekly", "weekday": "3"}, follow_redirects=True))
    assert page.banner.endswith("The next mail comes on 5 March 2026, if something waits for you then.")
    assert page.says("comes on 5 March 2026, from 7am")
    look_again()
    [line] = session.scalars(select(AuditLine).where(AuditLine.deed == "chose when a digest comes")).all()
    assert line.details == {"rhythm": "weekly", "weekday": 3}
    assert len(look(datetime(2026, 3, 5, 8, 0, tzinfo=UTC))) == 1


def test_a_choice_never_brings_a_mail_on_the_same_day(mentor, sign_in, look, app):
    app.config["NOW"] = lambda: MONDAY_AT_8
    sign_in(mentor).post("/reminders", data={"rhythm": "weekly", "weekday": "0"})
    assert look(MONDAY_AT_8 + timedelta(hours=1)) == []


def test_an_odd_choice_is_refused_and_what_was_chosen_is_kept(mentor, sign_in, session):
    browser = sign_in(mentor)
    answer = browser.post("/reminders", data={"rhythm": "hourly", "weekday": "2"})
    assert answer.status_code == 422
    assert shown(answer).complaint[1] == "Choose how often"
    assert browser.post("/reminders", data={"rhythm": "weekly", "weekday": "9"}).status_code == 422
    assert session.query(DigestSetting).count() == 0


def test_the_page_says_what_comes_anyway(mentor, sign_in):
    page = shown(sign_in(mentor).get("/reminders"))
    assert page.says("offers and places, and what becomes of them")
    assert not page.says("something that is for you to see to, some days before it is due")


@given(st.sampled_from(Rhythm), st.integers(0, 6), st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_turns_follow_one_another(rhythm, weekday, today):
    last, following = last_turn(rhythm, weekday, today), next_turn(rhythm, weekday, today)
    if rhythm is Rhythm.NEVER:
        assert last is None
        assert following is None
        return
    assert last is not None
    assert following is not None
    assert last <= today < following
    assert last_turn(rhythm, weekday, following) == following, "what is promised comes"
    assert last_turn(rhythm, weekday, following - DAY) == last, "and nothing before it"
    assert is_working_day(last) if rhythm is Rhythm.DAILY else last.weekday() == weekday


# Stopping


def stop_address(mail):
    return mail.unsubscribe.removeprefix("http://localhost")


def test_a_mail_program_stops_it_with_one_click_without_an_account(mentor, client, app, look, session, look_again):
    [mail] = look(MONDAY_AT_8)
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = client.post(stop_address(mail), data=FROM_MAIL_PROGRAM)
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert shown(answer).heading == "No more of these mails"
    look_again()
    assert session.get(DigestSetting, mentor.id).rhythm is Rhythm.NEVER
    assert len(look(MONDAY_AT_8 + 7 * DAY)) == 1
    assert client.post(stop_address(mail), data=FROM_MAIL_PROGRAM).status_code == 200
    look_again()
    deed = "stopped digests by the link in a mail"
    assert len(session.scalars(select(AuditLine).where(AuditLine.deed == deed)).all()) == 1


def test_looking_at_the_link_stops_nothing_and_shows_a_button(mentor, client, look, session):
    [mail] = look(MONDAY_AT_8)
    page = shown(client.get(stop_address(mail)))
    assert page.heading == "Stop these mails"
    assert session.get(DigestSetting, mentor.id).rhythm is Rhythm.WEEKLY
    assert mail.unsubscribe in mail.body


def test_a_secret_that_was_not_made_here_stops_nobody(app, mentor, client, session):
    session.commit()
    with app.test_request_context():
        good = stop_secret(mentor)
    for secret in (good[:-1], f"{good}x", "WzFd.x", "1", "%00"):
        assert client.post(f"/stop/{secret}", data=FROM_MAIL_PROGRAM).status_code == 404
    assert session.query(DigestSetting).count() == 0


def test_the_headers_are_whole_however_long_the_address_is(mentor, session, mailbox, look):
    [mail] = look(MONDAY_AT_8)
    long = f"https://placements.{'a-very-long-name.' * 5}example/stop/WzEyMzRd.{'x' * 43}"
    mail.unsubscribe = long
    assert Postman(mailbox.url, "rpe@nowhere.example").deliver(letter_of(mail)) is None
    [taken] = mailbox.taken
    assert f"\nList-Unsubscribe: <{long}>\n" in taken.replace("\r\n", "\n")
    assert "\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n" in taken.replace("\r\n", "\n")


def test_the_secret_is_shown_to_nobody_but_its_reader(mentor, look, now):
    [mail] = look(MONDAY_AT_8)
    secret = mail.unsubscribe.rpartition("/")[2]
    assert secret not in mail.shown(with_secret=False)
    mail.note_sent(now)
    assert secret not in mail.body + mail.unsubscribe + mail.secret
