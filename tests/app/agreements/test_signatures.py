"""Learner, mentor and academic supervisor sign an agreement in any order; a change voids and says to whom."""

from datetime import timedelta
from itertools import permutations

import pytest
from sqlalchemy import select

from app.models.course.agreements import AgreementState
from app.models.operations.audit import AuditLine
from app.models.operations.parties import Party
from app.models.operations.signatures import Signature
from app.models.people import Role
from app.models.placements import Outcome
from app.rules.agreements.kind import AGREEMENT
from tests.in_between import in_between
from tests.pages import form_to
from tests.screen import shown

REASON = "The hours are too many for one ward."


@pytest.fixture
def people(placement, supervisor):
    return {Party.LEARNER: placement.learner, Party.MENTOR: placement.mentor, Party.ACADEMIC_SUPERVISOR: supervisor}


@pytest.fixture
def signed(build, agreement, people):
    """Signed by all."""
    for party, person in people.items():
        build.signature(agreement, party, person)
    return agreement


@pytest.fixture
def standing(session, known):
    return lambda: AGREEMENT.standing(session, known())


def read_and_sign(browser, page, **changes):
    form = form_to(f"{page}/sign", browser.get(page))
    return browser.post(f"{page}/sign", data=form.fields | changes)


@pytest.mark.parametrize("order", list(permutations(AGREEMENT.signers)))
def test_the_three_sign_in_any_order(sign_in, agreement, people, page, standing, mails, order):
    browsers = {party: sign_in(people[party]) for party in order}
    for number, party in enumerate(order, start=1):
        assert read_and_sign(browsers[party], page).location == page
        assert set(standing().signatures) == set(order[:number])
        assert "Sign it" not in shown(browsers[party].get(page)).buttons
    assert standing().is_complete
    assert shown(browsers[order[0]].get(page)).tags[0] == "Signed by all"
    subject = "The learning agreement of Robin Learner is signed by all"
    assert sorted(mails()) == sorted((people[party].email, subject) for party in order[:2])


def test_a_page_says_who_has_signed_and_whom_it_waits_for(sign_in, build, agreement, people, page):
    build.signature(agreement, Party.MENTOR, people[Party.MENTOR])
    learner = sign_in(people[Party.LEARNER])
    text = shown(learner.get(page))
    university = agreement.placement.module.programme.provider.name
    assert text.paragraphs[1] == f"To be signed It waits for you and an academic supervisor of {university}."
    assert text.row("Mentor").value == "Dr A. Mentor, 3 March 2026, midday"
    assert text.row("Learner").value == "Not signed Robin Learner"
    placed = shown(learner.get(f"/placements/{agreement.placement_id}")).section("Learning agreement")
    assert placed.link("See the learning agreement") == page


def test_signed_twice_it_counts_once(sign_in, agreement, people, page, session, look_again):
    mentor = sign_in(people[Party.MENTOR])
    fields = form_to(f"{page}/sign", mentor.get(page)).fields
    for key in ("0" * 32, "0" * 32, "1" * 32):
        assert mentor.post(f"{page}/sign", data=fields | {"form_key": key}).location == page
    look_again()
    assert len(session.scalars(select(Signature)).all()) == 1
    deeds = select(AuditLine).where(AuditLine.deed == "signed a learning agreement")
    assert len(session.scalars(deeds).all()) == 1


