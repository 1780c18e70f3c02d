"""What is said of the risks of a placement that is made up from a few values."""

from app.phrasebook.risks import risks_in_words
from app.rules.course.risks import Course, risks_of
from app.rules.record_totals import workplace_of


def risks(placement, summary, today):
    """The sentences about a placement with this summary, of people and a study with whom all is well."""
    workplace = workplace_of(placement, summary)
    course = Course(1, placement.starts_on, placement.ends_on, workplace, summary.last_session_on)
    return risks_in_words(risks_of(course, today), today)
