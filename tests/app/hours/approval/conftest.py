"""A placement whose learner submits and whose mentor verifies, and what they send."""

from datetime import timedelta

import pytest

from app.models.hours import HoursState, HoursSubmission
from app.models.placements import Outcome


@pytest.fixture
def mentor(sign_in, placement):
    return sign_in(placement.mentor)


@pytest.fixture
def strange_learner(sign_in, build):
    return sign_in(build.learner())


@pytest.fixture
def strange_mentor(sign_in, build):
    return sign_in(build.mentor())


@pytest.fixture
def submitted(build, session, placement, now):
    """submitted(2) puts that many entries on the record, which wait for the mentor."""

    def put(number=1, **given):
        sent = build.add(
            HoursSubmission(
                placement_id=placement.id,
                first_day=build.today,
                last_day=build.today,
                submitted_at=now - timedelta(days=1),
            )
        )
        state = {"state": HoursState.SUBMITTED, "submission_id": sent.id}
        found = [build.entry(placement, did=f"Work {n}.", **(state | given)) for n in range(number)]
        session.commit()
        return found

    return put


@pytest.fixture
def verifying(placement, mentor):
    """verifying(entries, returned={id: words}) is what the mentor sends, having ticked the entries."""

    def send(entries=(), returned=None, browser=None, **more):
        data: dict[str, object] = {f"read_{entry.id}": "y" for entry in entries}
        data |= {f"words_{id_}": words for id_, words in (returned or {}).items()}
        data["shown"] = [str(entry.id) for entry in entries] + [str(id_) for id_ in returned or {}]
        return (browser or mentor).post(f"/placements/{placement.id}/hours/verify", data=data | more)

    return send


@pytest.fixture
def mentor_leaves(session, placement, now):
    """The mentor of the placement has that role no longer."""
    for grant in placement.mentor.grants:
        grant.ended_at = now
    session.commit()


@pytest.fixture
def moved_on(build, session, placement):
    """The placement that continues the first with another mentor, from a day counted from today."""

    def go(days=0):
        placement.outcome = Outcome.MOVED
        placement.ends_on = build.today + timedelta(days=days - 1)
        after = build.placement(placement.learner, starts_on=build.today + timedelta(days=days))
        after.continues_id, after.module = placement.id, placement.module
        session.commit()
        return after

    return go
