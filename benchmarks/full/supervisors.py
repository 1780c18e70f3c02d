"""Rows of who supervises whom for the university, and of notes about learners."""

from app.models.academic.notes import SupervisorNote
from app.models.academic.supervisors import SupervisorAssignment
from app.models.people import Role
from benchmarks.full.people import Row, Rows
from benchmarks.full.sizes import CAST, NOW, TODAY, Size, days

WITHOUT = 7  # of so many learners one has no supervisor
NOTED = 20  # of so many learners there is a note about one


def assignments(size: Size) -> Rows:
    """The supervisor who walks has nearly all of them."""
    for n in range(1, size.enrolments + 1):
        if n % WITHOUT:
            row = {"id": n, "enrolment_id": n, "supervisor_id": CAST[Role.ACADEMIC_SUPERVISOR], "starts_on": TODAY}
            yield {**row, "assigned_by_id": CAST[Role.PROGRAMME_LEAD], "assigned_at": NOW - days(9), "reason": ""}


def notes(size: Size) -> Rows:
    """Half of them wait for an answer."""
    for n in range(1, size.enrolments // NOTED + 1):
        row = {"id": n, "enrolment_id": n, "author_id": CAST[Role.ACADEMIC_SUPERVISOR], "words": "No answer."}
        answered: Row = {"answer": "", "answered_by_id": None, "answered_at": None}
        if n % 2 == 0:
            answered = {"answer": "I write.", "answered_by_id": CAST[Role.PROGRAMME_LEAD], "answered_at": NOW}
        yield {**row, "written_at": NOW - days(3), **answered}


TABLES = ((SupervisorAssignment, assignments), (SupervisorNote, notes))
