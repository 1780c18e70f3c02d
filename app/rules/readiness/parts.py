"""Who sees to each need, who may enter what covers it, and whose word makes it count."""

from collections.abc import Mapping

from app.models.course.readiness import Need, NeedKind
from app.models.people import Person, Role
from app.models.placements import Placement

Parts = frozenset[Role]
L, M, C = Role.LEARNER, Role.MENTOR, Role.COORDINATOR

OWNER: Mapping[NeedKind, Role] = {
    NeedKind.ACCESS: L,
    NeedKind.RELEASE: L,
    NeedKind.GCP: L,
    NeedKind.DELEGATION: M,
}
ENTERS: Mapping[NeedKind, Parts] = {
    NeedKind.ACCESS: frozenset({L, M, C}),
    NeedKind.RELEASE: frozenset({L, C}),
    NeedKind.GCP: frozenset({L, M, C}),
    NeedKind.DELEGATION: frozenset({M, C}),
}
# Nobody's own word makes it count: what a learner enters is seen by one of these.
CHECKS: Mapping[NeedKind, Parts] = {
    NeedKind.ACCESS: frozenset({M, C}),
    NeedKind.RELEASE: frozenset({C}),
    NeedKind.GCP: frozenset({M, C}),
    NeedKind.DELEGATION: frozenset({M, C}),
}
# The investigator signs the log before the first task, so nobody can let work start without; observing needs no log.
EXCEPTED = frozenset(NeedKind) - {NeedKind.DELEGATION}


def parts_of(person: Person, placement: Placement) -> Parts:
    """What a person is to a placement; its learner is nothing else, so that she never checks what she entered.

    Who mentors no longer is no mentor of it either, whatever else she is here by now.
    """
    if person.id == placement.learner_id:
        return frozenset({L})
    found = set()
    if person.id == placement.mentor_id and M in person.roles:
        found.add(M)
    if placement.opening.network_id in person.network_ids():
        found.add(C)
    return frozenset(found)


def can_enter(kind: NeedKind, parts: Parts) -> bool:
    return bool(ENTERS[kind] & parts)


def can_check(kind: NeedKind, parts: Parts) -> bool:
    return bool(CHECKS[kind] & parts)


def doer_of(need: Need) -> Role:
    """Who has to do something next: which paper it is, is for the mentor to say; all else for its owner."""
    return M if need.is_undecided else OWNER[need.kind]
