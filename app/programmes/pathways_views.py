"""The page of pathways, which everybody can read: what each university offers, and what is still to confirm."""

from flask import Response

from app.models.programmes import CREDITS_A_LEVEL, Level
from app.phrasebook.of_programmes.checks import part_in_words
from app.phrasebook.of_programmes.pathways import LEVELS
from app.platform.clock import today
from app.platform.db import db
from app.programmes.base_views import blueprint
from app.programmes.queries import every_programme
from app.rules.programmes.check import HOURS_A_LEVEL, checked
from app.rules.programmes.described import said_of_version
from app.rules.programmes.standing import newest_published
from app.rules.programmes.years import year_in_words
from app.web.access import open_to_all
from app.web.htmx import answer


@blueprint.get("/pathways")
@open_to_all
def pathways() -> Response:
    """By level, and within it by university: the newest version that each has published."""
    published = [(one, version) for one in every_programme(db.session()) if (version := newest_published(one))]
    offered = [(programme, said_of_version(version)) for programme, version in published]
    proved = {one.id for one, said in offered if checked(one.level, said.parts).is_proved}
    return answer(
        "programmes/pathways.html",
        levels=[(level, LEVELS[level], [one for one in offered if one[0].level is level]) for level in Level],
        is_empty=not offered,
        proved=proved,
        in_all=f"{CREDITS_A_LEVEL} credits and {HOURS_A_LEVEL} hours in all",
        part_in_words=part_in_words,
        year_in_words=year_in_words,
        today=today(),
    )
