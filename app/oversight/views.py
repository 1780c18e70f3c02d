"""Pages of the placements in a coordinator's networks: the list, and each of them."""

from dataclasses import replace
from functools import partial

from flask import Response, request

from app.language.numbers import count
from app.models.placements import Placement
from app.oversight import queries, rescue_views
from app.oversight.base_views import HOME_SOURCES, blueprint, placement_reached
from app.oversight.download import HEADINGS, rows_of_placements
from app.oversight.rescue_queries import latest_next_place, why_broken, wishes_about
from app.phrasebook.readiness import said_list
from app.phrasebook.risks import SHORT, risks_in_words
from app.platform.clock import today
from app.platform.db import db
from app.platform.lifecycle import story_of
from app.rules.coordinators import is_overseen_by
from app.rules.course.courses import risks_by_placement
from app.rules.course.deputies import open_deputies_of
from app.rules.course.evidenced import evidenced
from app.rules.course.risk_conditions import kinds_by_placement
from app.rules.credit.held import hours_expected
from app.rules.readiness.missing import needs_of
from app.rules.readiness.parts import parts_of
from app.rules.record_totals import summaries, summaries_with_earlier, workplace_of
from app.web.access import Permission, requires, signed_in
from app.web.delivery.files import csv_file
from app.web.edge.numbers import id_asked, page_asked
from app.web.edge.searching import words_asked
from app.web.htmx import answer
from app.web.looking import note_opening
from app.web.paging import page_of_rows, page_through

__all__ = ["HOME_SOURCES", "blueprint", "rescue_views"]


@blueprint.get("/our-placements")
@requires(Permission.OVERSEE_PLACEMENTS)
def index() -> Response:
    session, day, filters = db.session(), today(), filters_asked()
    kinds = kinds_by_placement(session, day, is_overseen_by(signed_in()))
    page = page_of_rows(queries.placement_ids(session, signed_in(), filters, kinds, day), page_asked())
    risks = risks_by_placement(session, day, Placement.id.in_(page.rows))
    return answer(
        "oversight/index.html",
        "oversight/_placements.html",
        announce=count(page.total, "placement"),
        page=replace(page, rows=queries.placements_with_ids(session, signed_in(), page.rows)),
        sums=summaries(session, page.rows),
        words={id_: risks_in_words(risks.get(id_, ()), day) for id_ in page.rows},
        at_risk=len(kinds),
        to_rescue=sum(any(kind.needs_rescue for kind in found) for found in kinds.values()),
        filters=filters,
        networks=queries.networks_of(session, signed_in()),
        states=queries.STATES,
        sorts=queries.SORTS,
        kinds={risk.name: words for risk, words in SHORT.items()},
        today=day,
    )


@blueprint.get("/our-placements.csv")
@requires(Permission.OVERSEE_PLACEMENTS)
def download() -> Response:
    """All of the list; the reasons are read once, and not again for each part of the file."""
    person, day = signed_in(), today()
    risks = risks_by_placement(db.session(), day, is_overseen_by(person))
    kinds = {id_: tuple(one.risk for one in found) for id_, found in risks.items()}
    ids = queries.placement_ids(db.session(), person, filters_asked(), kinds, day)
    return csv_file(
        f"placements-{day.isoformat()}.csv",
        HEADINGS,
        lambda apart: rows_of_placements(apart, person.id, ids, risks, day),
    )


@blueprint.get("/our-placements/<int:placement_id>")
@requires(Permission.OVERSEE_PLACEMENTS)
def show(placement_id: int) -> Response:
    placement = placement_reached(placement_id)
    note_opening(placement, placement.learner)
    session = db.session()
    together = summaries_with_earlier(session, [placement])[placement.id]
    risks = risks_by_placement(session, today(), Placement.id == placement.id)
    next_place = latest_next_place(session, placement)
    return answer(
        "oversight/placement.html",
        placement=placement,
        standing=placement.standing_on(today()),
        risks=risks_in_words(risks.get(placement.id, ()), today()),
        summary=together,
        workplace=workplace_of(placement, together),
        module_hours=hours_expected(session, placement),
        capabilities=evidenced(session, [placement])[placement.id],
        parts=queries.parts_around(session, signed_in(), placement),
        sessions=page_through(
            queries.number_of_sessions(session, placement),
            page_asked(),
            partial(queries.sessions_without_words, session, placement),
        ),
        wishes=wishes_about(session, placement),
        next_place=next_place,
        why_broken=why_broken(next_place, signed_in()) if next_place and next_place.broken_by else "",
        story=story_of(session, placement),
        deputies=open_deputies_of(session, placement, today()),
        before_start=said_list(needs_of(session, placement), parts_of(signed_in(), placement), placement, today()),
        today=today(),
    )


def filters_asked() -> queries.Filters:
    args = request.args
    return queries.Filters(
        words_asked(),
        args.get("risk", ""),
        id_asked("network"),
        args.get("level", ""),
        args.get("state", ""),
        args.get("sort", "risk"),
    )
