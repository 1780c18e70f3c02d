"""A bursary in a real browser: applied for, drawn, accepted, spent, and handed back."""

import re
from datetime import timedelta

import pytest

from app.language.dates_and_times import day_of
from app.models.people import Role
from app.models.values.registration import Regulator
from tests.builders import Builder
from tests.journeys.conftest import Arrives
from tests.journeys.live import Service
from tests.journeys.small_world import PASSWORD, let_in

LEAD, ROBIN = "lead@nowhere.example", "robin@nowhere.example"
TITLE = "PGCert bursaries"


def settle(service: Service) -> None:
    """A lottery is open to which two have applied, with bursaries for all; Robin is enrolled and registered."""
    with service.records() as session:
        build = Builder(session, service.now)
        university = build.provider("University of the North")
        programme = build.programme(university)
        lead, robin = build.person(name="The Lead"), build.learner(name="Robin Learner")
        build.grant(lead, Role.PROGRAMME_LEAD, provider=university)
        let_in(lead, LEAD)
        let_in(robin, ROBIN)
        assert robin.learner_profile
        robin.learner_profile.regulator, robin.learner_profile.registration_number = Regulator.NMC, "12A3456B"
        build.enrolment(robin, programme)
        call = build.bursary_call(university, title=TITLE, number=3, created_by=lead)
        for name in ("Sam Learner", "Kim Learner"):
            build.bursary_application(call, build.learner(name=name), programme=programme)


@pytest.mark.parametrize(("width", "with_scripts"), [(1280, True), (390, False)], ids=["wide", "phone-no-scripts"])
def test_a_bursary_is_applied_for_drawn_and_handed_back(
    service: Service, arrives: Arrives, width: int, with_scripts: bool
) -> None:
    settle(service)
    robin = arrives(service, width, with_scripts)
    robin.opens("/pathways")
    robin.follows("the calls for bursaries")
    robin.is_on("Bursaries")
    robin.signs_in(ROBIN, PASSWORD)
    robin.opens("/bursaries")
    robin.follows(TITLE)
    robin.is_on(TITLE)
    robin.follows("Apply")
    robin.is_on("Can you apply?")
    with robin.being_refused():
        robin.presses("Save and see")
        robin.reads("Say whether you take this level again")
    robin.chooses("Yes", "Have you had a bursary for this level before?")
    robin.chooses("No", "Do you take this level again?")
    robin.presses("Save and see")
    robin.reads("You had a bursary for this level before.")
    robin.is_on(f"Your application to {TITLE}")
    robin.follows("Change your answers")
    robin.chooses("No", "Have you had a bursary for this level before?")
    robin.presses("Save and see")
    robin.reads("You meet the conditions.")
    robin.chooses("I declare all of this")
    robin.presses("Send your application")
    robin.reads("Your application is sent.")
    robin.is_on(f"Your application to {TITLE}")
    service.it_becomes(day_of(service.now + timedelta(days=9)))
    lead = arrives(service, width, with_scripts)
    lead.signs_in(LEAD, PASSWORD)
    lead.follows(f"Decide “{TITLE}”")
    lead.is_on(TITLE)
    lead.follows("Decide it")
    lead.is_on(f"Decide {TITLE}")
    lead.presses("Decide it")
    lead.reads("It is decided.")
    lead.is_on(TITLE)
    lead.follows("Read the applications")
    lead.is_on(f"Applications to {TITLE}")
    lead.follows("Robin Learner")
    lead.is_on("Application of Robin Learner")
    lead.opens("/bursaries/1/draw")
    lead.is_on(f"The lottery of {TITLE}")
    lead.reads("gives the order that was decided")
    robin.signs_in(ROBIN, PASSWORD)
    robin.follows(re.compile("Answer the offer of a bursary by"))
    robin.is_on(f"Your application to {TITLE}")
    robin.presses("Accept the bursary")
    robin.reads("The bursary is yours.")
    robin.follows("Note what you spend")
    robin.is_on("What was spent of the bursary of Robin Learner")
    robin.dates("When was it spent?", 12, 3, 2026)
    robin.chooses("Course fees", "On what?")
    robin.writes("Sum in pounds", "1,200.50")
    robin.writes("What it was for", "The first term")
    robin.presses("Note it")
    robin.reads("£1,200.50 of £4,500.")
    robin.is_on("What was spent of the bursary of Robin Learner")
    robin.follows("Bursary")
    robin.follows("Hand the bursary back")
    robin.is_on("Hand your bursary back?")
    robin.writes("Why is it handed back?", "My employer pays the fees.")
    robin.presses("Hand it back")
    robin.reads("Your bursary is handed back.")
    lead.opens("/bursary-calls/1")
    lead.reads("1 bursary is free, and nobody waits who can have it.")
    lead.follows("What was spent")
    lead.is_on(f"What was spent of {TITLE}")
    lead.reads("£1,200.50 in all.")
