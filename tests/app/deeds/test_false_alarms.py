"""Words that look like a patient's details are kept for a reason in words, which outlasts the deed and is read."""

import json
import re

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.operations.false_alarms import FalseAlarm
from app.models.operations.outbox import Message
from app.models.people import Role
from app.web.edge.false_alarms import KEPT
from tests.app.hours.test_hours_logging import sent
from tests.app.supervision.test_supervision_sessions import sent as session_sent
from tests.screen import shown

WHY, SURE = "Why does it identify nobody?", "It is right as it is: save it"
REASON = "It is the number of a freezer."
DOUBTED = {"did": "Filed sample 943 476 5919."}


@pytest.fixture
def placement(build):
    return build.placement()


@pytest.fixture
def learner(sign_in, placement):
    return sign_in(placement.learner)


@pytest.fixture
def log(learner, placement, today):
    return lambda **said: learner.post(f"/placements/{placement.id}/hours/new", data=sent(today, **DOUBTED, **said))


@pytest.fixture
def kept(session, look_again):
    def read():
        look_again()
        return [(one.kinds, one.reason, one.deed) for one in session.scalars(select(FalseAlarm))]

    return read


def test_a_tick_alone_keeps_nothing_and_what_was_typed_stays(log, kept):
    assert WHY in shown(log()).fields
    answer = log(is_sure="y")
    assert answer.status_code == 422
    assert shown(answer).complaint == (WHY, "Say in a few words why it identifies nobody, or take it out")
    assert shown(answer).field("What did you do?").value == DOUBTED["did"]
    assert kept() == []


def test_a_reason_is_kept_with_the_deed_and_the_trail_knows_neither_it_nor_the_words(log, kept, session):
    assert log(is_sure="y", why_sure=REASON).status_code == 303
    assert kept() == [(["NHS_NUMBER"], REASON, "logged hours")]
    lines = session.scalars(select(AuditLine).order_by(AuditLine.id)).all()
    [line] = [one for one in lines if one.deed == KEPT]
    assert line.details == {"looked_like": "an NHS number"}
    assert not any(word in json.dumps([one.details for one in lines]) for word in (REASON, "943"))


def test_a_reason_that_repeats_it_and_one_that_is_too_long_are_refused(log, kept):
    for reason, complaint in (
        ("943 476 5919 is a freezer.", "Say why without writing it again"),
        ("x" * 301, "The reason must be 300 characters or fewer"),
    ):
        answer = log(is_sure="y", why_sure=reason)
        assert (answer.status_code, shown(answer).complaint) == (422, (WHY, complaint))
        assert shown(answer).field(WHY).value == reason
    assert kept() == []


def test_a_deed_that_is_refused_for_something_else_keeps_no_reason(log, kept):
    assert log(is_sure="y", why_sure=REASON, minutes="other", other_time="0:07").status_code == 422
    assert kept() == []


def test_other_doubts_need_no_reason(learner, placement, kept, today):
    long = sent(today, minutes="other", other_time="12:15")
    address = f"/placements/{placement.id}/hours/new"
    assert WHY not in shown(learner.post(address, data=long)).fields
    assert learner.post(address, data=long | {"is_sure": "y"}).status_code == 303
    assert kept() == []


def test_an_answer_by_a_link_is_kept_under_the_name_of_its_reader(sign_in, client, placement, session, kept, today):
    address = f"/placements/{placement.id}/sessions/new"
    sign_in(placement.mentor).post(address, data=session_sent(today))
    [link] = re.findall(r"http://localhost(/confirm-session/\S+)", session.scalars(select(Message.body)).one())
    said = {"comment": "It was about 943 476 5919.", "is_sure": "y"}
    assert client.post(f"{link}/question", data=said).status_code == 422
    assert client.post(f"{link}/question", data=said | {"why_sure": REASON}).status_code == 200
    assert kept() == [(["NHS_NUMBER"], REASON, "questioned a session")]
    assert session.scalars(select(FalseAlarm.person_name)).all() == [placement.learner.name]


def test_an_administrator_reads_the_reasons_and_nobody_else_does(log, build, sign_in, session):
    administrator, coordinator = build.person(Role.ADMINISTRATOR), build.person(Role.COORDINATOR)
    session.commit()
    log(is_sure="y", why_sure=REASON)
    page = shown(sign_in(administrator).get("/admin/kept-words"))
    assert page.says(REASON)
    assert page.says("an NHS number")
    assert not page.says("943")
    assert sign_in(coordinator).get("/admin/kept-words").status_code == 403


def test_a_reason_is_never_changed(log, session, look_again):
    log(is_sure="y", why_sure=REASON)
    look_again()
    session.scalars(select(FalseAlarm)).one().reason = "Other."
    with pytest.raises(ValueError, match="never changed"):
        session.flush()
    session.rollback()
