"""What somebody who has finished a level reads, months later."""

from app.evaluation.words import TITLES
from app.language.dates_and_times import day_in_words
from app.language.mail import Mail
from app.models.evaluation.askings import Asking


def what_became(asking: Asking, address: str) -> Mail:
    """To whoever finished a level so many months ago: a few questions, answered without signing in."""
    level = f"{asking.level.value} at {asking.enrolment.programme.provider.name}"
    return Mail(
        TITLES[asking.survey],
        f"Hello {asking.person.name},\n\n{asking.survey.months_after} months ago you finished the {level}. Four "
        "questions, and a box if you like, ask what has become of it. You need not sign in; the link opens until "
        f"{day_in_words(asking.until_on)} and works once:\n\n{address}\n\nYour answers are kept without your name and "
        "read as numbers of at least five people. You can say there that you would rather not; either way you are "
        "not asked this again.\n",
    )
