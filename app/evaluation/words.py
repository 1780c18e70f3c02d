"""What surveys are called, and for whom: on pages and in mails."""

from collections.abc import Mapping

from app.models.evaluation.askings import Survey

TITLES: Mapping[Survey, str] = {
    Survey.BEFORE: "How confident are you as you begin?",
    Survey.PLACEMENT: "How was your placement?",
    Survey.MENTORING: "How was it to mentor?",
    Survey.AFTER: "How confident are you now?",
    Survey.MONTHS_6: "What has become of it, six months on?",
    Survey.MONTHS_12: "What has become of it, a year on?",
    Survey.MONTHS_24: "What has become of it, two years on?",
}
CALLED: Mapping[Survey, str] = {
    Survey.BEFORE: "Learners before a level",
    Survey.PLACEMENT: "Learners after a placement",
    Survey.MENTORING: "Mentors after a placement",
    Survey.AFTER: "Learners after a level",
    Survey.MONTHS_6: "Six months after a level",
    Survey.MONTHS_12: "A year after a level",
    Survey.MONTHS_24: "Two years after a level",
}
