"""Gives one person of each role in the demo an address that is easy to type."""

from collections.abc import Sequence

from app.demo.playing.loading import Loader
from app.demo.playing.people_rows import grant_row
from app.demo.world.records import DemoGrant, DemoLearner
from app.models.people import Person, Role
from app.models.placements import Placement

# The address before @demo.example, and what its holder can show.
ACCOUNTS = {
    "learner": "a learner with a placement: confirm a session, log hours",
    "new-learner": "a learner who has not asked yet: ask in the round that is open",
    "waiting-learner": "a learner whose round has closed: gets an offer after publication",
    "offered-learner": "a learner with an offer: see why this place, answer",
    "graduate": "a learner with a master’s degree: her transcript, her dissertation",
    "mentor": "a mentor: log a session, say who is supervised, publish openings",
    "coordinator": "the coordinator: compare, publish, fill free places, place again",
    "supervisor": "an academic supervisor",
    "lead": "a programme lead: decide credit",
    "administrator": "the administrator: people, imports, mail, audit trail",
}


def address_of(account: str) -> str:
    return f"{account}@demo.example"


def name_staff(loader: Loader) -> tuple[Person, Person]:
    """Name the staff accounts; the coordinator, and a colleague of hers, who here both coordinate every network."""
    staff = list(loader.rows.staff.values())
    coordinator, colleague = [person for person in staff if Role.COORDINATOR in person.roles][:2]
    for person in (coordinator, colleague):
        person.grants += [
            grant_row(loader.rows, DemoGrant(Role.COORDINATOR, network=name))
            for name, network in loader.rows.networks.items()
            if network.id not in person.network_ids()
        ]
    loader.session.flush()
    coordinator.email = address_of("coordinator")
    for account, role in (("administrator", Role.ADMINISTRATOR), ("lead", Role.PROGRAMME_LEAD)):
        next(person for person in staff if role in person.roles).email = address_of(account)
    supervisors = (person for person in staff if person.roles == {Role.ACADEMIC_SUPERVISOR})
    next(supervisors).email = address_of("supervisor")
    return coordinator, colleague


def name_placed(placements: Sequence[Placement]) -> None:
    """Name a learner who has a placement, and her mentor."""
    placements[0].learner.email = address_of("learner")
    placements[0].mentor.email = address_of("mentor")


def name_offered(learner: Person | None) -> None:
    """Name a learner who has an offer to answer, where there is one."""
    if learner:
        learner.email = address_of("offered-learner")


def name_newcomers(loader: Loader, newcomer: DemoLearner, waiting: DemoLearner) -> None:
    """Name a learner who has not asked yet, and one who waits for the round."""
    loader.rows.learners[newcomer.key].email = address_of("new-learner")
    loader.rows.learners[waiting.key].email = address_of("waiting-learner")
