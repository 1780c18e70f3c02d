"""What about a study makes a placement on it harder: worth knowing, never forbidden (DOMAIN.md 5.2, S7 and S8)."""

from datetime import date, timedelta

from app.language.dates_and_times import day_in_words
from app.models.studies import Study
from app.models.values.study_status import StudyStatus

# The Associate PI Scheme asks for six months of recruitment left, and for at most four until a study opens.
RECRUITMENT_LEFT = timedelta(days=182)
UNTIL_OPEN = timedelta(days=122)


def scheme_notes(study: Study, today: date) -> list[str]:
    """Why the study does not suit the Associate PI Scheme, as far as its record tells; empty when nothing does."""
    checks = (
        (bool(study.is_commercial), "it is commercial"),
        (len(study.sites) == 1, "it has a single site"),
        (study.completes_on is not None and study.completes_on < today, "its completion date is over"),
        (
            study.completes_on is not None and today <= study.completes_on < today + RECRUITMENT_LEFT,
            "it completes within six months",
        ),
        (
            study.status is StudyStatus.IN_SETUP
            and study.starts_on is not None
            and study.starts_on > today + UNTIL_OPEN,
            "it opens more than four months from now",
        ),
        (study.status is StudyStatus.CLOSED_TO_RECRUITMENT, "it no longer recruits"),
    )
    return [reason for holds, reason in checks if holds]


def doubts_about_end(study: Study, ends_on: date) -> list[str]:
    """Ask about an opening that outlasts its study."""
    if study.completes_on is None or study.completes_on >= ends_on:
        return []
    return [f"The study completes on {day_in_words(study.completes_on)}, before the opening ends."]
