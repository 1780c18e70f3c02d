"""Pins, conflicts, nominations and a list of pairs: what people have agreed beside a round."""

from app.models.pairs.conflicts import Conflict, ConflictKind
from app.models.pairs.nominations import Nomination, NominationState
from app.models.people import Role
from app.models.runs import ListOfPairs, Pin, PinKind
from benchmarks.full.people import NETWORKS, Rows
from benchmarks.full.sizes import CAST, CLOSED_ROUND, NOW, TODAY, Size, days

HEAD = b"Learner email,Mentor email,Study or opening,Reason code,Reason\n"


def pins(size: Size) -> Rows:
    """One request in forty of the closed round."""
    for n in range(40, size.requests + 1, 40):
        row = {"id": n, "round_id": CLOSED_ROUND, "request_id": n, "opening_id": 4, "kind": PinKind.AGREED_BEFORE}
        yield {**row, "reason": "Agreed.", "author_id": CAST[Role.COORDINATOR], "created_at": NOW, "lifted_at": NOW}


def conflicts(size: Size) -> Rows:
    """One learner in thirty of the closed round, the last of the openings' mentors."""
    for n in range(30, size.requests + 1, 30):
        row = {"id": n, "learner_id": size.learner(size.placements + n - 1), "mentor_id": size.mentor_of(size.openings)}
        said = {"kind": ConflictKind.LINE_MANAGER, "reason": "One team.", "exception_reason": ""}
        yield {**row, **said, "author_id": CAST[Role.COORDINATOR], "created_at": NOW}


def nominations(size: Size) -> Rows:
    """The learner who walks has named the mentor who walks; one learner in twenty has named somebody."""
    of_cast = size.learner(0)
    for n, learner_id in enumerate([of_cast, *(size.learner(at) for at in range(20, size.learners, 20))], 1):
        row = {"id": n, "learner_id": learner_id, "module_id": 1, "study_id": 1, "study_title": "", "number": ""}
        person = {"name": f"Supervisor {n}", "email": f"supervisor{n}@nowhere.example", "job_title": "Nurse"}
        if learner_id == of_cast:
            person["email"] = f"{CAST[Role.MENTOR]}@nowhere.example"
        where = {"organisation_id": 1, "network_id": n % NETWORKS + 1, "state": NominationState.CONFIRMED}
        when = {"starts_on": TODAY + days(30), "ends_on": TODAY + days(200), "created_at": NOW, "asked_at": NOW}
        yield {**row, **person, **where, **when, "asked_times": 1}


def lists(size: Size) -> Rows:
    row = {"id": 1, "round_id": CLOSED_ROUND, "name": "pairs.csv", "content": HEAD}
    yield {**row, "chosen_by_id": CAST[Role.COORDINATOR], "chosen_at": NOW}


TABLES = ((Pin, pins), (Conflict, conflicts), (Nomination, nominations), (ListOfPairs, lists))
