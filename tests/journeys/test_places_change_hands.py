"""After a publication places change hands, in a real browser: a learner moves up, and two swap."""

import re
from collections.abc import Callable

import pytest

from app.models.people import Person, Role
from tests.builders import Builder
from tests.journeys.conftest import Arrives
from tests.journeys.live import Service
from tests.journeys.small_world import PASSWORD, let_in
from tests.journeys.visitor import Visitor

COORDINATOR, ROBIN, SAM = (f"{name}@nowhere.example" for name in ("coordinator", "robin", "sam"))
EACH_WAY = pytest.mark.parametrize(
    ("width", "with_scripts"),
    [(1280, True), (390, True), (1280, False), (390, False)],
    ids=["wide", "phone", "wide-no-scripts", "phone-no-scripts"],
)
Comes = Callable[[str], Visitor]


@pytest.fixture
def comes(service: Service, arrives: Arrives, width: int, with_scripts: bool) -> Comes:
    """comes(email): somebody of a published round sits down and signs in.

    Robin has a place with Dr Bo and ranked the free one with Dr Ada higher; Sam has one with Dr Cy.
    """
    with service.records() as session:
        build = Builder(session, service.now)
        network = build.network("North West")
        people: dict[str, Person] = {
            COORDINATOR: build.person(name="The Coordinator"),
            ROBIN: build.learner(name="Robin Learner"),
            SAM: build.learner(name="Sam Learner"),
        }
        for email, person in people.items():
            let_in(person, email)
        build.grant(people[COORDINATOR], Role.COORDINATOR, network=network)
        round_ = build.round(
            network, coordinator=people[COORDINATOR], name="Spring 2026", published_at=service.now, moves_up=True
        )
        module = build.programme().modules[0]
        better, of_robin, of_sam = (
            build.opening(build.mentor(1, name=mentor), build.study(title), network)
            for mentor, title in (("Dr Ada Mentor", "Falls"), ("Dr Bo Mentor", "Wounds"), ("Dr Cy Mentor", "Sleep"))
        )
        for email, own, ranked in ((ROBIN, of_robin, [better, of_robin]), (SAM, of_sam, [of_sam])):
            build.offer(build.request(people[email], [network], module, ranked=ranked), own, round_)

    def come(email: str) -> Visitor:
        visitor = arrives(service, width, with_scripts)
        visitor.signs_in(email, PASSWORD)
        return visitor

    return come


@EACH_WAY
def test_a_learner_moves_up_to_a_place_that_came_free(comes: Comes) -> None:
    coordinator = comes(COORDINATOR)
    offer_the_better_place(coordinator)
    take_it_back(coordinator)
    offer_the_better_place(coordinator)
    learner = comes(ROBIN)
    learner.follows(re.compile("Say whether you move up"))
    learner.is_on("You can move up to a place with Dr Ada Mentor")
    learner.reads("number 1 on your list instead of number 2")
    learner.presses("Move up to this place")
    learner.reads("You have moved up")
    learner.is_on(re.compile("Placement with Dr Ada Mentor"))
    coordinator.goes_by_menu("Rounds")
    coordinator.follows("Spring 2026")
    coordinator.follows("Free places")
    coordinator.reads("Moved up")
    coordinator.is_on(re.compile("Free places"))


def offer_the_better_place(coordinator: Visitor) -> None:
    coordinator.goes_by_menu("Rounds")
    coordinator.follows("Spring 2026")
    coordinator.follows("Free places")
    coordinator.is_on(re.compile("Free places"))
    coordinator.follows("Let Robin Learner move up")
    coordinator.is_on(re.compile(r"Let Robin Learner move up\?"))
    coordinator.presses("Offer it and send the mails")
    coordinator.reads("Robin Learner can move up")
    coordinator.is_on(re.compile("Free places"))


def take_it_back(coordinator: Visitor) -> None:
    coordinator.follows(re.compile("Take it back"))
    coordinator.is_on(re.compile("Take the place kept for Robin Learner back"))
    with coordinator.being_refused():
        coordinator.presses("Take it back and send the mails")
        coordinator.reads("There is a problem")
    coordinator.is_on(re.compile("Take the place kept for Robin Learner back"))
    coordinator.writes("Why do you take it back?", "The clinic has moved to another week.")
    coordinator.presses("Take it back and send the mails")
    coordinator.reads("Robin Learner keeps what was there")
    coordinator.is_on(re.compile("Free places"))


@EACH_WAY
def test_two_learners_swap_their_places(comes: Comes) -> None:
    sam, robin = comes(SAM), comes(ROBIN)
    code = make_code(sam)
    to_swap(robin)
    robin.writes("Code of the other learner", code)
    robin.presses("See the other place")
    robin.is_on("Swap places with Sam Learner?")
    robin.presses("Ask Sam Learner to swap")
    robin.is_on("Swap places with Sam Learner")
    sam.opens("/")
    sam.follows("Say whether you swap places with Robin Learner")
    sam.is_on("Swap places with Robin Learner")
    sam.presses("Yes, I agree to swap")
    sam.reads("A coordinator of Spring 2026 decides")
    sam.is_on("Swap places with Robin Learner")
    coordinator = comes(COORDINATOR)
    coordinator.follows("Decide whether Robin Learner and Sam Learner swap places")
    coordinator.is_on("Swap of Robin Learner and Sam Learner")
    coordinator.presses("Yes, let them swap")
    coordinator.reads("They have swapped places")
    coordinator.is_on("Swap of Robin Learner and Sam Learner")
    for learner, mentor in ((robin, "Dr Cy Mentor"), (sam, "Dr Bo Mentor")):
        learner.opens("/")
        learner.is_on("What needs doing now")
        learner.reads(f"Your placement with {mentor}")


def to_swap(learner: Visitor) -> None:
    learner.follows(re.compile("Answer your offer"))
    learner.is_on(re.compile("Your offer: a place with"))
    learner.follows("Swap your places")
    learner.is_on("Swap your place with another learner")


def make_code(learner: Visitor) -> str:
    """A new code, as the page shows it."""
    to_swap(learner)
    learner.presses("Make a code")
    learner.reads("Your code is")
    learner.is_on("Swap your place with another learner")
    return learner.page.locator("main strong", has_text=re.compile(r"^[0-9A-Z ]+$")).first.inner_text()
