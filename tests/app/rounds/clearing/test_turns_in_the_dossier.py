"""What people decide after a publication stands in the dossier of the next turn, and each turn has one of its own."""

import json
import zlib
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.course.swaps import SwapState
from app.models.placements import Offer
from app.models.publications import Dossier
from app.models.requests import RankedOpening
from app.models.runs import QuestionKind, Run, RunQuestion
from app.rounds.dossier.archive import DECISIONS, unpacked
from app.rounds.names_in_problem import LEARNERS
from tests.screen import shown


@pytest.fixture
def offered(app, now, published, sign_in, days, look_again):
    """The browser of the coordinator, who has offered the free place to the learner who had none, an hour later."""
    app.config["NOW"] = lambda: now + timedelta(hours=1)
    browser = sign_in(published.coordinator)
    assert browser.post(published.offering, data=days("answer_by", 7)).status_code == 303
    look_again()
    return browser


@pytest.fixture
def second_turn(build, published, offered, session, days, look_again):
    """The same after a second turn, for which there is a new opening."""
    build.opening(network=published.kept.opening.network)
    session.commit()
    at = f"/rounds/{published.round.id}"
    assert offered.post(f"{at}/turns/new", data=days("hears_by", 7) | days("answer_by", 14)).status_code == 303
    offered.post(f"{at}/runs/new", data={"policy": "fit"})
    look_again()
    run = session.scalars(select(Run).order_by(Run.id.desc())).first()
    assert offered.post(f"/runs/{run.id}/publish", data={"has_looked": "y"}).status_code == 303
    look_again()
    return offered


def log_of(session, turn):
    kept = session.scalars(select(Dossier).order_by(Dossier.publication_id)).all()[turn - 1]
    return json.loads(unpacked(zlib.decompress(kept.content))[DECISIONS])


def test_turns_free_places_and_swaps_stand_in_the_log_of_the_next_turn(build, published, offered, second_turn, session):
    first, second = ([one["what"] for one in log_of(session, turn)] for turn in (1, 2))
    assert not {"free place offered", "clearing turn opened"} & set(first)
    assert {"free place offered", "clearing turn opened"} <= set(second)
    assert second.count("published") == 2
    free = next(one for one in log_of(session, 2) if one["what"] == "free place offered")
    assert free["learner"] == LEARNERS.encode(published.unplaced.id)


def test_the_page_has_every_turn_with_its_own_file(published, second_turn):
    at = f"/rounds/{published.round.id}/dossier"
    page = shown(second_turn.get(at))
    assert page.says("Each turn of a round is published once, and has a dossier of its own")
    earlier = page.link("The round itself")
    assert earlier == f"{at}?turn=1"
    names = []
    for address in (at, earlier):
        link = shown(second_turn.get(address)).link("Download the dossier")
        answer = second_turn.get(link)
        assert (answer.status_code, answer.mimetype) == (200, "application/zip")
        names.append(answer.headers["Content-Disposition"])
    assert names == [f'attachment; filename="spring-2026-{words}dossier.zip"' for words in ("turn-2-", "")]


def test_what_is_decided_after_the_latest_publication_is_on_its_page(build, published, offered, session):
    swap = build.swap(published.kept, session.scalars(select(Offer).order_by(Offer.id.desc())).first(), SwapState.DONE)
    swap.ended_at = build.now + timedelta(hours=1)
    session.commit()
    page = shown(offered.get(f"/rounds/{published.round.id}/dossier"))
    assert page.says(f"Free place offered: {LEARNERS.encode(published.unplaced.id)} with")
    assert page.says(f"Places swapped: {LEARNERS.encode(published.kept.request_id)} had")
    assert not page.says(published.kept.request.learner.name)


def test_runs_of_an_earlier_turn_say_so(published, second_turn):
    page = shown(second_turn.get(f"/rounds/{published.round.id}"))
    assert "Turn 1" in " ".join(page.texts("table"))


def test_what_stood_higher_on_the_list_is_worked_out_for_a_free_place_too(
    build, published, sign_in, session, days, look_again
):
    published.unplaced.ranked = [RankedOpening(opening=published.kept.opening, position=1)]
    published.unplaced.takes_any_other = True
    session.commit()
    answer = sign_in(published.coordinator).post(published.offering, data=days("answer_by", 7))
    assert answer.status_code == 303
    look_again()
    asked = session.scalars(select(RunQuestion).where(RunQuestion.kind == QuestionKind.EXPLANATION)).all()
    assert published.unplaced.id in {one.request_id for one in asked}
