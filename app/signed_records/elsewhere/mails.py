"""What a learner reads when her university has taken a record of hers from elsewhere."""

from app.language.dates_and_times import day_in_words, day_of
from app.language.mail import Mail
from app.models.course.records_of_elsewhere import RecordOfElsewhere
from app.models.people import Person


def taken(row: RecordOfElsewhere, learner: Person, lead: Person) -> Mail:
    """To the learner: which record, from where, and that credit is another decision."""
    return Mail(
        "Your record from elsewhere is beside your record here",
        f"Hello {learner.name},\n\n{lead.name} has checked the record of {row.name}, which {row.issuer_name} issued on "
        f"{day_in_words(day_of(row.issued_at))}, and put it beside your record here as prior learning. It gives no "
        f"credit by itself: your university decides that. If it is not yours, write to {lead.name}.\n",
    )
