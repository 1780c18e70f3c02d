"""A round as its coordinator lives it, in a real browser: compared, explained, published, and everything after.

Each page on the way is looked at closely, on a wide screen and on a phone, with scripts and without.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.demo.playing.accounts import address_of
from app.demo.playing.loading import PASSWORD
from tests.journeys.conftest import Arrives
from tests.journeys.live import Service
from tests.journeys.played_demo import email_of, link_mailed_to, play, played_service
from tests.journeys.visitor import Visitor

LEARNERS = 80
SUPERVISOR = "supervisor.of.her.own@nowhere.example"
EACH_WAY = pytest.mark.parametrize(
    ("width", "with_scripts"),
    [(1280, True), (390, True), (1280, False), (390, False)],
    ids=["wide", "phone", "wide-no-scripts", "phone-no-scripts"],
)
Comes = Callable[[str], Visitor]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("demo") / "played.sqlite3"
    play(file, LEARNERS)
    return file


@pytest.fixture
def service(played: Path, tmp_path: Path) -> Iterator[Service]:
    with played_service(played, tmp_path) as running:
        yield running


@pytest.fixture
def comes(service: Service, arrives: Arrives, width: int, with_scripts: bool) -> Comes:
    """comes(email): one of the demo's people sits down and signs in."""

    def come(email: str) -> Visitor:
        visitor = arrives(service, width, with_scripts)
        visitor.signs_in(email, PASSWORD)
        return visitor

    return come


@EACH_WAY
def test_a_coordinator_compares_runs_asks_why_and_publishes(comes: Comes) -> None:
    coordinator = comes(address_of("coordinator"))
    compare_two_policies(coordinator)
    ask_why_and_what_if(coordinator)
    publish(coordinator)
    learner = comes(address_of("waiting-learner"))
    learner.reads("Answer your offer by")
    learner.follows(re.compile("Answer your offer"))
    learner.is_on(re.compile("Your offer: a place with"))
    learner.reads("Why this one")


def compare_two_policies(coordinator: Visitor) -> None:
    coordinator.follows("Publish Spring round, PGCert")
    coordinator.is_on("Spring round, PGCert")
    coordinator.reads("Most first choices")
    for box in coordinator.page.get_by_role("checkbox").all():
        box.check()
    coordinator.presses("Compare the ticked runs")
    coordinator.is_on(re.compile(r"Compare runs \d+ and \d+"))
    coordinator.reads("learners get something else")
    coordinator.reads("Random order")
    coordinator.follows("Who gets something else")
    expect(coordinator.page.get_by_role("heading", name="Who gets something else")).to_be_in_viewport()


def ask_why_and_what_if(coordinator: Visitor) -> None:
    """From a learner who differs to why she got this, why not what she likes better, and what that would change."""
    differing = coordinator.page.locator("#differing tr", has_text="Lower on the list").first
    coordinator.taps_on(differing.get_by_role("link", name=re.compile("^Why")).last)
    coordinator.reads("What this run proposes")
    coordinator.presses("Work it out")
    coordinator.reads("Each was forced")
    coordinator.looks()
    coordinator.follows(re.compile("What if it were fixed"))
    coordinator.is_on(re.compile("What if"))
    coordinator.presses("Ask what that would change")
    coordinator.is_on(re.compile("What would change"))
    coordinator.reads("What it would do")
    coordinator.follows(re.compile("Fix .* with"))
    coordinator.is_on(re.compile("Fix"))


def publish(coordinator: Visitor) -> None:
    coordinator.goes_by_menu("Rounds")
    coordinator.follows("Spring round, PGCert")
    coordinator.follows(re.compile(r"Publish run \d+"))
    coordinator.is_on(re.compile(r"Publish run\s+\d+\?"))
    coordinator.follows(re.compile("rest on little fit"))
    coordinator.is_on(re.compile("little fit"))
    coordinator.page.go_back()
    with coordinator.being_refused():
        coordinator.presses("Publish and send the mails")
        coordinator.reads("There is a problem")
    coordinator.is_on(re.compile(r"Publish run\s+\d+\?"))
    coordinator.chooses("I have looked at these")
    coordinator.presses("Publish and send the mails")
    coordinator.reads("Spring round, PGCert is published")
    coordinator.is_on(re.compile("Answers"))


@EACH_WAY
def test_what_is_declined_is_offered_again_and_the_rest_is_cleared(service: Service, comes: Comes) -> None:
    learner = comes(address_of("offered-learner"))
    decline(learner)
    coordinator = comes(address_of("coordinator"))
    name = offer_again(coordinator)
    email = email_of(service, name)
    following = comes(email)
    following.follows(re.compile("Answer your offer"))
    following.is_on(re.compile("Your offer: a place with"))
    following.presses("Accept this place")
    following.reads("The place is yours")
    clear(coordinator)
    learner.opens("/")
    learner.is_on("What needs doing now")
    if email == address_of("offered-learner"):  # she waited, and another place that was free came to her
        learner.reads("Your placement with")
    else:
        learner.reads(re.compile("Answer your offer by|You are in the next turn|You wait for a place"))


def decline(learner: Visitor) -> None:
    learner.follows(re.compile("Answer your offer"))
    learner.is_on(re.compile("Your offer: a place with"))
    learner.follows("Decline")
    learner.is_on(re.compile("Decline the place with"))
    learner.chooses(re.compile("the journey is too long", re.IGNORECASE))
    learner.chooses("Yes, I wait for the next turn of this round")
    learner.presses("Decline this place")
    learner.reads("You have declined the offer")
    learner.is_on("What needs doing now")
    learner.reads("You wait for a place of Winter round, PGDip")


