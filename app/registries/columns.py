"""Which column of a file is which, where its names are new to us: a guess, and what a person says."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from hashlib import sha256
from itertools import islice
from typing import NamedTuple

from app.models.values.identifiers import Scheme
from app.registries.csv_rows import Source, opened, rows_of
from app.registries.layouts import Layout, layout_of, one_line, plain_names, require_columns
from app.registries.records import UnreadableFile

Mapped = Mapping[str, str]
"""The name that we know a column by, by the name that the file gives it."""

ROWS_LOOKED_AT = 20
LIKENESS = 0.8
# What other exports and people call the columns that we know, in plain letters.
ALSO_CALLED = {
    "NCT Number": ("nctid", "nct", "nctno", "clinicaltrialsgovidentifier", "clinicaltrialsgovid", "trialid"),
    "Study Title": ("title", "brieftitle", "officialtitle", "publictitle", "scientifictitle", "trialtitle", "name"),
    "Study URL": ("url", "weblink", "webaddress", "address"),
    "Acronym": ("shorttitle", "abbreviation"),
    "Study Status": ("status", "overallstatus", "recruitmentstatus", "recruitingstatus", "state"),
    "Brief Summary": ("summary", "abstract", "description", "plainenglishsummary", "laysummary"),
    "Conditions": ("condition", "disease", "diseases", "healthcondition"),
    "Sponsor": ("leadsponsor", "primarysponsor", "sponsors"),
    "Phases": ("phase",),
    "Study Type": ("type",),
    "Other IDs": ("otheridentifiers", "secondaryids", "otherids", "secondaryid"),
    "Start Date": ("start", "startson", "studystartdate", "recruitmentstartdate"),
    "Completion Date": ("end", "enddate", "endson", "studycompletiondate", "recruitmentenddate"),
    "Last Update Posted": ("lastupdated", "lastupdate", "updated", "lastupdatepostdate", "dateupdated", "lastmodified"),
    "Locations": ("sites", "location", "site", "facilities"),
    "Link": ("cpmsid", "cpms", "cpmsnumber", "portfolioid"),
    "Short Name": ("studyshortname", "shortname"),
    "Managing Specialty": ("leadspecialty", "mainspecialty"),
    "All Specialties": ("specialty", "specialties"),
    "Funder(s)": ("funder", "funding"),
}


class Column(NamedTuple):
    """A column of a file: its name there, something that stands in it, and what it may be ("" when nothing is like)."""

    name: str
    example: str
    guess: str


def names_known(layouts: Iterable[Layout]) -> list[str]:
    """Every column of every layout, each once."""
    return list(dict.fromkeys(column for layout in layouts for column in layout.columns))


def digest_of(header: Sequence[str]) -> str:
    """The same for the same set of column names, in any order and spelling."""
    return sha256("\n".join(sorted(plain_names(header))).encode()).hexdigest()


def guessed_columns(source: Source, layouts: Sequence[Layout]) -> list[Column]:
    """The columns of a file, each with a guess that no other column has. Raises UnreadableFile."""
    with opened(source) as stream:
        rows = rows_of(stream)
        header = next(rows, None)
        if header is None:
            raise UnreadableFile("The file is empty: choose another one.")
        shown = list(islice(rows, ROWS_LOOKED_AT))
    columns = []
    free = names_known(layouts)
    for at, name in enumerate(header.cells):
        cells = [one_line(row.cells[at]) for row in shown if at < len(row.cells)]
        example = next(filter(None, cells), "")
        guess = next((one for one in _guesses(name, example) if one in free), "")
        free = [one for one in free if one != guess]
        columns.append(Column(one_line(name), example, guess))
    return columns


def _guesses(name: str, example: str) -> Iterator[str]:
    """What a column may be, the likeliest first: by its name, by what else it is called, by what stands in it."""
    [plain] = plain_names([name])
    words = {word: column for column, others in ALSO_CALLED.items() for word in (*plain_names([column]), *others)}
    if plain in words:
        yield words[plain]
    if re.fullmatch("(?i)NCT[0-9]{8}", example):
        yield "NCT Number"
    if re.match("https?://(www.)?clinicaltrials.gov/", example):
        yield "Study URL"
    if re.match(f"(?i){Scheme.CPMS.value} ?[0-9]", example):
        yield "Link"
    yield from (words[one] for one in get_close_matches(plain, words, cutoff=LIKENESS))


def renamed(header: Sequence[str], mapped: Mapped) -> list[str]:
    """The header in the names that we know; a column that is left out keeps no name that could be taken for one.

    `mapped` has our names by the file's names, whose spelling does not matter.
    """
    wanted = dict(zip(plain_names(list(mapped)), mapped.values(), strict=True))
    return [wanted.get(plain) or f"left out {at}" for at, plain in enumerate(plain_names(header))]


def layout_for(header: Sequence[str], mapped: Mapped, layouts: Sequence[Layout]) -> tuple[Layout, list[str]]:
    """The layout and the names of the columns once they are mapped. Raises UnreadableFile with what is missing."""
    if not mapped:
        return layout_of(header, layouts), list(header)
    names = renamed(header, mapped)
    complaints = []
    for layout in sorted(layouts, key=lambda one: -len(set(one.columns).intersection(names))):
        try:
            require_columns(layout, names)
        except UnreadableFile as complaint:
            complaints.append(complaint)
            continue
        return layout, names
    nearest = min(layouts, key=lambda layout: len(_groups_missing(layout, names)))
    twice = next((str(one) for one in complaints if "twice" in str(one)), "")
    if twice:
        raise UnreadableFile(twice.replace("take one of the two out", "choose one of the two"))
    raise UnreadableFile(f"Say also {_missing(nearest, names)}.")


def _missing(layout: Layout, names: Sequence[str]) -> str:
    groups = _groups_missing(layout, names)
    wanted = " and which ".join(" or ".join(f"“{column}”" for column in group) for group in groups)
    return f"which column is {wanted}, as in a file of {layout.name}"


def _groups_missing(layout: Layout, names: Sequence[str]) -> list[tuple[str, ...]]:
    return [group for group in layout.required if not set(group).intersection(names)]
