"""Rows of studies and of the openings on them."""

import numpy as np

from app.language.folding import as_searched
from app.models.programmes import Level
from app.models.studies import (
    Opening,
    OpeningLevel,
    OpeningProfession,
    OpeningState,
    Study,
    StudyIdentifier,
    StudySite,
    study_specialties,
)
from app.models.values.identifiers import Scheme
from app.models.values.specialties import SPECIALTIES
from app.models.values.study_status import StudyStatus
from benchmarks.full.people import NETWORKS, PROFESSIONS, Rows
from benchmarks.full.sizes import NOW, TODAY, Size, days
from benchmarks.full.words import texts

STATUSES = list(StudyStatus)
IN_TEN = 10


def studies(size: Size) -> Rows:
    chance = np.random.default_rng(1)
    titles, summaries = texts(chance, size.studies, 12), texts(chance, size.studies, 160)
    for n in range(1, size.studies + 1):
        title, summary = f"{titles[n - 1]} {n}", summaries[n - 1]
        row = {"id": n, "title": title, "short_title": f"Study {n}", "summary": summary, "source": "NIHR"}
        status = STATUSES[n % len(STATUSES)] if n > size.openings else StudyStatus.OPEN
        sought = as_searched(f"{title} Study {n} {900_000 + n}")
        yield {**row, "status": status, "completes_on": TODAY + days(n % 900), "search_text": sought}


def identifiers(size: Size) -> Rows:
    for n in range(1, size.studies + 1):
        yield {"id": n, "study_id": n, "scheme": Scheme.CPMS, "value": str(900_000 + n)}


def sites(size: Size) -> Rows:
    for n in range(1, 2 * size.studies + 1):
        yield {"id": n, "study_id": (n - 1) // 2 + 1, "name": f"Hospital {n}", "city": "Leeds"}


def specialties(size: Size) -> Rows:
    for n in range(1, size.studies + 1):
        for specialty in {n % len(SPECIALTIES) + 1, n * 7 % len(SPECIALTIES) + 1}:
            yield {"study_id": n, "specialty_id": specialty}


def openings(size: Size) -> Rows:
    """Nine in ten are published; most begin within three months and last for a year."""
    does = texts(np.random.default_rng(2), size.openings, 30)
    for n in range(1, size.openings + 1):
        is_published = n < IN_TEN or n % IN_TEN
        state = OpeningState.PUBLISHED if is_published else (OpeningState.PAUSED, OpeningState.WITHDRAWN)[n // 10 % 2]
        row = {"id": n, "mentor_id": size.mentor_of(n), "study_id": n, "organisation_id": n, "state": state}
        dates = {"starts_on": TODAY + days(n % 120 - 30), "ends_on": TODAY + days(n % 120 + 300), "created_at": NOW}
        yield {**row, "network_id": n % NETWORKS + 1, "places": 1 + n % 3, "learner_does": does[n - 1], **dates}


def levels(size: Size) -> Rows:
    for n in range(1, size.openings + 1):
        yield {"opening_id": n, "level": Level.PGCERT}
        yield {"opening_id": n, "level": Level.PGDIP if n % 2 else Level.MSC}


def professions(size: Size) -> Rows:
    """One opening in four accepts three professions only."""
    for n in range(4, size.openings + 1, 4):
        for step in range(3):
            yield {"opening_id": n, "profession": PROFESSIONS[(n + step) % len(PROFESSIONS)]}


TABLES = (
    (Study, studies),
    (StudyIdentifier, identifiers),
    (StudySite, sites),
    (study_specialties, specialties),
    (Opening, openings),
    (OpeningLevel, levels),
    (OpeningProfession, professions),
)
