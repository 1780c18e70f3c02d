"""From hours and from a session a link leads to the form for evidence, which has it chosen already."""

from datetime import timedelta

import pytest

from app.evidence import adding_views
from app.models.hours import HoursState
from app.models.supervision import SessionForm, SupervisionSession
from tests.screen import shown

LINK = "Use it as evidence"


@pytest.fixture
def meeting(build, placement, consent, today, now):
    return build.add(
        SupervisionSession(
            placement=placement,
            held_on=today,
            minutes=60,
            form=SessionForm.VIDEO,
            topics="Consent",
            logged_by_id=placement.mentor_id,
            logged_at=now,
            form_key="m" * 20,
            confirmed_at=now,
        )
    )


def test_it_leads_from_hours_to_the_form_that_has_them_chosen(build, placement, consent, sign_in):
    entry = build.entry(placement)
    id_ = entry.id
    learner = sign_in(placement.learner)
    form = shown(learner.get(shown(learner.get(f"/hours/{id_}")).link(LINK)))
    assert form.field("What is it?").chosen == ("Hours that I have logged",)
    assert form.field("Which hours?").value.startswith("3 March 2026: 1 h of workplace learning")


def test_it_leads_from_a_session_to_the_form_that_has_it_chosen(placement, meeting, sign_in):
    id_ = meeting.id
    learner = sign_in(placement.learner)
    form = shown(learner.get(shown(learner.get(f"/sessions/{id_}")).link(LINK)))
    assert form.field("What is it?").chosen == ("A session with my mentor",)
    assert form.field("Which session?").value == "3 March 2026: 1 h, video"


def test_what_is_older_than_all_that_is_offered_is_chosen_as_well(
    build, placement, consent, today, sign_in, monkeypatch
):
    monkeypatch.setattr(adding_views, "TO_CHOOSE_AT_MOST", 1)
    old, _ = build.entry(placement, worked_on=today - timedelta(days=9)), build.entry(placement)
    page = f"/placements/{placement.id}/evidence/new?entry={old.id}"
    assert shown(sign_in(placement.learner).get(page)).field("Which hours?").value.startswith("22 February 2026")


def test_nothing_leads_there_from_what_cannot_be_evidence(build, placement, meeting, sign_in, now):
    gone = build.entry(placement, state=HoursState.WITHDRAWN, withdrawn_at=now).id
    meeting.confirmed_at = None
    page = f"/sessions/{meeting.id}"
    learner = sign_in(placement.learner)
    assert LINK not in shown(learner.get(f"/hours/{gone}")).links
    assert LINK not in shown(learner.get(page)).links


def test_a_mentor_finds_no_such_link(placement, meeting, sign_in):
    page = f"/sessions/{meeting.id}"
    assert LINK not in shown(sign_in(placement.mentor).get(page)).links