def test_of_two_supervisors_at_once_one_signs(sign_in, build, agreement, people, provider, page, engine, standing):
    colleague = build.person(name="Alex Colleague")
    build.grant(colleague, Role.ACADEMIC_SUPERVISOR, provider=provider)
    one, other = sign_in(people[Party.ACADEMIC_SUPERVISOR]), sign_in(colleague)
    forms = [form_to(f"{page}/sign", browser.get(page)).fields for browser in (one, other)]
    answers = in_between(
        engine,
        lambda: one.post(f"{page}/sign", data=forms[0]),
        lambda: other.post(f"{page}/sign", data=forms[1]),
        before="^INSERT INTO signatures",
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert list(standing().signatures) == [Party.ACADEMIC_SUPERVISOR]
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert shown(refused).says("has signed this as academic supervisor already")


def test_two_tabs_of_one_person_at_once_make_one_signature(sign_in, agreement, people, page, engine, session):
    mentor = people[Party.MENTOR]
    tabs = [sign_in(mentor) for _ in range(2)]
    forms = [form_to(f"{page}/sign", tab.get(page)).fields for tab in tabs]
    answers = in_between(
        engine,
        lambda: tabs[0].post(f"{page}/sign", data=forms[0]),
        lambda: tabs[1].post(f"{page}/sign", data=forms[1]),
        before="^INSERT INTO signatures",
    )
    assert [answer.status_code for answer in answers] == [303, 303]
    session.rollback()
    assert len(session.scalars(select(Signature)).all()) == 1


def test_what_was_changed_since_it_was_read_is_not_signed(sign_in, agreement, people, page, session, standing):
    mentor, learner = sign_in(people[Party.MENTOR]), sign_in(people[Party.LEARNER])
    fields = form_to(f"{page}/sign", mentor.get(page)).fields
    learner.post(f"{page}/change", data={"reason": "Another day."})
    learner.post(f"{page}/working", data={"sessions": "every week", "working_pattern": "Fridays.", "adjustments": ""})
    assert mentor.post(f"{page}/sign", data=fields).status_code == 409
    learner.post(f"{page}/give")
    answer = mentor.post(f"{page}/sign", data=fields)
    assert answer.status_code == 409
    assert shown(answer).row("Working pattern").value == "Fridays."
    assert not standing().signatures


@pytest.mark.parametrize("party", [Party.LEARNER, Party.MENTOR, Party.ACADEMIC_SUPERVISOR])
def test_a_change_voids_what_was_signed_and_tells_whoever_had(
    sign_in, signed, people, page, standing, mails, known, party
):
    actor = sign_in(people[party])
    asking = shown(actor.get(f"{page}/change"))
    others = [person for other, person in people.items() if other is not party]
    assert all(person.name in asking.paragraphs[0] for person in others)
    assert actor.post(f"{page}/change", data={"reason": " "}).status_code == 422
    answer = actor.post(f"{page}/change", data={"reason": REASON}, follow_redirects=True)
    assert all(person.name in shown(answer).banner for person in others)
    assert (known().state, known().revision) == (AgreementState.DRAFT, 2)
    assert not standing().signatures
    assert len(standing().past) == 3
    assert {to for to, _ in mails()} == {person.email for person in others}
    learner = shown(sign_in(people[Party.LEARNER]).get(page))
    assert learner.tags[0] == "Being changed"
    assert learner.insets == [f"{people[party].name} on 3 March 2026, on why it is changed: {REASON}"]


def test_after_a_change_all_sign_again(sign_in, signed, people, page, standing):
    browsers = {party: sign_in(person) for party, person in people.items()}
    browsers[Party.MENTOR].post(f"{page}/change", data={"reason": REASON})
    browsers[Party.LEARNER].post(f"{page}/hours", data={"hours-workplace-learning": "50"})
    browsers[Party.LEARNER].post(f"{page}/give")
    assert standing().missing == tuple(people)
    for browser in browsers.values():
        read_and_sign(browser, page)
    assert standing().is_complete
    assert [one.revision for one in standing().signatures.values()] == [2, 2, 2]


def test_what_was_signed_before_can_still_be_read(sign_in, signed, people, page, session, standing):
    learner = sign_in(people[Party.LEARNER])
    learner.post(f"{page}/change", data={"reason": REASON})
    learner.post(f"{page}/working", data={"sessions": "every week", "working_pattern": "Fridays.", "adjustments": ""})
    first = standing().past[0]
    as_signed = shown(learner.get(f"{page}/signatures/{first.id}"))
    assert as_signed.heading == "What Robin Learner signed"
    assert as_signed.tags == ["Counts no longer"]
    assert as_signed.row("Working pattern").value == "Tuesdays on the ward, 9am to 1pm."
    assert learner.get(f"{page}/signatures/{first.id + 99}").status_code == 404


def test_a_content_that_changed_by_no_deed_shows_as_signed_nowhere(
    sign_in, signed, people, page, session, placement, standing
):
    signed.working_pattern = "Every night."
    browsers = [sign_in(person) for person in people.values()]
    assert standing().missing == tuple(people)
    for browser in browsers:
        for address in (page, f"{page}/print"):
            text = shown(browser.get(address))
            assert [text.row(party.value.capitalize()).value.split()[0] for party in people] == ["Not", "Not", "Not"]
    copied = sign_in(people[Party.LEARNER]).get(f"/request/{placement.offer.request_id}/request.json").json
    assert [one["stands"] for one in copied["learning_agreements"][0]["signatures"]] == [False, False, False]


def test_who_only_reads_sees_no_adjustments_and_signs_nothing(sign_in, signed, people, lead, page, session):
    signed.state, signed.adjustments = AgreementState.TO_SIGN, "A quiet room."
    reader = sign_in(lead)
    for address in (page, f"{page}/print"):
        text = shown(reader.get(address))
        assert text.row("Working pattern").value == "Tuesdays on the ward, 9am to 1pm."
        assert "Adjustments" not in text.rows
        assert not text.says("quiet room")
        assert text.buttons == []
    assert reader.post(f"{page}/sign").status_code == 403
    for person in people.values():
        assert shown(sign_in(person).get(page)).row("Adjustments").value.startswith("A quiet room.")


def test_a_stranger_is_told_nothing_and_a_coordinator_has_no_part_in_it(sign_in, build, agreement, page, placement):
    elsewhere = build.person()
    build.grant(elsewhere, Role.ACADEMIC_SUPERVISOR, provider=build.provider())
    coordinator = build.coordinator(placement.opening.network)
    for stranger in (build.learner(), build.mentor(), elsewhere):
        browser = sign_in(stranger)
        assert browser.get(page).status_code == 404
        assert browser.post(f"{page}/sign").status_code == 404
    assert sign_in(coordinator).get(page).status_code == 403
    mentor = sign_in(placement.mentor)
    assert mentor.post(f"{page}/give").status_code == 403
    supervisor_without_part = f"{page}/objectives/new"
    assert mentor.get(supervisor_without_part).status_code == 403


def test_nobody_signs_for_herself_as_the_university(sign_in, build, agreement, provider, page, standing):
    mentor = agreement.placement.mentor
    build.grant(mentor, Role.ACADEMIC_SUPERVISOR, provider=provider)
    browser = sign_in(mentor)
    read_and_sign(browser, page)
    assert list(standing().signatures) == [Party.MENTOR]
    assert "Sign it" not in shown(browser.get(page)).buttons


@pytest.mark.parametrize("outcome", [None, Outcome.MOVED])
def test_once_the_placement_ends_or_goes_on_elsewhere_nothing_is_offered_and_nothing_done(
    sign_in, build, agreement, people, page, today, outcome, standing, known
):
    placement = agreement.placement
    build.signature(agreement, Party.MENTOR, placement.mentor)
    placement.outcome, placement.ends_on = outcome, today - timedelta(days=1) if outcome is None else today
    digest = AGREEMENT.digest_of(agreement)
    for person in people.values():
        browser = sign_in(person)
        assert shown(browser.get(page)).buttons == []
        assert not shown(browser.get("/")).says("learning agreement")
        assert browser.post(f"{page}/change", data={"reason": "x"}).status_code in (303, 422)
    learner = sign_in(people[Party.LEARNER])
    assert learner.post(f"{page}/sign", data={"seen": digest}).status_code == 422
    assert known().state is AgreementState.TO_SIGN
    assert list(standing().signatures) == [Party.MENTOR]
    assert shown(learner.get(page)).paragraphs[1].endswith("It was not signed by all before the placement ended.")


def test_a_part_in_which_nobody_can_sign_is_said_with_who_sees_to_it(
    sign_in, build, session, agreement, supervisor, page, now
):
    supervisor.grants[0].ended_at = now
    agreement.placement.mentor.grants[0].ended_at = now
    text = shown(sign_in(agreement.placement.learner).get(page)).section("Signatures")
    assert text.paragraphs[0].startswith("Dr A. Mentor no longer takes part as a mentor.")
    assert "has no academic supervisor here who could sign" in text.paragraphs[1]


def test_a_supervisor_who_hands_over_leaves_what_she_signed(sign_in, signed, supervisor, page, session, now, standing):
    supervisor.grants[0].ended_at = now
    text = shown(sign_in(signed.placement.learner).get(page))
    assert standing().is_complete
    assert text.row("Academic supervisor").value.startswith("Sam Supervisor")


def test_home_says_what_each_has_to_do(sign_in, build, agreement, people, page):
    build.signature(agreement, Party.LEARNER, people[Party.LEARNER])
    learner = shown(sign_in(people[Party.LEARNER]).get("/")).section("How things stand")
    assert learner.link("The learning agreement with Dr A. Mentor is to be signed") == page
    for party in (Party.MENTOR, Party.ACADEMIC_SUPERVISOR):
        browser = sign_in(people[party])
        words = "Read and sign the learning agreement of Robin Learner"
        assert shown(browser.get("/")).link(words) == page
        assert shown(browser.get("/agreements")).link("Robin Learner") == page
        read_and_sign(browser, page)
        assert words not in shown(browser.get("/")).links
        assert shown(browser.get("/agreements")).says("Nothing waits for your signature")
    assert not shown(sign_in(people[Party.LEARNER]).get("/")).says("learning agreement")


def test_many_to_sign_are_one_line_that_leads_to_the_list(sign_in, build, supervisor, provider, agreement):
    programme = agreement.placement.module.programme
    for _ in range(4):
        placement = build.placement()
        placement.module = programme.modules[0]
        build.agreement(placement)
    browser = sign_in(supervisor)
    assert shown(browser.get("/")).link("Read and sign 5 learning agreements") == "/agreements"
    assert len(shown(browser.get("/agreements")).rows) == 5
