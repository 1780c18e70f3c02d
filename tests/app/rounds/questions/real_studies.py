"""Rounds about real studies: learners of the demo's world, and openings on studies of the real portfolio."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo.playing.loading import Loader
from app.demo.playing.real_studies import import_for_demo
from app.demo.world.build import build_world
from app.demo.world.records import World
from app.models.organisations import Network
from app.models.programmes import Level
from app.models.rounds import MatchRound
from app.models.studies import Study
from tests.builders import Builder

PORTFOLIO = "studies/nihr_crn_portfolio/portfolio.csv"


def rounds_of_real_studies(
    session: Session, build: Builder, shared_data: Path, folder: Path, now: datetime, learners: int, each: int = 40
) -> list[MatchRound]:
    """A round of each level with so many learners together, on every so manieth study of the portfolio."""
    lines = (shared_data / PORTFOLIO).read_text(encoding="utf-8-sig").splitlines(keepends=True)
    some = folder / "some.csv"
    some.write_text("".join([lines[0], *lines[1::each]]), encoding="utf-8")
    chosen = import_for_demo(session, some, learners)
    world = build_world(learners, today=build.today, studies=[one for one, _ in chosen])
    return rounds_of_world(session, build, world, {one.key: row for one, row in chosen}, now)


def rounds_of_world(
    session: Session, build: Builder, world: World, studies: Mapping[str, Study], now: datetime
) -> list[MatchRound]:
    """Load a world with a round of each level, which all its learners have asked in."""
    loader = Loader(session, world, now, studies).load()
    loader.publish(world.openings)
    asked = loader.submit(world.learners, now)
    networks = session.scalars(select(Network)).all()
    rounds = {level: build.round(*networks, level=level) for level in Level}
    for request in asked.values():
        assert request.module
        request.round = rounds[request.module.programme.level]
    session.commit()
    return list(rounds.values())
