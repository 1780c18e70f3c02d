"""Who stands in which part to the reviews of a placement: who holds them, who reads them and may ask for a change."""

from app.models.operations.parties import Party
from app.models.people import Person
from app.models.placements import Placement
from app.rules.agreements.parts import part_in_pair
from app.rules.progress_reviews.conditions import SIGNERS


def holds_reviews(person: Person, placement: Placement) -> bool:
    """True of the two who prepare, meet and sign."""
    return part_in_pair(person, placement) in SIGNERS


def party_that_holds(person: Person, placement: Placement) -> Party:
    """As which of the two; only for who `holds_reviews`."""
    return Party.LEARNER if placement.learner_id == person.id else Party.MENTOR


def person_in(placement: Placement, party: Party) -> Person:
    return placement.learner if party is Party.LEARNER else placement.mentor


def other_than(party: Party) -> Party:
    return Party.MENTOR if party is Party.LEARNER else Party.LEARNER
