"""The demo prints the record of a placement that went on elsewhere, with both of its parts."""

from datetime import timedelta

from app.demo.transferred import about_transferred
from app.models.hours import HoursState
from app.models.placements import Outcome


def test_the_record_of_two_parts_is_told(app, build, session, today, now):
    mentors = [build.mentor(name="Dr A. First"), build.mentor(name="Dr B. Second")]
    first = build.placement(build.learner(name="Robin Learner"), mentors[0], ends_on=today - timedelta(days=8))
    first.outcome = Outcome.MOVED
    second = build.placement(first.learner, mentors[1], starts_on=today - timedelta(days=7))
    second.continues_id, second.module, second.first_part_on = first.id, first.module, first.starts_on
    for part in (first, second):
        build.entry(part, state=HoursState.SUBMITTED, worked_on=part.starts_on)
    build.placement()
    session.commit()
    with app.test_request_context():
        went_on, record = about_transferred(session, now)
    assert "Robin Learner went on elsewhere: with Dr A. First from" in went_on
    assert ", then with Dr B. Second from 24 February 2026 to" in went_on
    assert "One record: 2 h count in all." in record
    assert record.endswith(f"/placements/{second.id}/record")
