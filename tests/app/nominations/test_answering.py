"""A nominated supervisor says yes or no by a link, without an account, or signed in."""

from sqlalchemy import select

from app.models.operations.state_changes import StateChange
from app.models.pairs.nominations import Nomination, NominationState
from app.models.people import Person, Role
from tests.app.nominations.conftest import EMAIL
from tests.screen import shown


def named(found, sign_in):
    browser = sign_in(found.learner)
    browser.post(f"/my-supervisor/new/{found.study.id}", data=found.says)


def test_opening_the_link_shows_who_asks_and_uses_nothing_up(found, sign_in, client, link_in_mail):
    named(found, sign_in)
    for _ in range(2):
        page = shown(client.get(link_in_mail()))
        assert page.heading == "Do you supervise Alex Learner?"
        assert page.says("Walking after a fall")


def test_a_yes_tells_learner_and_coordinator_and_offers_an_account(
    found, sign_in, client, link_in_mail, mails, session, look_again
):
    named(found, sign_in)
    learner, coordinator, coordinator_id = found.learner.email, found.coordinator.email, found.coordinator.id
    link = link_in_mail()
    answer = client.post(link, data={"takes": "yes"})
    assert answer.status_code == 303
    assert [one[0] for one in mails()] == [EMAIL, learner, coordinator]
    assert session.scalar(select(Nomination.state)) is NominationState.CONFIRMED
    assert session.scalars(select(StateChange.deed)).all() == ["confirmed a nomination"]
    assert client.get(link).status_code == 422
    assert client.post(link, data={"takes": "yes"}).status_code == 422
    page = shown(client.get(answer.location))
    assert page.button("Make an account").action == answer.location
    assert session.scalar(select(Person).where(Person.email == EMAIL)) is None
    assert client.post(answer.location).status_code == 303
    look_again()
    person = session.scalar(select(Person).where(Person.email == EMAIL))
    assert (person.name, person.roles) == ("Sam Example", frozenset())
    assert client.post(answer.location).status_code == 422
    home = shown(sign_in(session.get(Person, coordinator_id)).get("/"))
    assert home.says("Check Sam Example as supervisor of Alex Learner")


def test_where_the_only_coordinator_is_named_an_administrator_is_asked_for_another(
    found, sign_in, client, link_in_mail, mails, build, session
):
    administrator, coordinator = build.person(Role.ADMINISTRATOR).email, found.coordinator.email
    session.commit()
    says = {**found.says, "email": coordinator}
    sign_in(found.learner).post(f"/my-supervisor/new/{found.study.id}", data=says)
    client.post(link_in_mail(coordinator), data={"takes": "yes"})
    assert mails()[-1][:2] == (administrator, "Nobody can check a nomination in North West")
    assert "Please check Sam Example as supervisor of Alex Learner" not in [one[1] for one in mails()]


def test_no_account_is_made_for_a_nomination_that_was_withdrawn_meanwhile(
    found, sign_in, client, link_in_mail, session, look_again
):
    named(found, sign_in)
    link = client.post(link_in_mail(), data={"takes": "yes"}).location
    assert client.get(link).status_code == 200
    id_ = session.scalar(select(Nomination.id))
    assert sign_in(found.learner).post(f"/my-supervisor/{id_}/withdraw").status_code == 303
    for answer in (client.get(link), client.post(link)):
        assert (answer.status_code, shown(answer).says("withdrawn by now")) == (409, True)
    look_again()
    assert session.scalar(select(Person).where(Person.email == EMAIL)) is None


def test_a_no_needs_a_reason_which_the_learner_reads(found, sign_in, client, link_in_mail, mails, session, look_again):
    named(found, sign_in)
    link, learner_id = link_in_mail(), found.learner.id
    bad = client.post(link, data={"takes": "no", "reason": " "})
    assert (bad.status_code, shown(bad).complaint[1]) == (422, "Say why, in a few words.")
    assert client.post(link, data={}).status_code == 422
    doubt = client.post(link, data={"takes": "no", "reason": "See patient 943 476 5919"})
    assert (doubt.status_code, shown(doubt).says("looks like an NHS number")) == (422, True)
    done = client.post(link, data={"takes": "no", "reason": "I leave in May."})
    assert shown(done).heading == "That is noted"
    assert mails()[-1][1] == "Sam Example has said no"
    id_ = session.scalar(select(Nomination.id))
    page = shown(sign_in(session.get(Person, learner_id)).get(f"/my-supervisor/{id_}"))
    assert page.says("Why: I leave in May.")


def test_a_wrong_link_opens_nothing(found, sign_in, client):
    named(found, sign_in)
    for path in ("/supervise/nonsense", "/supervise/thanks/nonsense"):
        assert client.get(path).status_code == 422
        assert client.post(path, data={"takes": "yes"}).status_code == 422


def test_a_mentor_who_is_known_answers_signed_in(found, sign_in, build, session, look_again):
    mentor = build.mentor(email=EMAIL, name="Sam Example")
    nomination = build.nomination(found.learner, module=found.module, network=found.network, email=EMAIL)
    id_, stranger = nomination.id, build.mentor()
    browser = sign_in(mentor)
    assert shown(browser.get("/")).says("Say whether you supervise Alex Learner")
    assert browser.post(f"/supervise/for/{id_}", data={"takes": "yes"}).status_code == 303
    look_again()
    assert session.get(Nomination, id_).state is NominationState.CONFIRMED
    assert browser.post(f"/supervise/for/{id_}", data={"takes": "yes"}).status_code == 409
    assert shown(browser.get(f"/supervise/for/{id_}")).heading == "This has been answered"
    assert sign_in(stranger).get(f"/supervise/for/{id_}").status_code == 404
    assert sign_in(found.learner).post(f"/supervise/for/{id_}").status_code == 403


def test_a_learner_who_has_left_is_not_answered(found, sign_in, client, link_in_mail, session):
    named(found, sign_in)
    link = link_in_mail()
    session.get(Person, found.learner.id).is_active = False
    session.commit()
    answer = client.post(link, data={"takes": "yes"})
    assert (answer.status_code, shown(answer).says("no longer takes part here")) == (422, True)
