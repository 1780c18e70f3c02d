"""Who looks at the records of others, takes files away or is refused leaves a trace, without anybody's words in it."""

import logging
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.models.operations.audit import AuditLine
from app.models.people import Role
from app.models.programmes import Enrolment
from app.web.looking import OF_ONES_OWN
from tests.world import holders, routes


@pytest.fixture
def trail(session, look_again):
    """trail() gives actor, deed, kind of record and its name, of each line about looking."""

    def read():
        look_again()
        of_looking = AuditLine.deed.in_(["opened a record", "downloaded a file"])
        lines = session.scalars(select(AuditLine).where(of_looking).order_by(AuditLine.id))
        return [(one.actor_id, one.deed, one.subject_type, one.subject_id) for one in lines]

    return read


def test_every_file_that_leaves_the_service_leaves_a_line_but_for_ones_own(world, session, look_again):
    taken, own = 0, 0
    for rule, method, permission in routes(world.app):
        people = holders(world.owners, permission) if permission and method == "GET" else {}
        for person_id in people.values():
            answer = world.browser_of(person_id).get(world.address_of(rule))
            if answer.status_code == 200 and "attachment" in answer.headers.get("Content-Disposition", ""):
                taken += permission not in OF_ONES_OWN
                own += permission in OF_ONES_OWN
    look_again()
    lines = session.scalars(select(AuditLine).where(AuditLine.deed == "downloaded a file")).all()
    assert taken == len(lines) > 4
    assert own > 0
    assert {"studies.csv", f"run-{world.values['run_id']}-proposals.csv"} <= {line.details["file"] for line in lines}


def test_a_record_that_somebody_else_opens_leaves_one_line_a_day(app, world, trail, now, session):
    values = world.values
    pages = {
        Role.ADMINISTRATOR: (f"/admin/people/{values['person_id']}", "Person", values["person_id"]),
        Role.PROGRAMME_LEAD: (f"/progress/{values['enrolment_id']}", "Enrolment", values["enrolment_id"]),
        Role.MENTOR: (f"/placements/{values['placement_id']}", "Placement", values["placement_id"]),
        Role.COORDINATOR: (
            f"/rounds/{values['round_id']}/requests/{values['request_id with round_id']}",
            "PlacementRequest",
            values["request_id with round_id"],
        ),
    }
    lines = [(world.owners[role], "opened a record", kind, id_) for role, (_, kind, id_) in pages.items()]
    for role, (address, _, _) in pages.items():
        for _ in range(2):
            assert world.browser_of(world.owners[role]).get(address).status_code == 200
    assert trail() == lines
    app.config["NOW"] = lambda: now + timedelta(days=1)
    for role, (address, _, _) in pages.items():
        assert world.browser_of(world.owners[role]).get(address).status_code == 200
    assert trail() == lines * 2


def test_ones_own_pages_leave_none(world, trail):
    learner = world.browser_of(world.owners[Role.LEARNER])
    for address in (f"/placements/{world.values['placement_id']}", "/account", "/"):
        assert learner.get(address).status_code == 200
    administrator = world.owners[Role.ADMINISTRATOR]
    assert world.browser_of(administrator).get(f"/admin/people/{administrator}").status_code == 200
    assert trail() == []


def test_who_is_refused_is_logged_by_numbers_alone(app, world, session, caplog):
    mentor, stranger = world.owners[Role.MENTOR], world.strangers[Role.MENTOR]
    placement, enrolment = world.values["placement_id"], session.scalar(select(func.min(Enrolment.id)))
    with caplog.at_level(logging.WARNING, app.logger.name):
        assert world.browser_of(mentor).get(f"/progress/{enrolment}?q=a+secret+word").status_code == 403
        assert world.browser_of(stranger).get(f"/placements/{placement}").status_code == 404
    assert [record.getMessage() for record in caplog.records] == [
        f"Refused with 403: person {mentor} at GET progress.show {{'enrolment_id': {enrolment}}}",
        f"Refused with 404: person {stranger} at GET placements.show {{'placement_id': {placement}}}",
    ]