def offer_again(coordinator: Visitor) -> str:
    """Offer the first free place to who comes next; her name."""
    coordinator.follows("Fill free places of Winter round, PGDip")
    coordinator.is_on(re.compile("Free places"))
    coordinator.reads("Declined")
    offered = coordinator.page.get_by_role("link", name=re.compile("Offer it to")).first
    name = offered.inner_text().removeprefix("Offer it to ")
    coordinator.taps_on(offered)
    coordinator.is_on(re.compile(rf"Offer this place to\s+{name}\?"))
    coordinator.presses("Offer the place and send the mails")
    coordinator.reads(f"The place is offered to {name}")
    coordinator.is_on(re.compile("Free places"))
    return name


def clear(coordinator: Visitor) -> None:
    coordinator.opens("/")
    coordinator.follows(re.compile("Fill free places|waits for a place|wait for a place"))
    coordinator.follows("Open a clearing turn")
    coordinator.is_on(re.compile(r"Open a clearing\s+turn\?"))
    coordinator.presses("Open the turn and send the mails")
    coordinator.reads("The clearing turn is open")
    coordinator.is_on("Winter round, PGDip")
    coordinator.follows("Start a run")
    coordinator.is_on(re.compile("New run"))
    coordinator.presses("Start the run")
    coordinator.is_on(re.compile("Run [0-9]+"))
    coordinator.follows("Publish this run")
    coordinator.is_on(re.compile(r"Publish run\s+\d+\?"))
    if coordinator.page.get_by_label("I have looked at these").count():
        coordinator.chooses("I have looked at these")
    coordinator.presses("Publish and send the mails")
    coordinator.reads("is published")
    coordinator.is_on(re.compile("Answers"))


@EACH_WAY
def test_a_placement_whose_mentor_leaves_goes_on_elsewhere(service: Service, comes: Comes) -> None:
    coordinator = comes(address_of("coordinator"))
    coordinator.follows(re.compile("Say what comes next for"))
    coordinator.is_on("What comes next")
    heading = coordinator.page.get_by_role("heading", level=2).first.inner_text()
    name = heading.partition(", with ")[0]
    coordinator.follows(re.compile(f"Offer {name} the place with"))
    coordinator.is_on(re.compile(f"Offer {name} the place with"))
    coordinator.writes("Say why, in a few words", "Your mentor moves to another hospital.")
    coordinator.presses("Offer this place")
    coordinator.reads(f"{name} has been told and can answer")
    coordinator.is_on(f"Placement of {name}")
    learner = comes(email_of(service, name))
    learner.follows(re.compile("place to go on|Answer"))
    learner.is_on(re.compile("A place to go on with"))
    learner.presses("Yes, I go on here")
    learner.is_on(re.compile("Placement with"))
    coordinator.opens("/our-placements/rescue")
    coordinator.is_on("What comes next")
    expect(coordinator.page.get_by_role("heading", name=heading)).to_have_count(0)


@EACH_WAY
def test_a_learner_names_her_own_supervisor(
    service: Service, arrives: Arrives, comes: Comes, width: int, with_scripts: bool
) -> None:
    learner = comes(address_of("new-learner"))
    name_supervisor(learner)
    supervisor = arrives(service, width, with_scripts)
    supervisor.opens(link_mailed_to(service, SUPERVISOR, "/supervise/"))
    supervisor.is_on(re.compile("Do you supervise"))
    supervisor.chooses(re.compile("Yes, I supervise"))
    supervisor.presses("Send my answer")
    supervisor.is_on("Thank you")
    coordinator = comes(address_of("coordinator"))
    coordinator.follows(re.compile("Check Sam Example as supervisor"))
    coordinator.is_on(re.compile("Sam Example as supervisor of"))
    for yes in coordinator.page.get_by_label("Yes", exact=True).all():
        yes.check()
    coordinator.presses("Verify")
    coordinator.reads("Sam Example is verified")
    coordinator.is_on(re.compile("Supervisors whom learners have named"))
    learner.opens("/")
    learner.is_on("What needs doing now")
    learner.reads("Your placement with Sam Example begins")


def name_supervisor(learner: Visitor) -> None:
    learner.follows("Ask for a placement")
    learner.is_on("Ask for a placement")
    learner.opens("/my-supervisor")
    learner.is_on("My own supervisor")
    learner.follows("Name a supervisor")
    learner.is_on("Which study would you join with your own supervisor?")
    learner.follows("The study is not listed here")
    learner.is_on("Who supervises you?")
    learner.writes("Title of the study", "Walking after a fall")
    learner.chooses("CPMS", "Which number of the study do you know?")
    learner.writes("The number", "59999")
    learner.writes("Name", "Sam Example")
    learner.writes("Work email address", SUPERVISOR)
    learner.writes("Job", "Consultant nurse")
    learner.finds("Organisation", "Newcastle", "Find organisations")
    learner.chooses(re.compile("Newcastle"))
    learner.dates("First day", 13, 4, 2026)
    learner.dates("Last day", 15, 1, 2027)
    learner.presses("Ask this person")
    learner.reads("We have written to Sam Example")
    learner.is_on("Sam Example as your supervisor")
