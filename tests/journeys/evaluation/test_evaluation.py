"""A learner answers without her name, an administrator words and moderates, and an evaluator reads results."""

import pytest

from app.demo.playing.evaluation import add_published
from app.models.people import Role
from tests.builders import Builder
from tests.journeys.conftest import Arrives
from tests.journeys.live import Service
from tests.journeys.small_world import PASSWORD, let_in

LEARNER, EDITOR, LEAD = "learner@nowhere.example", "editor@nowhere.example", "lead@nowhere.example"
QUESTIONS = 9


@pytest.mark.parametrize(("width", "with_scripts"), [(1280, True), (390, False)], ids=["wide", "phone-no-scripts"])
def test_a_placement_is_evaluated(service: Service, arrives: Arrives, width: int, with_scripts: bool) -> None:
    with service.records() as session:
        build = Builder(session, service.now)
        learner, editor, lead = build.learner(), build.person(Role.ADMINISTRATOR), build.person()
        for person, email in ((learner, LEARNER), (editor, EDITOR), (lead, LEAD)):
            let_in(person, email)
        enrolment = build.enrolment(learner)
        build.asking(enrolment)
        build.grant(lead, Role.PROGRAMME_LEAD, provider=enrolment.programme.provider)
        build.network("Wessex")
        for name in ("Abbey", "Bridge", "Castle"):
            build.provider(name)
        add_published(session, build.today, build.now)

    learner_here, editor_here, lead_here = (arrives(service, width, with_scripts) for _ in range(3))
    learner_here.signs_in(LEARNER, PASSWORD)
    learner_here.follows("Answer, or say that you would rather not: How was your placement?")
    learner_here.is_on("How was your placement?")
    learner_here.looks()
    with learner_here.being_refused():
        learner_here.presses("Send without my name")
        learner_here.reads("Choose an answer")
    learner_here.looks()
    for at in range(QUESTIONS):
        learner_here.page.get_by_role("radio", name="Agree", exact=True).nth(at).check()
    learner_here.writes(
        "What should stay as it is in this placement, and what should change? (optional)", "More screening."
    )
    learner_here.presses("Send without my name")
    learner_here.reads("Nobody can tell which answers are yours")

    editor_here.signs_in(EDITOR, PASSWORD)
    editor_here.goes_by_menu("Evaluation")
    editor_here.is_on("Evaluation")
    editor_here.follows("answers in people’s own words")
    editor_here.is_on("In people’s own words")
    editor_here.looks()
    editor_here.follows("More screening.")
    editor_here.is_on("What readers see of an answer")
    editor_here.looks()
    editor_here.presses("Let readers see this")
    editor_here.reads("Readers see it once the results of its year are published.")
    editor_here.goes_by_menu("Evaluation")
    editor_here.follows("What is asked")
    editor_here.is_on("What is asked")
    editor_here.looks()

    lead_here.signs_in(LEAD, PASSWORD)
    lead_here.goes_by_menu("Evaluation")
    lead_here.is_on("Evaluation")
    lead_here.looks()
    lead_here.follows("Learners after a placement")
    lead_here.is_on("Learners after a placement")
    lead_here.reads("180 people were asked in 2024/25.")
    lead_here.looks()
    lead_here.goes_by_menu("Evaluation")
    lead_here.follows("Fair shares")
    lead_here.is_on("Fair shares")
    lead_here.reads("Worked in a research delivery team")
    lead_here.looks()
