"""The whole story in a real browser: from an opening and a request to a placement with its record.

Each page on the way is looked at closely, on a wide screen and on a phone, with scripts and without.
"""

import re
from datetime import date

import pytest

from tests.journeys.conftest import BEGINNING, Arrives
from tests.journeys.live import Service, running_service
from tests.journeys.small_world import (
    COORDINATOR,
    HEART_STUDY,
    LEARNER,
    MENTOR,
    PASSWORD,
    STROKE_STUDY,
    SUPERVISOR,
    settle,
)
from tests.journeys.visitor import Visitor

ROUND_CLOSED = date(2026, 3, 14)
PLACEMENT_RUNS = date(2026, 4, 20)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("with_scripts", [True, False], ids=["scripts", "no-scripts"])
def test_from_a_request_to_a_record(service: Service, arrives: Arrives, width: int, with_scripts: bool) -> None:
    tell_the_story(service, arrives, width, with_scripts)


def test_from_a_request_to_a_record_on_postgresql(postgres_url: str, arrives: Arrives) -> None:
    with running_service(postgres_url, BEGINNING) as service:
        tell_the_story(service, arrives, width=1280, with_scripts=True, closely=False)


def tell_the_story(service: Service, arrives: Arrives, width: int, with_scripts: bool, closely: bool = True) -> None:
    settle(service)

    def comes(email: str) -> Visitor:
        visitor = arrives(service, width, with_scripts, closely)
        visitor.signs_in(email, PASSWORD)
        return visitor

    mentor_publishes_an_opening(comes(MENTOR))
    coordinator_opens_a_round(comes(COORDINATOR))
    learner_asks_for_a_placement(comes(LEARNER))
    service.it_becomes(ROUND_CLOSED)
    coordinator_runs_and_publishes(comes(COORDINATOR))
    learner = comes(LEARNER)
    learner_accepts(learner)
    learner_enters_her_training(learner)
    mentor_sees_to_what_is_needed(comes(MENTOR))
    coordinator_enters_the_release(comes(COORDINATOR))
    service.it_becomes(PLACEMENT_RUNS)
    mentor_logs_a_session(comes(MENTOR))
    learner = comes(LEARNER)
    learner_confirms_the_session(learner)
    learner_logs_hours(learner)
    learner_submits_hours(learner)
    mentor_verifies_hours(comes(MENTOR))
    university_sees_it(comes(SUPERVISOR))


def mentor_publishes_an_opening(mentor: Visitor) -> None:
    mentor.goes_by_menu("Openings")
    mentor.is_on("Your openings")
    mentor.follows("New opening")
    mentor.is_on("Which study is the opening on?")
    mentor.finds("Which study is the opening on?", "nurse heart", "Find studies")
    mentor.chooses(HEART_STUDY)
    mentor.is_on("Which study is the opening on?")
    mentor.presses("Continue")
    mentor.is_on("What do you offer on this study?")
    mentor.finds("Organisation", "riverside", "Find organisations")
    mentor.chooses(re.compile("Riverside"))
    mentor.writes("Places", "1")
    mentor.chooses("PGCert")
    mentor.dates("First day", 13, 4, 2026)
    mentor.dates("Last day", 9, 4, 2027)
    mentor.writes("What will the learner do?", "Screening, consent beside a nurse, data queries.")
    mentor.presses("Publish the opening")
    mentor.reads("Your opening is published")
    mentor.is_on(HEART_STUDY)


def coordinator_opens_a_round(coordinator: Visitor) -> None:
    coordinator.goes_by_menu("Rounds")
    coordinator.is_on("Match rounds")
    coordinator.follows("Open a round")
    coordinator.is_on("Open a round")
    coordinator.writes("Name of the round", "Spring 2026")
    coordinator.chooses("PGCert")
    coordinator.chooses("North East and North Cumbria")
    coordinator.dates("Requests open", 3, 3, 2026)
    coordinator.dates("Requests close", 13, 3, 2026)
    with coordinator.being_refused():
        coordinator.dates("Offers are answered by", 1, 3, 2026)
        coordinator.presses("Open the round")
        coordinator.reads("The time to answer must be after requests close")
    coordinator.is_on("Open a round")
    coordinator.dates("Offers are answered by", 27, 3, 2026)
    coordinator.presses("Open the round")
    coordinator.reads("Spring 2026 is set up")
    coordinator.is_on("Spring 2026")


