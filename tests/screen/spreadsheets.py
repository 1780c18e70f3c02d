"""Reads tables and workbooks that the service gives out, as a program of a reader would."""

import csv
import io
import zipfile
from xml.etree import ElementTree


def lines_in(answer):
    """The rows of a table, each with its cells by their headings."""
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def sheets_in(file):
    """Each sheet of a workbook by its name, as rows of texts."""
    names = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        book = ElementTree.fromstring(parts.read("xl/workbook.xml"))  # noqa: S314  we have written it ourselves
        found = {}
        for number, sheet in enumerate(book.iterfind(".//m:sheet", names), start=1):
            page = ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314
            rows = page.iterfind(".//m:row", names)
            found[sheet.get("name")] = [["".join(cell.itertext()) for cell in row] for row in rows]
            assert page.find(".//m:f", names) is None  # no formula, in any cell
    return found
