"""What a mentor was promised in the runs of a round: it is given, or the clash leads to where it is changed."""

from sqlalchemy import select

from app.models.runs import Run, RunState
from tests.screen import shown


def test_a_round_that_cannot_keep_it_leads_there_who_can_change_it(scene, session, sign_in, look_again):
    opening = scene.opening(mentor=scene.build.mentor(name="Dr Busy", learners_max=3), places=1)
    opening.mentor.mentor_profile.learner_minimum = 2
    for _ in range(3):
        scene.request()
    session.commit()
    browser = sign_in(scene.coordinator)
    browser.post(f"/rounds/{scene.round.id}/runs/new", data={"policy": "fit", "minutes": "10"})
    look_again()
    run = session.scalars(select(Run)).one()
    assert run.state is RunState.CLASH
    page = shown(browser.get(f"/runs/{run.id}"))
    assert "Dr Busy must have at least 2 more learners" in page.items
    address = page.link("Go to what Dr Busy was promised")
    assert browser.get(address).status_code == 200
    opening.network = scene.build.network("Elsewhere")
    session.commit()
    page = shown(browser.get(f"/runs/{run.id}"))
    assert any(
        "Only coordinators of a network in which Dr Busy has an opening can change this." in item for item in page.items
    )


def test_a_round_gives_her_what_was_promised_though_others_would_fit_better(scene, session, sign_in, look_again):
    promised = scene.opening(mentor=scene.build.mentor(name="Dr Promised"), places=1)
    other = scene.opening(places=2)
    promised.mentor.mentor_profile.learner_minimum = 1
    requests = [scene.request(ranked=[other, promised]) for _ in range(2)]
    session.commit()
    browser = sign_in(scene.coordinator)
    browser.post(f"/rounds/{scene.round.id}/runs/new", data={"policy": "ranking", "minutes": "10"})
    look_again()
    run = session.scalars(select(Run)).one()
    assert run.state is RunState.SOLVED
    given = {proposal.opening_id for proposal in run.proposals}
    assert (len(requests), promised.id in given) == (2, True)
