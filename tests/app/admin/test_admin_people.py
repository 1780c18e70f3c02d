"""The administrator invites people, gives and ends roles, and withdraws accounts."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.audit import AuditLine
from app.models.outbox import Message
from app.models.people import OneTimeLink, Person, Role


@pytest.fixture
def administrator(build):
    return build.person(Role.ADMINISTRATOR, name="An Administrator")


def test_an_invited_person_gets_a_link_and_can_then_sign_in(sign_in, client, session, administrator, mails):
    browser = sign_in(administrator)
    answer = browser.post("/admin/people/new", data={"name": "New Mentor", "email": "New@nowhere.example"})
    assert answer.status_code == 303
    subject = "Your account for Research Practice Experience placements"
    assert mails() == [("new@nowhere.example", subject, "Hello New Mentor,")]
    message = session.scalars(select(Message)).one()
    link = next(line for line in message.body.splitlines() if "/password/" in line).removeprefix("http://localhost")
    words = {"password": "a very long new password", "again": "a very long new password"}
    assert client.post(link, data=words).status_code == 303
    assert client.post(link, data=words).status_code == 422, "a link works once"
    words = {"email": "new@nowhere.example", "password": "a very long new password"}
    assert client.post("/sign-in", data=words).status_code == 303


def test_an_address_is_invited_once_and_what_was_typed_is_kept(sign_in, build, administrator):
    build.person(email="known@nowhere.example")
    answer = sign_in(administrator).post("/admin/people/new", data={"name": "Twice", "email": "known@nowhere.example"})
    assert answer.status_code == 422
    assert "has an account already" in answer.text
    assert 'value="Twice"' in answer.text


def test_a_coordinator_needs_a_network(sign_in, build, session, administrator, look_again):
    person, network = build.person(), build.network("North West")
    browser = sign_in(administrator)
    answer = browser.post(f"/admin/people/{person.id}/roles", data={"role": "COORDINATOR"})
    assert answer.status_code == 422
    assert "Choose the network" in answer.text
    browser.post(f"/admin/people/{person.id}/roles", data={"role": "COORDINATOR", "network": str(network.id)})
    look_again()
    assert session.get(Person, person.id).network_ids() == {network.id}
    line = session.scalars(select(AuditLine).where(AuditLine.deed == "gave a role")).one()
    assert (line.actor_name, line.subject_id) == ("An Administrator", person.id)


def test_a_role_that_ended_opens_nothing_any_more(sign_in, build, administrator):
    coordinator = build.coordinator(build.network())
    grant = coordinator.grants[0]
    browser, hers = sign_in(administrator), sign_in(coordinator)
    assert hers.get("/admin/people").status_code == 403
    asked = browser.get(f"/admin/people/{coordinator.id}/roles/{grant.id}/end").text
    assert "no longer sees or runs the rounds of this network" in asked
    assert grant.network.name in asked
    assert hers.get("/rounds").status_code == 200, "asking ends nothing"
    assert browser.post(f"/admin/people/{coordinator.id}/roles/{grant.id}/end").status_code == 303
    assert hers.get("/rounds").status_code == 403
    assert browser.post(f"/admin/people/{coordinator.id}/roles/{grant.id}/end").status_code == 404


def test_the_last_administrator_keeps_her_role(sign_in, administrator):
    grant = administrator.grants[0]
    answer = sign_in(administrator).post(f"/admin/people/{administrator.id}/roles/{grant.id}/end")
    assert answer.status_code == 422
    assert "the only administrator" in answer.text


def test_a_withdrawn_account_is_signed_out_at_once(sign_in, build, administrator):
    person = build.person()
    browser, hers = sign_in(administrator), sign_in(person)
    assert hers.get("/account").status_code == 200
    assert browser.post(f"/admin/people/{person.id}/withdraw").status_code == 303
    assert hers.get("/account").status_code == 303


def test_withdrawing_asks_first_and_says_what_follows(sign_in, build, administrator):
    person = build.person(name="About To Leave")
    page = sign_in(administrator).get(f"/admin/people/{person.id}/withdraw").text
    assert "Withdraw the account of About To Leave?" in page
    assert "nobody is told by mail" in page


def test_a_withdrawn_account_gets_no_link_until_it_is_restored(sign_in, build, session, administrator, look_again):
    person = build.person(is_active=False)
    browser = sign_in(administrator)
    answer = browser.post(f"/admin/people/{person.id}/invitation")
    assert answer.status_code == 422
    assert "Restore the account first" in answer.text
    assert browser.post(f"/admin/people/{person.id}/restore").status_code == 303
    assert browser.post(f"/admin/people/{person.id}/invitation").status_code == 303
    look_again()
    assert len(session.scalars(select(Message)).all()) == 1


def test_a_wrong_address_is_corrected_and_the_old_link_ends(
    sign_in, client, build, session, administrator, look_again, now
):
    person = build.person(name="Typed Wrong", email="wrnog@nowhere.example")
    link, secret = OneTimeLink.issue(person, now, timedelta(days=1))
    session.add(link)
    browser = sign_in(administrator)
    page = browser.get(f"/admin/people/{person.id}/correct").text
    assert 'value="wrnog@nowhere.example"' in page
    words = {"name": "Typed Right", "email": "Right@nowhere.example"}
    assert browser.post(f"/admin/people/{person.id}/correct", data=words).status_code == 303
    look_again()
    assert (person.name, person.email) == ("Typed Right", "right@nowhere.example")
    assert client.get(f"/password/{secret}").status_code == 422
    line = session.scalars(select(AuditLine).where(AuditLine.deed == "corrected a person")).one()
    assert line.details["email_before"] == "wrnog@nowhere.example"


def test_an_address_of_somebody_else_is_refused_and_what_was_typed_is_kept(sign_in, build, administrator):
    build.person(email="taken@nowhere.example")
    person = build.person()
    words = {"name": "Typed Name", "email": "taken@nowhere.example"}
    answer = sign_in(administrator).post(f"/admin/people/{person.id}/correct", data=words)
    assert answer.status_code == 422
    assert "has an account already" in answer.text
    assert 'value="Typed Name"' in answer.text


def test_the_list_takes_the_same_queries_however_many_people_there_are(sign_in, build, administrator, queries):
    browser = sign_in(administrator)

    def count() -> int:
        with queries() as statements:
            assert browser.get("/admin/people").status_code == 200
        return len(statements)

    few = count()
    for _ in range(10):
        build.coordinator(build.network())
    sign_in(administrator)
    assert count() == few


def test_the_audit_trail_is_searched_and_read(sign_in, build, administrator):
    person = build.person(name="Known Person")
    browser = sign_in(administrator)
    browser.post(f"/admin/people/{person.id}/withdraw")
    page = browser.get("/admin/audit?q=Known").text
    assert "withdrew an account" in page
    assert "withdrew an account" not in browser.get("/admin/audit?q=Nobody").text.split('id="lines"')[1]


def test_an_audit_line_cannot_be_changed(session, build, administrator, sign_in, look_again):
    person = build.person()
    sign_in(administrator).post(f"/admin/people/{person.id}/withdraw")
    look_again()
    line = session.scalars(select(AuditLine)).one()
    line.deed = "did nothing"
    with pytest.raises(ValueError, match="never changed"):
        session.commit()
    session.rollback()
