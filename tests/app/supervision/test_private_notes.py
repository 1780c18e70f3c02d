"""A private note is shown to its author and to nobody else, wherever anything of a session is shown."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.meetings.private_notes import PrivateNote
from app.models.operations.audit import AuditLine
from app.models.people import Role
from tests.app.supervision.test_supervision_sessions import sent
from tests.conftest import NOON
from tests.pages import form_to
from tests.screen import shown
from tests.world import holders, routes

SECRET = "I am worried about the pace"
NOTE = "Private note (optional)"


@pytest.fixture
def notes(session, look_again):
    def read():
        look_again()
        return session.scalars(select(PrivateNote).order_by(PrivateNote.id)).all()

    return read


@pytest.fixture
def noted(mentor, meeting):
    """The session, on which its mentor has noted something."""
    assert mentor.post(f"/sessions/{meeting.id}/note", data={"note": SECRET}).status_code == 303
    return meeting


def test_its_author_reads_it_and_the_other_does_not(learner, mentor, noted):
    assert SECRET in shown(mentor.get(f"/sessions/{noted.id}")).section("Your private note").paragraphs[0]
    assert not shown(learner.get(f"/sessions/{noted.id}")).says(SECRET)
    assert shown(learner.get(f"/sessions/{noted.id}")).field(NOTE).value == ""


def test_no_page_and_no_file_shows_it_to_anybody_else(app, world, engine):
    """Every address, as everybody who may ask for it: coordinator, university and administrator among them."""
    shown_to = set()
    with Session(engine) as session:
        author_id = world.owners[Role.MENTOR]
        note = PrivateNote(session_id=world.values["session_id"], author_id=author_id, words=SECRET, written_at=NOON)
        session.add(note)
        session.commit()
    for rule, method, permission in routes(app):
        for role, person in holders(world.owners, permission).items() if permission and method == "GET" else ():
            if SECRET.encode() in world.browser_of(person).get(world.address_of(rule)).data:
                shown_to.add((rule.endpoint, role))
    assert shown_to == {("supervision.show", Role.MENTOR), ("supervision.ask_correction", Role.MENTOR)}


def test_the_audit_trail_knows_that_she_noted_something_and_not_what(session, noted, look_again):
    look_again()
    [line] = session.scalars(select(AuditLine).where(AuditLine.deed == "changed a private note")).all()
    assert (line.subject_type, line.details) == ("PrivateNote", {})


def test_it_is_written_with_the_session_and_goes_on_with_a_correction(learner, mentor, address, meetings, notes, today):
    mentor.post(address, data=sent(today, note=SECRET))
    [first] = meetings()
    learner.post(f"/sessions/{first.id}/note", data={"note": "Hers."})
    assert shown(mentor.get(f"/sessions/{first.id}/correct")).field(NOTE).value == SECRET
    mentor.post(f"/sessions/{first.id}/correct", data=sent(today, minutes="60", form_key="c" * 20, note=SECRET + "."))
    second = meetings()[1]
    assert [(one.session_id, one.words) for one in notes()] == [(second.id, SECRET + "."), (second.id, "Hers.")]


def test_a_form_sent_again_keeps_the_note_that_it_says(mentor, address, meetings, notes, today):
    mentor.post(address, data=sent(today))
    mentor.post(address, data=sent(today, note=SECRET))
    assert len(meetings()) == 1
    assert [one.words for one in notes()] == [SECRET]


def test_emptied_it_is_gone_and_each_has_one_of_her_own(learner, mentor, noted, notes):
    learner.post(f"/sessions/{noted.id}/note", data={"note": "Hers."})
    assert {one.words for one in notes()} == {SECRET, "Hers."}
    mentor.post(f"/sessions/{noted.id}/note", data={"note": " "})
    assert [one.words for one in notes()] == ["Hers."]


def test_what_looks_like_a_patients_details_is_asked_about(mentor, meeting, notes):
    address = f"/sessions/{meeting.id}/note"
    answer = mentor.post(address, data={"note": "About 943 476 5919."})
    assert answer.status_code == 422
    assert shown(answer).field(NOTE).value == "About 943 476 5919."
    assert notes() == []
    mentor.post(address, data={"note": "About 943 476 5919.", "is_sure": "y", "why_sure": "It is a made-up number."})
    assert len(notes()) == 1


def test_what_was_written_in_another_tab_is_told(mentor, noted, notes):
    page = mentor.get(f"/sessions/{noted.id}")
    made_from = form_to(f"/sessions/{noted.id}/note", page).fields["made_from"][0]
    mentor.post(f"/sessions/{noted.id}/note", data={"note": "Newer."})
    answer = mentor.post(f"/sessions/{noted.id}/note", data={"note": "Older.", "made_from": made_from})
    assert answer.status_code == 409
    assert [one.words for one in notes()] == ["Newer."]


@pytest.fixture
def two_tabs(mentor, noted, today):
    """A page for correcting the session is open, and meanwhile its author changes her note in another tab."""
    page = f"/sessions/{noted.id}/correct"
    seen = form_to(page, mentor.get(page)).fields["note_seen"][0]
    mentor.post(f"/sessions/{noted.id}/note", data={"note": "Newer."})

    def correct(note, **given):
        return mentor.post(page, data=sent(today, minutes="60", note=note, **{"note_seen": seen, **given}))

    return correct


def test_a_correction_that_leaves_the_note_alone_keeps_what_another_tab_wrote(two_tabs, notes):
    assert two_tabs(SECRET, form_key="k" * 20).status_code == 303
    assert [one.words for one in notes()] == ["Newer."]


def test_a_correction_that_changes_the_note_as_well_says_what_it_is_by_now(two_tabs, notes, mentor):
    answer = two_tabs("Older.", form_key="k" * 20)
    assert answer.status_code == 409
    assert "Newer." in shown(answer).field(NOTE).error
    assert shown(answer).field(NOTE).value == "Older."
    assert [one.words for one in notes()] == ["Newer."]


def test_sent_again_after_that_it_counts(two_tabs, notes, noted):
    answer = two_tabs("Older.", form_key="k" * 20)
    seen = form_to(f"/sessions/{noted.id}/correct", answer).fields["note_seen"][0]
    assert two_tabs("Both.", form_key="k" * 20, note_seen=seen).status_code == 303
    assert [one.words for one in notes()] == ["Both."]


def test_strangers_find_nothing_to_write_on(sign_in, build, meeting, notes):
    assert sign_in(build.mentor()).post(f"/sessions/{meeting.id}/note", data={"note": "Hm."}).status_code == 404
    assert notes() == []