def learner_asks_for_a_placement(learner: Visitor) -> None:
    learner.follows("Ask for a placement")
    learner.is_on("Ask for a placement")
    learner.presses("Start now")
    learner_says_who_she_is(learner)
    learner_says_what_she_wants(learner)
    learner_ranks_openings(learner)
    learner.chooses("Yes, any other opening that fits")
    learner.presses("Save and continue")
    learner.is_on("Check your answers")
    learner.presses("Send my request")
    learner.reads("Your request is in")
    learner.is_on("Your request")
    learner.follows("Read or print it whole")
    learner.is_on("Request for a placement")


def learner_says_who_she_is(learner: Visitor) -> None:
    learner.is_on("About you")
    learner.picks("Your profession", "Nurse")
    learner.presses("Save and continue")
    learner.is_on("Where you work")
    learner.writes("Your job title", "Community heart failure nurse")
    learner.finds("Your employer", "Riverside", "Find employers")
    learner.chooses(re.compile("Riverside"))
    learner.is_on("Where you work")
    learner.presses("Save and continue")
    learner.is_on("Your programme")
    learner.dates("When did it start, or when will it start?", 5, 1, 2026)
    learner.presses("Save and continue")


def learner_says_what_she_wants(learner: Visitor) -> None:
    learner.is_on("What interests you?")
    learner.writes("In your own words", "Caring for people with heart failure, in clinics led by nurses.")
    learner.picks("First", "Cardiovascular Disease")
    learner.presses("Save and continue")
    learner.is_on("Where and when?")
    learner.reads("The network of your employer")
    learner.dates("Earliest start", 1, 4, 2026)
    learner.dates("Latest start", 30, 6, 2026)
    learner.presses("Save and continue")
    learner.reads("2 openings")
    learner.is_on("Is there anybody who must not be your mentor?")
    learner.chooses("No, nobody")
    learner.presses("Save and continue")


def learner_ranks_openings(learner: Visitor) -> None:
    """The stroke study first, then the heart study above it."""
    learner.is_on("Openings that fit")
    learner.reads("you share: ")
    for number, study in enumerate((STROKE_STUDY, HEART_STUDY), 1):
        learner.presses_in(learner.card(study), "Add to my list")
        learner.reads_in(learner.card(study), f"Number {number} on your list")
    learner.is_on("Openings that fit")
    learner.presses_in(learner.choice(HEART_STUDY), "Up")
    learner.reads_in(learner.choice(HEART_STUDY), "1.")
    learner.is_on("Openings that fit")


def coordinator_runs_and_publishes(coordinator: Visitor) -> None:
    coordinator.goes_by_menu("Rounds")
    coordinator.follows("Spring 2026")
    coordinator.is_on("Spring 2026")
    for page in ("Requests", "Openings", "What stands in the way", "Pins", "Overview"):
        coordinator.follows(page)
        coordinator.is_on(re.compile("Spring 2026" if page == "Overview" else page))
    coordinator.follows("Start a run")
    coordinator.is_on(re.compile("New run"))
    coordinator.chooses("Place as many as possible, then as many first choices as possible")
    coordinator.presses("Start the run")
    coordinator.is_on(re.compile("Run [0-9]+"))
    coordinator.reads("2 of 2")
    coordinator.follows(re.compile("Proposals"))
    coordinator.is_on(re.compile("Proposals"))
    coordinator.reads(HEART_STUDY)
    coordinator.follows(re.compile("Not placed"))
    coordinator.is_on(re.compile("Not placed"))
    coordinator.follows("Result")
    coordinator.follows("Publish this run")
    coordinator.is_on(re.compile(r"Publish run\s+[0-9]+"))
    coordinator.presses("Publish and send the mails")
    coordinator.reads("Spring 2026 is published")
    coordinator.is_on(re.compile("Answers"))


def learner_accepts(learner: Visitor) -> None:
    learner.follows(re.compile("offer"))
    learner.is_on("Your offer: a place with The Mentor")
    learner.reads("your first choice")
    learner.follows("Decline")
    learner.is_on("Decline the place with The Mentor")
    learner.follows("Go back to the offer")
    learner.presses("Accept this place")
    learner.reads("The place is yours")
    learner.is_on("Placement with The Mentor")


TRAINING = "Training in good clinical practice (GCP)"


def learner_enters_her_training(learner: Visitor) -> None:
    learner.reads("3 things are missing")  # she works where the study runs
    learner.follows(TRAINING)
    learner.is_on(TRAINING)
    learner.follows("Enter it")
    with learner.being_refused():
        learner.presses("Save")
        learner.reads("There is a problem")
    learner.dates("Day of the training, as on the certificate", 2, 2, 2026)
    learner.presses("Save")
    learner.reads("It counts once somebody has checked it, who has been told.")
    learner.is_on(TRAINING)


