"""Who may not decide about a learner's credit: the learner herself, and who mentors or supervises her."""

import enum
from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.academic.supervisors import SupervisorAssignment
from app.models.placements import Placement
from app.models.programmes import Enrolment


class Tie(enum.Enum):
    """What somebody is, or was, to a learner."""

    LEARNER = "is the learner"
    MENTOR = "mentors the learner"
    SUPERVISOR = "supervises the learner"


Ties = dict[int, dict[int, Tie]]


def ties_of(session: Session, person_ids: Collection[int], learner_ids: Collection[int]) -> Ties:
    """The nearest tie of each of these people to each of these learners, by the learner's id; two queries.

    Somebody who did so once has it for good: her own judgement is among what is decided about.
    """
    found: defaultdict[int, dict[int, Tie]] = defaultdict(dict)
    supervised = (
        select(Enrolment.learner_id, SupervisorAssignment.supervisor_id)
        .join(Enrolment, Enrolment.id == SupervisorAssignment.enrolment_id)
        .where(Enrolment.learner_id.in_(learner_ids), SupervisorAssignment.supervisor_id.in_(person_ids))
    )
    mentored = select(Placement.learner_id, Placement.mentor_id).where(
        Placement.learner_id.in_(learner_ids), Placement.mentor_id.in_(person_ids)
    )
    for tie, statement in ((Tie.SUPERVISOR, supervised), (Tie.MENTOR, mentored)):
        for learner_id, person_id in session.execute(statement):
            found[learner_id][person_id] = tie
    for learner_id in set(learner_ids) & set(person_ids):
        found[learner_id][learner_id] = Tie.LEARNER
    return dict(found)
