"""Registry files as tests write them."""

import csv
import io

from app.models.operations.registry_files import RegistryKind
from app.studies.imports.service import RegistryFile


def table(*rows: dict[str, str]) -> bytes:
    """A CSV file with the columns of the rows."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(column for row in rows for column in row)), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def trial(number: int, title: str = "Walking", **more: str) -> dict[str, str]:
    """A row of ClinicalTrials.gov; `updated` is its "Last Update Posted", `status` its "Study Status"."""
    named = {"updated": "Last Update Posted", "status": "Study Status"}
    return {
        "NCT Number": f"NCT{number:08}",
        "Study Title": title,
        **{named.get(name, name): value for name, value in more.items()},
    }


def studies_file(*rows: dict[str, str]) -> RegistryFile:
    return RegistryFile(RegistryKind.STUDIES, table(*rows), "studies.csv")


def organisations_file(*rows: tuple[str, str]) -> RegistryFile:
    """An ODS file of codes and names."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    for code, name in rows:
        writer.writerow([code, name, *[""] * 7, "TS18 1HU", "19740401", *[""] * 16])
    return RegistryFile(RegistryKind.ORGANISATIONS, text.getvalue().encode(), "ods.csv")
