"""The administrator invites people, gives and ends roles, and withdraws accounts."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.operations.outbox import Message
from app.models.people import OneTimeLink, Person, Role
from app.platform.audit import record
from app.platform.passwords import hasher
from tests.screen import shown

NAME, EMAIL = "Full name", "Email address"
PASSWORD = "four words put together"
KNOWN = "Somebody with this email address has an account already. Look for it in the list."


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
    page = shown(answer)
    assert page.complaint == (EMAIL, KNOWN)
    assert (page.field(NAME).value, page.field(EMAIL).value) == ("Twice", "known@nowhere.example")


def test_a_coordinator_needs_a_network(sign_in, build, session, administrator, look_again):
    person, network = build.person(), build.network("North West")
    browser = sign_in(administrator)
    answer = browser.post(f"/admin/people/{person.id}/roles", data={"role": "COORDINATOR"})
    assert answer.status_code == 422
    assert shown(answer).complaint == (
        "Network, for a coordinator",
        "Choose the network that this coordinator works for",
    )
    browser.post(f"/admin/people/{person.id}/roles", data={"role": "COORDINATOR", "network": str(network.id)})
    look_again()
    assert session.get(Person, person.id).network_ids() == {network.id}
    line = session.scalars(select(AuditLine).where(AuditLine.deed == "gave a role")).one()
    assert (line.actor_name, line.subject_id) == ("An Administrator", person.id)
    role = shown(browser.get(f"/admin/people/{person.id}")).row("Coordinator")
    assert (role["Where"], role["Since"], role["End"]) == ("North West", "3 March 2026", "End the role coordinator")


@pytest.mark.parametrize("role", [Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD])
def test_whoever_works_for_a_university_needs_one(sign_in, build, administrator, role):
    person = build.person()
    answer = sign_in(administrator).post(f"/admin/people/{person.id}/roles", data={"role": role.name})
    assert answer.status_code == 422
    assert shown(answer).complaint == (
        "University, for an academic supervisor or a programme lead",
        "Choose the university where this person holds the role",
    )


def test_a_role_is_given_once(sign_in, build, administrator):
    person = build.mentor(name="A Mentor")
    answer = sign_in(administrator).post(f"/admin/people/{person.id}/roles", data={"role": "MENTOR"})
    assert answer.status_code == 422
    assert shown(answer).complaint == ("Role", "A Mentor holds this role already")


def test_a_role_that_ended_opens_nothing_any_more(sign_in, build, administrator):
    coordinator = build.coordinator(build.network())
    grant = coordinator.grants[0]
    browser, hers = sign_in(administrator), sign_in(coordinator)
    assert hers.get("/admin/people").status_code == 403
    asked = shown(browser.get(f"/admin/people/{coordinator.id}/roles/{grant.id}/end"))
    assert asked.heading == f"End {coordinator.name}’s role as coordinator?"
    assert asked.paragraphs[0] == grant.network.name
    assert asked.button("End the role").action == f"/admin/people/{coordinator.id}/roles/{grant.id}/end"
    assert hers.get("/rounds").status_code == 200, "asking ends nothing"
    assert browser.post(f"/admin/people/{coordinator.id}/roles/{grant.id}/end").status_code == 303
    assert hers.get("/rounds").status_code == 403
    assert browser.post(f"/admin/people/{coordinator.id}/roles/{grant.id}/end").status_code == 404


WHAT_ENDS = {
    Role.LEARNER: "can no longer ask for a placement, answer an offer, confirm sessions or log hours",
    Role.MENTOR: "can no longer publish openings or log sessions",
    Role.COORDINATOR: "no longer sees or runs the rounds of this network",
    Role.ACADEMIC_SUPERVISOR: "no longer sees the learners of this university",
    Role.PROGRAMME_LEAD: "no longer sees the learners of this university or decides their credit",
    Role.ADMINISTRATOR: "no longer sees people, imports, email or the audit trail",
}


@pytest.mark.parametrize("role", Role)
def test_before_a_role_ends_the_page_says_what_it_opened(sign_in, build, administrator, role):
    person = build.person(name="Leaving Soon")
    grant = build.grant(person, role)
    page = shown(sign_in(administrator).get(f"/admin/people/{person.id}/roles/{grant.id}/end"))
    assert page.paragraphs[0] == (
        f"From the next page on Leaving Soon {WHAT_ENDS[role]}. Other roles stay, and so does everything that was "
        "recorded."
    )
    nobody = "No request, offer, opening or placement rests on Leaving Soon."
    assert (nobody in page.paragraphs) == (role in (Role.LEARNER, Role.MENTOR))


def test_the_last_administrator_keeps_her_role(sign_in, administrator):
    grant = administrator.grants[0]
    answer = sign_in(administrator).post(f"/admin/people/{administrator.id}/roles/{grant.id}/end")
    assert answer.status_code == 422
    assert shown(answer).paragraphs[0] == "This is the only administrator. Give the role to somebody else first."


def test_a_withdrawn_account_is_signed_out_at_once(sign_in, build, administrator):
    person = build.person()
    browser, hers = sign_in(administrator), sign_in(person)
    assert hers.get("/account").status_code == 200
    assert browser.post(f"/admin/people/{person.id}/withdraw").status_code == 303
    assert hers.get("/account").status_code == 303


def test_withdrawing_asks_first_and_says_what_follows(sign_in, build, administrator):
    person = build.person(name="About To Leave")
    page = shown(sign_in(administrator).get(f"/admin/people/{person.id}/withdraw"))
    assert page.heading == "Withdraw the account of About To Leave?"
    assert page.paragraphs[0] == (
        "About To Leave is signed out everywhere at once and cannot sign in again. What was recorded stays."
    )
    assert page.paragraphs[1] == "No request, offer, opening or placement rests on About To Leave."
    assert page.button("Withdraw the account").action == f"/admin/people/{person.id}/withdraw"
    assert page.link("Keep the account") == f"/admin/people/{person.id}"


def test_a_withdrawn_account_gets_no_link_until_it_is_restored(sign_in, build, session, administrator, look_again):
    person = build.person(is_active=False)
    browser = sign_in(administrator)
    answer = browser.post(f"/admin/people/{person.id}/invitation")
    assert answer.status_code == 422
    assert shown(answer).paragraphs[0] == (
        "This account is withdrawn, so a link would not work. Restore the account first."
    )
    page = shown(browser.get(f"/admin/people/{person.id}"))
    assert page.paragraphs[0] == f"{person.email} · Account withdrawn"
    assert page.section("Account").buttons == ["Restore the account"]
    assert browser.post(f"/admin/people/{person.id}/restore").status_code == 303
    assert browser.post(f"/admin/people/{person.id}/invitation").status_code == 303
    look_again()
    assert len(session.scalars(select(Message)).all()) == 1


def test_a_wrong_address_is_corrected_the_old_link_ends_and_the_old_address_is_told(
    sign_in, client, build, session, administrator, look_again, now, mails
):
    administrator.password_hash = hasher.hash(PASSWORD)
    person = build.person(name="Typed Wrong", email="wrnog@nowhere.example")
    link, secret = OneTimeLink.issue(person, now, timedelta(days=1))
    session.add(link)
    browser = sign_in(administrator)
    form = shown(browser.get(f"/admin/people/{person.id}/correct"))
    assert (form.field(NAME).value, form.field(EMAIL).value) == ("Typed Wrong", "wrnog@nowhere.example")
    words = {"name": "Typed Right", "email": "Right@nowhere.example", "password": PASSWORD}
    assert browser.post(f"/admin/people/{person.id}/correct", data=words).status_code == 303
    look_again()
    assert (person.name, person.email) == ("Typed Right", "right@nowhere.example")
    assert client.get(f"/password/{secret}").status_code == 422
    line = session.scalars(select(AuditLine).where(AuditLine.deed == "corrected a person")).one()
    assert line.details["email_before"] == "wrnog@nowhere.example"
    assert mails() == [("wrnog@nowhere.example", "Your email address was changed", "Hello Typed Wrong,")]


@pytest.mark.parametrize("password", ["", "a guess of a thief"])
def test_an_address_is_not_changed_without_the_password_of_who_changes_it(
    sign_in, build, administrator, session, look_again, password
):
    administrator.password_hash = hasher.hash(PASSWORD)
    person = build.person(name="Typed Wrong", email="wrnog@nowhere.example")
    browser, address = sign_in(administrator), f"/admin/people/{person.id}/correct"
    words = {"name": "Typed Right", "email": "right@nowhere.example", "password": password}
    answer = browser.post(address, data=words)
    assert answer.status_code == 422
    assert shown(answer).complaint[0] == "Your own password, if you change the address"
    assert browser.post(address, data=words | {"email": "wrnog@nowhere.example"}).status_code == 303
    look_again()
    assert (person.name, person.email) == ("Typed Right", "wrnog@nowhere.example")


def test_an_address_of_somebody_else_is_refused_and_what_was_typed_is_kept(sign_in, build, administrator):
    build.person(email="taken@nowhere.example")
    person = build.person()
    words = {"name": "Typed Name", "email": "taken@nowhere.example"}
    answer = sign_in(administrator).post(f"/admin/people/{person.id}/correct", data=words)
    assert answer.status_code == 422
    page = shown(answer)
    assert page.complaint == (EMAIL, KNOWN)
    assert (page.field(NAME).value, page.field(EMAIL).value) == ("Typed Name", "taken@nowhere.example")


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


def test_the_list_says_who_is_what_and_is_searched(sign_in, build, administrator):
    build.coordinator(build.network("North West"))
    build.person(name="Left Long Ago", is_active=False)
    nobody = build.person(name="Nobody Yet", email="yet@nowhere.example")
    browser = sign_in(administrator)
    page = shown(browser.get("/admin/people"))
    assert {page.row(name)["Roles"] for name in page.rows} == {
        "Administrator",
        "Coordinator, North West",
        "Withdrawn",
        "None",
    }
    page = shown(browser.get("/admin/people?q=nobody y"))
    assert page.rows == ["Nobody Yet"]
    assert page.row("Nobody Yet").link("Nobody Yet") == f"/admin/people/{nobody.id}"
    assert page.row("Nobody Yet")["Email"] == "yet@nowhere.example"
    assert page.part("people").paragraphs == ["1 person"]
    assert shown(browser.get("/admin/people?role=COORDINATOR")).part("people").paragraphs == ["1 person"]


def test_the_audit_trail_is_searched_and_read(sign_in, build, administrator):
    person = build.person(name="Known Person")
    browser = sign_in(administrator)
    browser.post(f"/admin/people/{person.id}/withdraw")
    [line] = shown(browser.get("/admin/audit?q=Known")).table("Audit trail").all_rows()
    assert [line[column] for column in ("When", "Who", "Did what", "On what")] == [
        "3 March 2026, midday",
        "An Administrator",
        "withdrew an account",
        f"person {person.id}, Known Person",
    ]
    page = shown(browser.get("/admin/audit?q=Nobody"))
    assert page.table("Audit trail").rows == []
    assert page.part("lines").paragraphs == ["0 lines, newest first"]


def test_what_an_audit_line_keeps_is_read_without_brackets(sign_in, session, administrator, now):
    before = {"answer_by": "2026-04-01", "stages": ["placed", "score"]}
    record(session, administrator, "changed the dates of a round", administrator, now=now, before=before, places=2)
    session.commit()
    [line] = (
        shown(sign_in(administrator).get("/admin/audit?deed=changed+the+dates+of+a+round"))
        .table("Audit trail")
        .all_rows()
    )
    assert line.cells[-1].endswith("before: answer by: 2026-04-01, stages: placed, score; places: 2")


def test_an_audit_line_cannot_be_changed(session, build, administrator, sign_in, look_again):
    person = build.person()
    sign_in(administrator).post(f"/admin/people/{person.id}/withdraw")
    look_again()
    line = session.scalars(select(AuditLine)).one()
    line.deed = "did nothing"
    with pytest.raises(ValueError, match="never changed"):
        session.commit()
    session.rollback()
