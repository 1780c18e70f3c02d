"""The regular job that publishes the results of surveys: once for each survey and academic year."""

from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from app.evaluation.results.counting import count_survey, counted_questions
from app.models.evaluation.askings import Survey
from app.platform.clock import now, today
from app.platform.db import transaction, write_patiently
from app.platform.jobs import regular_job
from app.rules.evaluation.kept import content_of, publish_once, years_to_publish

SECONDS_BETWEEN_LOOKS = 600


@regular_job(every=SECONDS_BETWEEN_LOOKS)
def publish_results() -> None:
    """Counting takes longest and holds nobody up; what is written afterwards is short."""
    with transaction(writing=False) as session:
        counted = {survey: contents_due(session, survey) for survey in Survey}
    for survey, contents in counted.items():
        if contents:
            write_patiently(partial(keep, survey=survey, contents=contents))


def contents_due(session: Session, survey: Survey) -> dict[int, dict[str, Any]]:
    return {year: content_in(session, survey, year) for year in years_to_publish(session, survey.value, today())}


def content_in(session: Session, survey: Survey, year: int) -> dict[str, Any]:
    """The figures of a year with the questions as they were asked."""
    questions = counted_questions(session, survey, year)
    asked = [[one.mark, one.theme, one.words] for one in questions]
    return content_of(count_survey(session, survey, year, questions), questions=asked)


def keep(session: Session, survey: Survey, contents: dict[int, dict[str, Any]]) -> None:
    publish_once(session, survey.value, contents, contents.__getitem__, now())
