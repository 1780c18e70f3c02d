"""How templates find components and write dates, numbers and durations."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from jinja2 import FileSystemLoader
from markupsafe import Markup

from app.language.dates_and_times import day_in_words, hours_and_minutes, time_in_words
from app.language.local_times import clock_in_words, from_in_words, until_in_words
from app.language.money import pounds
from app.language.numbers import count, plural
from app.models.values.identifiers import registry_link
from app.phrasebook.fits import shared_in_words, why_about_learner
from app.phrasebook.records import kind_of_record
from app.rules.search import TYPED_MAX
from app.web.access import Permission, coordinates_any, may
from app.web.deeds.once import form_key
from app.web.deeds.words_sent import words_sent
from app.web.edge.searching import search_complaint

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def prepare_templates(app: Flask) -> None:
    """Let the app find our templates, and give them our ways to write."""
    app.jinja_options = {**app.jinja_options, "autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_loader = FileSystemLoader(TEMPLATES)
    app.jinja_env.filters.update(
        day=long_day,
        moment=long_moment,
        since=from_in_words,
        until=until_in_words,
        hours=hours_and_minutes,
        clock=clock_in_words,
        count=count,
        kind_of_record=kind_of_record,
        email=breakable_email,
        paragraphs=paragraphs,
        plural=plural,
        pounds=pounds,
        shared=shared_in_words,
        about_learner=why_about_learner,
    )
    app.jinja_env.globals.update(may=may, Permission=Permission, registry_link=registry_link, form_key=form_key)
    app.jinja_env.globals.update(coordinates_any=coordinates_any, words_sent=words_sent)
    app.jinja_env.globals.update(search_complaint=search_complaint, typed_max=TYPED_MAX)
    app.context_processor(lambda: {"settings": current_app.extensions["rpe_settings"]})


def long_day(day: date | None) -> str:
    """3 March 2026"""
    return day_in_words(day) if day else ""


def long_moment(moment: datetime | None) -> str:
    """3 March 2026, 2:05pm; noon is midday, as the NHS writes it."""
    if moment is None:
        return ""
    return f"{long_day(moment)}, {time_in_words(moment)}"


def breakable_email(address: str) -> Markup:
    """An address that a narrow column breaks before its @, not within a word."""
    return Markup("{}<wbr>@{}").format(*address.split("@", 1)) if "@" in address else Markup("{}").format(address)


def paragraphs(text: Any) -> Markup:
    """Plain text as paragraphs, escaped."""
    blocks = [block for block in str(text or "").replace("\r\n", "\n").split("\n\n") if block.strip()]
    return Markup("").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(line for line in block.strip().split("\n"))) for block in blocks
    )
