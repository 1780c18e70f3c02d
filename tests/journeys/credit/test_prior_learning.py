"""In a real browser a learner claims credit for what she has learnt, is refused, appeals, and reads her transcript."""

import re
from collections.abc import Callable

import pytest

from app.models.people import Role
from tests.builders import Builder
from tests.journeys.conftest import Arrives
from tests.journeys.live import Service
from tests.journeys.small_world import PASSWORD, let_in
from tests.journeys.visitor import Visitor

ROBIN, LEE, LOU = (f"{name}@nowhere.example" for name in ("robin", "lee", "lou"))
EACH_WAY = pytest.mark.parametrize(
    ("width", "with_scripts"), [(1280, True), (390, False)], ids=["wide", "phone-no-scripts"]
)
Comes = Callable[[str], Visitor]


@pytest.fixture
def comes(service: Service, arrives: Arrives, width: int, with_scripts: bool) -> Comes:
    """comes(email): a learner, or one of two programme leads of her university, who has not said a cap yet."""
    with service.records() as session:
        build = Builder(session, service.now)
        people = {
            ROBIN: build.learner(name="Robin Learner"),
            LEE: build.person(name="Lee Lead"),
            LOU: build.person(name="Lou Lead"),
        }
        for email, person in people.items():
            let_in(person, email)
        programme = build.enrolment(people[ROBIN]).programme
        for email in (LEE, LOU):
            build.grant(people[email], Role.PROGRAMME_LEAD, provider=programme.provider)

    def come(email: str) -> Visitor:
        visitor = arrives(service, width, with_scripts)
        visitor.signs_in(email, PASSWORD)
        return visitor

    return come


@EACH_WAY
def test_a_claim_is_made_refused_appealed_and_stands_on_the_transcript(comes: Comes) -> None:
    robin = comes(ROBIN)
    claim_trials(robin)
    lee = comes(LEE)
    lee.follows("Decide on the claim of Robin Learner for Online module 1")
    lee.is_on("Robin Learner claims Online module 1")
    lee.follows("Decide on this claim")
    lee.is_on("Decide on the claim of Robin Learner")
    lee.reads("before that nothing can be recognised")
    state_the_cap(lee)
    lee.opens("/")
    lee.follows("Decide on the claim of Robin Learner for Online module 1")
    lee.follows("Decide on this claim")
    lee.chooses("Not to recognise any")
    lee.writes("Why?", "The outcomes are others.")
    lee.presses("Record the decision")
    lee.reads("The decision is recorded")
    lee.is_on("Robin Learner claims Online module 1")
    appeal(robin)
    lou = comes(LOU)
    lou.follows("Decide on the appeal of Robin Learner for Online module 1")
    lou.is_on("Robin Learner claims Online module 1")
    lou.follows("Decide on the appeal")
    lou.is_on("Decide on the appeal of Robin Learner")
    lou.chooses("To recognise the credits below")
    lou.presses("Record the decision")
    lou.reads("15 credits recognised on appeal")
    robin.goes_by_menu("My progress")
    robin.is_on("My progress")
    robin.reads("15 of 60, 15 of them recognised as prior learning")
    robin.follows("My transcript")
    robin.is_on("Transcript of Robin Learner")
    robin.reads("Clinical Trials, University of Somewhere")


def claim_trials(robin: Visitor) -> None:
    robin.goes_by_menu("My progress")
    robin.is_on("My progress")
    robin.follows("Claim credit for prior learning")
    robin.is_on("Prior learning")
    robin.follows("Make a claim")
    robin.is_on("Claim credit for prior learning")
    robin.chooses("Online module 1, 15 credits")
    robin.writes("How does what you have learnt meet it?", "I have designed and run two trials.")
    robin.presses("Continue")
    robin.is_on("Your claim for Online module 1")
    robin.follows("A module or course elsewhere")
    robin.is_on("A module or course elsewhere")
    robin.writes("Name of the module or course", "Clinical Trials")
    robin.writes("University or body that awarded it", "University of Somewhere")
    robin.picks("Level", "7, as in a master’s degree")
    robin.writes("Credits", "30")
    robin.dates("When was it awarded?", 1, 7, 2024)
    robin.presses("Add it")
    robin.reads("It stands in your claim.")
    robin.is_on("Your claim for Online module 1")
    robin.presses("Send the claim")
    robin.reads("Your claim is sent to")


def state_the_cap(lee: Visitor) -> None:
    lee.follows("State it first")
    lee.is_on(re.compile("Prior learning at .*, PGCert"))
    lee.writes("How many credits does the university recognise at this level, at the most?", "20")
    lee.writes("Where does it stand?", "Regulations, 4")
    lee.presses("Save")
    lee.is_on("What our university recognises of prior learning")


def appeal(robin: Visitor) -> None:
    robin.page.reload()
    robin.reads("Not recognised")
    robin.follows("have somebody else decide")
    robin.is_on("Appeal about Online module 1")
    robin.writes("Why?", "The second trial was not read.")
    robin.presses("Send the appeal")
    robin.reads("Your appeal is sent.")
    robin.is_on("Your claim for Online module 1")
