"""What those who teach at a university read about its programmes."""

from app.language.mail import Mail
from app.models.people import Person
from app.models.programmes import ProgrammeVersion
from app.rules.programmes.years import year_in_words


def version_published(reader: Person, version: ProgrammeVersion, who: str, address: str) -> Mail:
    """To those who lead or supervise at the university: what learners who begin from now on are on."""
    programme = version.programme
    year = year_in_words(version.academic_year)
    return Mail(
        f"The version {year} of {programme.title} is published",
        f"Hello {reader.name},\n\n{who} published the version {year} of {programme.title}, {programme.level.value} of "
        f"{programme.provider.name}.\n\nLearners who begin from now on are on it. Whoever is on an earlier version "
        f"keeps it, with its modules. You need not do anything. What applicants read:\n{address}\n",
    )
