"""A paper as a PDF file that people who do not see it can read as well: tagged, to the standard PDF/UA-1."""

import json
import re
import subprocess
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from app.language.papers import Paper
from app.language.refusal import Refused

LAYOUT, TYPESETTER = Path(__file__).with_name("paper.typ"), Path(__file__).with_name("typesetter.py")
STANDARD = "ua-1"
SECONDS_FOR_A_FILE = 60
# What the maker of the file says where no font has a letter; the standard allows no file with gaps.
_NO_FONT = re.compile(r"the text `\"(.+)\"` could not be displayed")


def pdf_of(paper: Paper, service: str, made: datetime, fonts: Path, instead: str) -> bytes:
    """The file, the same bytes each time; `fonts` is a folder that may hold DejaVu Sans, which has many scripts.

    What is written goes into the layout as data, and is never read as anything but text. Raises Refused where no font
    has a letter of it, with what to do `instead`: rather no file than one in which a name has gaps.
    """
    said = {**asdict(paper), "author": service, "day": [made.year, made.month, made.day]}
    asked = {
        "layout": LAYOUT.read_text(),
        "fonts": [str(fonts)] if fonts.is_dir() else [],
        "paper": json.dumps(said),
        "standard": STANDARD,
        "made": made.replace(microsecond=0).isoformat(),
    }
    program = [sys.executable, "-I", str(TYPESETTER)]
    done = subprocess.run(
        program, input=json.dumps(asked).encode(), capture_output=True, timeout=SECONDS_FOR_A_FILE, check=False
    )
    if done.returncode == 0:
        return done.stdout
    complaint = done.stderr.decode()
    if unknown := _NO_FONT.search(complaint):
        raise Refused(f"The file cannot be made, because the service has no font for “{unknown[1]}”. {instead}")
    raise RuntimeError(complaint)
