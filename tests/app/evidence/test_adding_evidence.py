"""A learner keeps evidence for her capabilities, and takes it back; others read what they may."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.hours import HoursCategory, HoursEntry, HoursState
from app.models.operations.false_alarms import FalseAlarm
from app.models.placements import Outcome
from app.models.supervision import SessionForm, SupervisionSession
from app.rules.course.evidenced import capabilities_without_evidence, evidenced
from tests.app.evidence.conftest import committed, note
from tests.screen import shown

SURE = "It is right as it is: save it"


@pytest.fixture
def entry(build, placement, today):
    row = HoursEntry(
        placement=placement,
        worked_on=today,
        category=HoursCategory.WORKPLACE,
        minutes=60,
        did="Screened notes.",
        logged_at=build.now,
        form_key="an entry",
        state=HoursState.SUBMITTED,
    )
    return committed(build, build.add(row))


def test_one_piece_stands_for_several_capabilities(
    learner, adding, address, placement, consent, screening, pieces, session
):
    assert learner.post(adding, data=note(consent, screening)).location == address
    assert [(one.title, len(one.wordings)) for one in pieces()] == [("My first consent", 2)]
    page = shown(learner.get(address))
    assert page.banner == "The evidence is on your record. Your mentor and your university can read it."
    assert page.says("2 of 2 capabilities have evidence.")
    assert page.row("Consent Does it well.")["Evidence"].startswith("1 piece")
    assert capabilities_without_evidence(session, placement) == ()


def test_sent_twice_it_counts_once(learner, adding, consent, pieces):
    for _ in range(2):
        assert learner.post(adding, data=note(consent)).status_code == 303
    assert len(pieces()) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "Give it a name"),
        ({"words": ""}, "What does it show?"),
        ({"capabilities": []}, "Which capabilities does it show?"),
        ({"kind": ""}, "What is it?"),
        ({"kind": "link", "link": "javascript:alert(1)"}, "Address"),
        ({"kind": "link", "link": "ftp://nowhere.example/x"}, "Address"),
        ({"kind": "file"}, "File"),
        ({"kind": "hours entry"}, "Which hours?"),
        ({"kind": "session"}, "Which session?"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_the_rest_is_kept(learner, adding, consent, pieces, changes, field):
    answer = learner.post(adding, data=note(consent) | changes)
    assert answer.status_code == 422
    page = shown(answer)
    assert list(page.errors.values()) == [field]
    assert page.field("Give it a name").value == changes.get("title", "My first consent")
    assert pieces() == []


def test_a_link_is_kept_with_its_address(learner, mentor, adding, consent, pieces):
    learner.post(adding, data=note(consent, kind="link", link="https://nowhere.example/poster"))
    piece = pieces()[0]
    assert shown(mentor.get(f"/evidence/{piece.id}")).link(piece.link) == "https://nowhere.example/poster"


def test_hours_are_evidence_as_long_as_a_version_of_them_stands(
    learner, adding, address, consent, entry, placement, build, session, look_again
):
    learner.post(adding, data=note(consent, kind="hours entry", entry=str(entry.id)))
    assert shown(learner.get(address)).says("1 of 1 capabilities have evidence.")
    look_again()
    entry.withdrawn_at = build.now
    session.commit()
    page = shown(learner.get(address))
    assert page.says("0 of 1 capabilities have evidence.")
    assert page.section("Evidence").tags == ["Does not count"]
    corrected = HoursEntry(
        placement=placement,
        worked_on=entry.worked_on,
        category=entry.category,
        minutes=90,
        did=entry.did,
        logged_at=build.now,
        form_key="a correction",
        state=HoursState.SUBMITTED,
        corrects_id=entry.id,
    )
    build.add(corrected)
    session.commit()
    assert shown(learner.get(address)).says("1 of 1 capabilities have evidence.")


def test_only_a_confirmed_session_is_evidence(learner, adding, consent, placement, build, session, pieces, today):
    meeting = build.add(
        SupervisionSession(
            placement=placement,
            held_on=today,
            minutes=45,
            form=SessionForm.VIDEO,
            topics="Consent.",
            logged_by=placement.mentor,
            logged_at=build.now,
            form_key="a session",
        )
    )
    session.commit()
    sent = note(consent, kind="session", meeting=str(meeting.id))
    assert learner.post(adding, data=sent).status_code == 422
    meeting.confirmed_at = build.now
    session.commit()
    assert learner.post(adding, data=sent).status_code == 303
    assert [one.session_id for one in pieces()] == [meeting.id]


def test_hours_of_somebody_else_are_no_evidence(learner, adding, consent, build, pieces, today, entry, session):
    hers = build.entry(build.placement(), state=HoursState.SUBMITTED)
    session.commit()
    assert learner.post(adding, data=note(consent, kind="hours entry", entry=str(hers.id))).status_code == 422
    assert pieces() == []
    assert learner.post(adding, data=note(consent, kind="hours entry", entry=str(entry.id))).status_code == 303


def test_hours_are_no_evidence_before_they_are_submitted_nor_after_they_were_returned(
    learner, mentor, adding, address, consent, placement, build, session, look_again, pieces
):
    entry = build.entry(placement)
    session.commit()
    choices = shown(learner.get(adding)).field("Which hours?").choices
    assert choices == ("Choose one", "3 March 2026: 1 h of workplace learning (draft)")
    learner.post(adding, data=note(consent, kind="hours entry", entry=str(entry.id)))
    piece = f"/evidence/{pieces()[0].id}"
    for state, says in (
        (HoursState.DRAFT, "0 of 1"),
        (HoursState.SUBMITTED, "1 of 1"),
        (HoursState.RETURNED, "0 of 1"),
        (HoursState.VERIFIED, "1 of 1"),
    ):
        look_again()
        entry.state = state
        session.commit()
        page = shown(learner.get(address))
        assert page.says(f"{says} capabilities have evidence.")
        does_not = ["Does not count"] if says == "0 of 1" else []
        assert page.section("Evidence").tags == does_not
        for browser in (learner, mentor):
            assert shown(browser.get(piece)).tags == does_not
        assert ("See your hours" in shown(learner.get(piece)).links) == bool(does_not)
        assert "See your hours" not in shown(mentor.get(piece)).links


def test_what_looks_like_a_patient_is_asked_about_in_words_and_title(learner, adding, consent, pieces, session):
    answer = learner.post(adding, data=note(consent, words="NHS number 943 476 5919 agreed."))
    assert answer.status_code == 422
    page = shown(answer)
    assert page.says("looks like an NHS number")
    assert page.field("What does it show?").value == "NHS number 943 476 5919 agreed."
    assert pieces() == []
    sure = note(consent, words="NHS number 943 476 5919 agreed.", is_sure="y")
    assert learner.post(adding, data=sure).status_code == 422
    assert learner.post(adding, data=sure | {"why_sure": "It is made up."}).status_code == 303
    [piece] = pieces()
    kept = session.scalars(select(FalseAlarm)).one()
    assert (kept.subject_type, kept.subject_id, kept.reason) == ("Evidence", piece.id, "It is made up.")


def test_what_is_withdrawn_counts_no_more_and_others_see_only_that_it_was_there(
    learner, mentor, lead, adding, address, consent, pieces
):
    learner.post(adding, data=note(consent))
    place = f"/evidence/{pieces()[0].id}"
    assert shown(mentor.get(place)).heading == "My first consent"
    assert learner.post(f"{place}/withdraw", data={"reason": ""}).status_code == 422
    assert learner.post(f"{place}/withdraw", data={"reason": "It was the wrong day."}).location == address
    page = shown(learner.get(address))
    assert page.says("0 of 1 capabilities have evidence.")
    assert shown(learner.get(place)).says("It was the wrong day.")
    for browser in (mentor, lead):
        listed, piece = shown(browser.get(address)), shown(browser.get(place))
        assert listed.section("Evidence").tags == ["Withdrawn"]
        assert not listed.says("My first consent")
        assert piece.heading == "Evidence that was withdrawn"
        assert not piece.says("It was the wrong day.")
        assert not piece.says("I explained the study")
    assert learner.get(f"{place}/withdraw").location == place
    assert learner.post(f"{place}/withdraw", data={"reason": "Again."}).status_code == 409


def test_only_its_learner_adds_and_withdraws(learner, mentor, lead, build, sign_in, adding, consent, pieces):
    learner.post(adding, data=note(consent))
    place = f"/evidence/{pieces()[0].id}"
    for browser, status in ((mentor, 403), (lead, 403), (sign_in(build.learner()), 404)):
        assert browser.get(adding).status_code == status
        assert browser.post(adding, data=note(consent, form_key="b" * 20)).status_code == status
        assert browser.post(f"{place}/withdraw", data={"reason": "x"}).status_code == status
    assert sign_in(build.mentor()).get(place).status_code == 404
    assert len(pieces()) == 1


def test_evidence_goes_along_with_a_placement_that_goes_on_elsewhere(
    learner, mentor, adding, consent, build, placement, session, sign_in, pieces, today
):
    learner.post(adding, data=note(consent))
    assert len(pieces()) == 1
    placement.outcome, placement.ends_on = Outcome.MOVED, today - timedelta(days=1)
    later = build.placement(placement.learner, starts_on=today, continues_id=placement.id)
    later.module = placement.module
    session.commit()
    successor = sign_in(later.mentor)
    assert shown(successor.get(f"/placements/{later.id}/capabilities")).says("1 of 1 capabilities have evidence.")
    assert successor.get(f"/evidence/{pieces()[0].id}").status_code == 200
    assert capabilities_without_evidence(session, later) == ()
    assert learner.post(adding, data=note(consent, form_key="c" * 20)).status_code == 422
    new = f"/placements/{later.id}/evidence/new"
    learner.post(new, data=note(consent, form_key="d" * 20))
    assert mentor.get(f"/evidence/{pieces()[1].id}").status_code == 404


def test_all_who_look_after_a_placement_see_how_many_have_evidence(
    learner, mentor, lead, build, sign_in, adding, consent, screening, placement, session, look_again
):
    learner.post(adding, data=note(consent))
    says = "1 of 2 capabilities have evidence."
    assert shown(learner.get("/")).says(says)
    for browser in (learner, mentor):
        assert shown(browser.get(f"/placements/{placement.id}")).says(says)
    look_again()
    coordinator = sign_in(build.coordinator(placement.opening.network))
    page = shown(coordinator.get(f"/our-placements/{placement.id}"))
    assert page.says(says)
    assert not page.says("My first consent")
    assert coordinator.get(f"/placements/{placement.id}/capabilities").status_code == 403


def test_the_learner_is_asked_for_what_is_missing_when_the_end_comes_near(learner, consent, placement, session, today):
    asking = "Add evidence for 1 capability"
    assert asking not in shown(learner.get("/")).links
    placement.ends_on = today + timedelta(days=40)
    session.commit()
    assert shown(learner.get("/")).link(asking) == f"/placements/{placement.id}/capabilities"


def test_how_many_queries_it_takes_does_not_grow_with_placements(build, session, queries):
    def number_of(placements):
        with queries() as statements:
            evidenced(session, placements)
        return len(statements)

    placements = [build.placement() for _ in range(4)]
    for one in placements:
        build.evidence(one, build.capability(one.module.programme))
    assert number_of(placements[:1]) == number_of(placements)
