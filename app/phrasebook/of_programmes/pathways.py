"""What the public page says of each level of the Framework."""

from dataclasses import dataclass

from app.models.programmes import Level


@dataclass(frozen=True, slots=True)
class LevelWords:
    """The name of a level, what it asks for, what comes before it, and the role that may follow."""

    name: str
    asks: str
    before: str
    role: str


LEVELS = {
    Level.PGCERT: LevelWords(
        "Postgraduate Certificate",
        "One Research Practice Experience, and two or three online modules.",
        "For experienced practitioners of every regulated health profession, with little research experience or none, "
        "and for those who work in research delivery.",
        "Local Co-Investigator on a variety of studies. With more expertise, local Principal Investigator on less "
        "complex studies.",
    ),
    Level.PGDIP: LevelWords(
        "Postgraduate Diploma",
        "One Research Practice Experience, and two online modules that let you specialise in methods.",
        "After the Postgraduate Certificate, or with equivalent qualifications or experience.",
        "More expertise for the same roles, in methods of your choice.",
    ),
    Level.MSC: LevelWords(
        "Master’s",
        "A dissertation about a research project.",
        "After the Postgraduate Diploma.",
        "Typically local Principal Investigator on most studies.",
    ),
}
