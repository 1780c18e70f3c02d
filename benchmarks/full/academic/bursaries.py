"""Rows of bursaries: calls, of which one is decided by scores and one by lottery, applications, and what was spent."""

from app.models.bursaries.applications import ApplicationState, BursaryApplication
from app.models.bursaries.assessing import Assessor, ScoreSheet
from app.models.bursaries.calls import BursaryCall, CallState, Criterion, DoctorsAndDentists, Method
from app.models.bursaries.spending import Spending, SpentOn
from app.models.people import Role
from app.models.programmes import Level
from app.models.values.registration import Profession, Regulator
from benchmarks.full.people import Rows
from benchmarks.full.sizes import CAST, NOW, TODAY, Size, days

SCORED, LOTTERY, FIRST_OTHER = 1, 2, 3
STATES = (ApplicationState.ACCEPTED, ApplicationState.WAITING, ApplicationState.HANDED_BACK)


def applications_of(size: Size) -> int:
    """So many to each of the two calls; the first is that of the learner who walks."""
    return size.enrolments // 8


def calls(size: Size) -> Rows:
    """The closed one that is scored, the decided lottery, and as many old ones as there are pages of."""
    facts = {"level": Level.PGCERT, "amount_pence": 450_000, "covers": "The fees.", "courses": "All", "answer_days": 14}
    asks = dict.fromkeys(("asks_place", "asks_level_before", "asks_first_funding", "has_no_deferral"), True)
    seed = {"secret": "seed", "digest": "of the seed", "regulators": [Regulator.NMC.value], "scores_needed": 1}
    dates = {"opens_at": NOW - days(30), "closes_at": NOW - days(2), "created_at": NOW - days(40)}
    by = {"created_by_id": CAST[Role.PROGRAMME_LEAD], "published_at": NOW - days(39), "provider_id": 1}
    rest = {**facts, **asks, **seed, **dates, **by, "doctors_and_dentists": DoctorsAndDentists.MAY_APPLY}
    for id_ in range(1, FIRST_OTHER + size.enrolments // 4):
        is_scored = id_ == SCORED
        yield {
            "id": id_,
            "title": f"Call {id_}",
            "number": applications_of(size),
            "state": CallState.PUBLISHED if is_scored else CallState.DECIDED,
            "method": Method.SCORING if is_scored else Method.LOTTERY,
            "decided_at": None if is_scored else NOW - days(1),
            **rest,
        }


def criteria(size: Size) -> Rows:
    yield {"id": 1, "call_id": SCORED, "position": 1, "title": "Why", "weight": 1}


def applications(size: Size) -> Rows:
    number = applications_of(size)
    for n in range(2 * number):
        call_id, at = (SCORED, n) if n < number else (LOTTERY, n - number)
        yield {
            "id": n + 1,
            "call_id": call_id,
            "learner_id": size.learner(at),
            "reference": f"REF{n}",
            "state": ApplicationState.SENT if call_id == SCORED else STATES[at % len(STATES)],
            "created_at": NOW - days(20),
            "sent_at": NOW - days(19),
            "profession": Profession.NURSE,
            "regulator": Regulator.NMC,
            "registration_number": "12A3456B",
            "programme_id": 1,
            "place": "By letter",
            "was_funded": False,
            "is_retake": False,
            "statement": "I run a clinic.",
            "position": None if call_id == SCORED else at + 1,
        }


def assessors(size: Size) -> Rows:
    roles = (Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD, Role.MENTOR, Role.COORDINATOR, Role.ADMINISTRATOR)
    by = {"call_id": SCORED, "named_at": NOW - days(30), "named_by_id": CAST[Role.PROGRAMME_LEAD]}
    for id_, role in enumerate(roles, 1):
        yield {"id": id_, "person_id": CAST[role], **by}


def scores(size: Size) -> Rows:
    by = {"person_id": CAST[Role.ACADEMIC_SUPERVISOR], "points": {"1": 3}, "words": "Clear.", "scored_at": NOW}
    for id_ in range(1, applications_of(size)):
        yield {"id": id_, "application_id": id_ + 1, **by}


def spending(size: Size) -> Rows:
    """One sum of every holder of the lottery, and one of the learner who walks."""
    number = applications_of(size)
    by = {"spent_on": TODAY, "kind": SpentOn.FEES, "pence": 100, "words": "Fees", "noted_at": NOW}
    for id_, application_id in enumerate([1, *range(number + 1, 2 * number + 1)], 1):
        yield {"id": id_, "application_id": application_id, "noted_by_id": CAST[Role.PROGRAMME_LEAD], **by}


TABLES = (
    (BursaryCall, calls),
    (Criterion, criteria),
    (BursaryApplication, applications),
    (Assessor, assessors),
    (ScoreSheet, scores),
    (Spending, spending),
)
