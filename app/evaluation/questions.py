"""The questions of each survey: as they are shipped, and as editors have worded them since."""

import enum
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.evaluation.askings import Survey
from app.models.evaluation.replies import Agreement, Wording

FILE = Path(__file__).with_name("questions.toml")


class Kind(enum.Enum):
    """How a question is answered."""

    AGREEMENT = "agreement"
    YES = "yes"
    WORDS = "words"

    @property
    def choices(self) -> list[Agreement]:
        yes_or_no = [Agreement.YES, Agreement.NO]
        return {Kind.AGREEMENT: [one for one in Agreement if one not in yes_or_no], Kind.YES: yes_or_no}.get(self, [])


@dataclass(frozen=True)
class Question:
    """A question in one version; its answers are counted under both."""

    key: str
    kind: Kind
    theme: str
    words: str
    version: int = 1

    @property
    def mark(self) -> str:
        return f"{self.key}/{self.version}"


@cache
def shipped() -> tuple[Mapping[str, Question], Mapping[Survey, tuple[str, ...]]]:
    """The questions by key, and which are asked in each survey, in their order."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    questions = {
        key: Question(key, kind, said["theme"], said["words"])
        for kind in Kind
        for key, said in content[kind.value].items()
    }
    return questions, {Survey[name]: tuple(keys) for name, keys in content["surveys"].items()}


def questions_in(session: Session, year: int) -> dict[str, Question]:
    """Every question as it is asked in an academic year; one query."""
    worded = session.scalars(select(Wording).where(Wording.from_year <= year).order_by(Wording.version))
    newest = {one.question: one for one in worded}
    return {
        key: replace(question, words=newest[key].words, version=newest[key].version) if key in newest else question
        for key, question in shipped()[0].items()
    }


def questions_of(session: Session, survey: Survey, year: int) -> list[Question]:
    """What is asked in a survey in an academic year."""
    every = questions_in(session, year)
    return [every[key] for key in shipped()[1][survey]]


def surveys_with(key: str) -> list[Survey]:
    """Where a question is asked."""
    return [survey for survey, keys in shipped()[1].items() if key in keys]
