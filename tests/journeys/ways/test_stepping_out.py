"""A learner asks to step out on her phone, her programme lead notes it, and both see where she stands."""

import pytest

from app.models.people import Role
from tests.builders import Builder
from tests.journeys.conftest import Arrives
from tests.journeys.live import Service
from tests.journeys.small_world import LEARNER, PASSWORD, let_in
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
LEAD = "lead@nowhere.example"
PHONE, DESKTOP = 390, 1280


@pytest.mark.parametrize("with_scripts", [True, False])
def test_a_learner_asks_to_step_out_and_her_lead_notes_it(
    service: Service, arrives: Arrives, with_scripts: bool
) -> None:
    with service.records() as session:
        build = Builder(session, service.now)
        programme = build.programme(build.provider("University of the North"))
        learner, lead = build.learner(name="The Learner"), build.person(name="The Lead")
        build.grant(lead, Role.PROGRAMME_LEAD, provider=programme.provider)
        build.enrolment(learner, programme).in_cohort = build.cohort(build.programme_version(programme), name="Spring")
        let_in(learner, LEARNER)
        let_in(lead, LEAD)
    asks(arrives(service, PHONE, with_scripts))
    notes(arrives(service, DESKTOP, with_scripts))
    reads(arrives(service, PHONE, with_scripts))


def asks(learner: Visitor) -> None:
    learner.signs_in(LEARNER, PASSWORD)
    learner.goes_by_menu("My programme")
    learner.is_on("Your programme")
    learner.follows("Ask to step out for a time")
    learner.is_on("Ask to step out")
    learner.dates("From which day?", 1, 5, 2026)
    learner.dates("When do you expect to return? (optional)", 1, 9, 2026)
    learner.chooses("Work, or time released from work")
    learner.presses("Send")
    learner.is_on("Your programme")
    learner.reads("It is sent.")


def notes(lead: Visitor) -> None:
    lead.signs_in(LEAD, PASSWORD)
    lead.follows("Answer The Learner, who asks: to step out")
    lead.is_on("The Learner asks: to step out")
    lead.follows("Note it, from the day that was asked")
    lead.is_on("The Learner steps out")
    lead.presses("Note it")
    lead.reads("It is noted. The Learner and everybody concerned are told by email.")
    lead.reads("Stepped out, from 1 May 2026 on.")
    lead.goes_by_menu("Enrolments")
    lead.is_on("Enrolments")
    lead.follows("Enrol a learner")
    lead.is_on("Enrol a learner")


def reads(learner: Visitor) -> None:
    learner.signs_in(LEARNER, PASSWORD)
    learner.goes_by_menu("My programme")
    learner.reads("Expected to return on 1 September 2026.")
    learner.follows("Ask for a place on a programme")
    learner.is_on("Ask for a place on a programme")
    learner.opens("/my-programme/prior-awards/new")
    learner.is_on("Record an award from elsewhere")