def mentor_sees_to_what_is_needed(mentor: Visitor) -> None:
    mentor.follows("Check training in good clinical practice of The Learner")
    mentor.presses("I have seen it: it counts")
    mentor.reads("It counts.")
    mentor.follows("Before it starts: The Learner")
    mentor.is_on("Before it starts")
    mentor.follows("Access paper")
    mentor.follows("Say which paper is needed")
    mentor.is_on("Which paper is needed?")
    mentor.chooses("A university or another employer")
    mentor.chooses("Yes")
    mentor.presses("Save")
    mentor.reads("An honorary research contract")
    mentor.follows("Enter it")
    mentor.is_on("Access paper")
    mentor.dates("First day on which it counts", 1, 4, 2026)
    mentor.presses("Save")
    mentor.reads("It is in place.")
    mentor.follows("Before it starts: The Learner")
    mentor.follows("Delegation log")
    mentor.follows("Enter it")
    mentor.dates("Day on which the principal investigator signed", 13, 3, 2026)
    mentor.presses("Save")
    mentor.reads("It is in place.")


def coordinator_enters_the_release(coordinator: Visitor) -> None:
    coordinator.goes_by_menu("Placements")
    coordinator.follows("The Learner")
    coordinator.reads("1 thing is missing")
    coordinator.follows("Employer’s release")
    coordinator.follows("Make an exception until a day")
    coordinator.is_on("Make an exception: Employer’s release")
    coordinator.follows("Leave it as it is")
    coordinator.follows("Enter it")
    coordinator.dates("First day of the release", 1, 4, 2026)
    coordinator.presses("Save")
    coordinator.reads("It is in place.")


def mentor_logs_a_session(mentor: Visitor) -> None:
    mentor.goes_by_menu("My learners")
    mentor.is_on("My learners")
    mentor.follows(re.compile("Log a session"))
    mentor.is_on("Log a session with The Learner")
    mentor.dates("Date", 16, 4, 2026)
    mentor.chooses("1 hour")
    mentor.chooses("In person")
    mentor.writes("What did you talk about?", "The delegation log, and whom to screen first.")
    mentor.page.get_by_label("Action", exact=True).first.fill("Read the protocol")
    mentor.chooses("The learner")
    mentor.presses("Save the session")
    mentor.reads("The session is logged")
    mentor.is_on("Placement with The Learner")


def learner_confirms_the_session(learner: Visitor) -> None:
    learner.follows(re.compile("Confirm the session"))
    learner.is_on("Session of 16 April 2026")
    learner.reads("Read the protocol")
    learner.presses("Yes, confirm the session")
    learner.reads("The session is confirmed")
    learner.is_on("Placement with The Mentor")


def learner_logs_hours(learner: Visitor) -> None:
    """What she typed stays when a day in the future is refused."""
    learner.follows("Log hours")
    learner.is_on("Log hours")
    learner.dates("Date", 1, 5, 2026)
    learner.chooses("Workplace learning")
    learner.chooses("Another time")
    learner.writes("Time", "3")
    learner.writes("What did you do?", "Screened the clinic list with the research nurse.")
    with learner.being_refused():
        learner.presses("Save these hours")
        learner.reads("There is a problem")
    learner.is_on("Log hours")
    assert learner.page.get_by_label("Time", exact=True).input_value() in ("3", "3 h")
    learner.dates("Date", 17, 4, 2026)
    learner.presses("Save these hours")
    learner.reads("3 h of workplace learning logged")
    learner.is_on("Placement with The Mentor")


def learner_submits_hours(learner: Visitor) -> None:
    learner.follows("See the hours week by week")
    learner.is_on("Hours week by week")
    learner.follows("Submit 1 draft")
    learner.is_on("Submit hours")
    learner.presses("Submit these entries")
    learner.reads("Submitted: All drafts: 1 entry, 3 h")


def mentor_verifies_hours(mentor: Visitor) -> None:
    mentor.follows("Verify 1 hours entry of The Learner")
    mentor.is_on("Hours of The Learner to verify")
    mentor.follows("Tick all of them")
    mentor.presses("Save what I decided")
    mentor.reads("1 entry is verified")


def university_sees_it(supervisor: Visitor) -> None:
    supervisor.goes_by_menu("Progress")
    supervisor.is_on("Progress of our learners")
    supervisor.follows("The Learner")
    supervisor.is_on("The Learner")
    supervisor.reads("3 h in the workplace")
    supervisor.reads("The delegation log")
