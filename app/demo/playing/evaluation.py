"""What was published in the demo before its people came: results and fair shares of two academic years."""

from datetime import date, datetime

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo.playing.days import at
from app.demo.world.evaluated import chance_of, fair_shares, results_of
from app.evaluation.results.counting import counted_questions
from app.models.evaluation.askings import Survey
from app.models.evaluation.figures import PublishedFigures
from app.models.evaluation.replies import FreeWords, WordsStanding
from app.models.organisations import Network
from app.models.programmes import Provider
from app.platform.db import transaction
from app.rules.evaluation.kept import FAIR_SHARES
from app.rules.evaluation.years import published_on, years_out

SAID = (
    "My mentor had time for me every week. That made the difference.",
    "Access to the records took seven weeks.",
    "I would have liked to see more than one study.",
    "The research nurses taught me most of what I can do now.",
)


def play_evaluation(app: Flask, today: date) -> None:
    """As it came out on the day on which the later of the two years was published."""
    with at(app, published_on(years_out(today)[0])) as now, transaction() as session:
        add_published(session, today, now)


def add_published(session: Session, today: date, now: datetime) -> None:
    """Two years that are published, and free text of the later one, half of which waits for an editor."""
    networks = session.scalars(select(Network.name).order_by(Network.name)).all()
    universities = session.scalars(select(Provider.name).order_by(Provider.name)).all()
    later, earlier = years_out(today)
    for year in (later, earlier):
        chance = chance_of(year)
        shares = fair_shares(chance, networks, universities)
        session.add(PublishedFigures(about=FAIR_SHARES, year=year, published_at=now, content=shares))
        for survey in (Survey.BEFORE, Survey.PLACEMENT, Survey.MENTORING, Survey.AFTER):
            questions = counted_questions(session, survey, year)
            results = results_of(chance, universities, questions, later=year == later)
            session.add(PublishedFigures(about=survey.value, year=year, published_at=now, content=results))
    for at_, words in enumerate(SAID):
        state, shown = (WordsStanding.SHOWN, words) if at_ % 2 else (WordsStanding.WAITING, "")
        about = {"survey": Survey.PLACEMENT, "year": later, "question": "placement_words/1"}
        session.add(FreeWords(words=words, state=state, shown=shown, **about))
