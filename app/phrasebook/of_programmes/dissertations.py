"""What makes a dissertation late, as a sentence; the facts are of app/rules/dissertations/late."""

from app.language.dates_and_times import day_in_words
from app.models.academic.dissertations import Milestone


def overdue_in_words(milestone: Milestone) -> str:
    to_confirm = ", a day to confirm" if milestone.is_suggested else ""
    return (
        f"The dissertation is late: “{milestone.kind.value}” was due by {day_in_words(milestone.due_on)}{to_confirm}."
    )
