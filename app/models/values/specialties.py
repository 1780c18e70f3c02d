"""The research specialties of the NIHR networks, as their 2021 portfolio names them, and finding them in a text.

The networks have regrouped their specialties since; these are the names that public exports carry. Two of them
contain commas and an export joins names with commas, so a list can only be read by knowing the names.
"""

import re
from functools import cache

SPECIALTIES = (
    "Ageing",
    "Anaesthesia, Perioperative Medicine and Pain Management",
    "Cancer",
    "Cardiovascular Disease",
    "Children",
    "Critical Care",
    "Dementias and Neurodegeneration",
    "Dermatology",
    "Diabetes",
    "Ear, Nose and Throat",
    "Gastroenterology",
    "Genetics",
    "Haematology",
    "Health Services Research",
    "Hepatology",
    "Infection",
    "Mental Health",
    "Metabolic and Endocrine Disorders",
    "Musculoskeletal Disorders",
    "Neurological Disorders",
    "Ophthalmology",
    "Oral and Dental Health",
    "Primary Care",
    "Public Health",
    "Renal Disorders",
    "Reproductive Health and Childbirth",
    "Respiratory Disorders",
    "Stroke",
    "Surgery",
    "Trauma and Emergency Care",
)


class UnknownSpecialty(ValueError):
    """A text names a specialty that is not in the list; `name` is what it said."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” is not a specialty that we know.")
        self.name = name


def specialties_in(text: str) -> tuple[str, ...]:
    """The specialties of a comma-separated text, in its order and each once; capitals and "&" do not matter.

    Raises UnknownSpecialty at the first name that is not in SPECIALTIES.
    """
    found: dict[str, None] = {}
    rest = _plain(text)
    while rest:
        name, rest = _first_specialty(rest)
        found[name] = None
    return tuple(found)


def _first_specialty(text: str) -> tuple[str, str]:
    """The specialty that `text` begins with, and what follows its comma."""
    match = _any_name().match(text)
    if not match:
        raise UnknownSpecialty(text.split(",")[0].strip())
    return _canonical()[match[1].casefold()], text[match.end() :]


@cache
def _canonical() -> dict[str, str]:
    return {name.casefold(): name for name in SPECIALTIES}


@cache
def _any_name() -> re.Pattern[str]:
    longest_first = sorted(SPECIALTIES, key=len, reverse=True)
    return re.compile(rf"({'|'.join(map(re.escape, longest_first))})(?:\s*[,;]\s*|$)", re.IGNORECASE)


def _plain(text: str) -> str:
    return " ".join(text.replace("&", " and ").split()).strip(" ,;")
