"""Pages of what a placement needs before it starts: the list, each need, and what waits to be checked."""

from datetime import date

from flask import Response

from app.models.course.readiness import Need
from app.models.people import Role
from app.phrasebook.readiness import (
    EMPLOYMENTS,
    NEEDS,
    NO_PAPER_YET,
    PAPERS,
    checkers,
    doer_in_words,
    employer_of,
    said_list,
    state_of,
)
from app.platform.clock import today
from app.platform.db import db
from app.promises.course.needs import employment_of
from app.readiness import deed_views, jobs, queries, rule_views
from app.readiness.base_views import blueprint, need_reached, placement_reached
from app.readiness.home import home_items_of
from app.rules.readiness.lists import Line, line_of
from app.rules.readiness.missing import day_that_matters, needs_of
from app.rules.readiness.parts import CHECKS, EXCEPTED, Parts, can_check, can_enter, parts_of
from app.rules.readiness.site_rules import rule_at
from app.web.access import Permission, requires, signed_in
from app.web.edge.numbers import page_asked
from app.web.htmx import answer
from app.web.looking import note_opening
from app.web.paging import page_of

__all__ = ["HOME_SOURCES", "blueprint", "deed_views", "jobs", "rule_views"]

HOME_SOURCES = (home_items_of,)


@blueprint.get("/placements/<int:placement_id>/before-start")
@requires(Permission.SEE_READINESS)
def show(placement_id: int) -> Response:
    placement = placement_reached(placement_id)
    note_opening(placement, placement.learner)
    parts = parts_of(signed_in(), placement)
    return answer(
        "readiness/list.html",
        placement=placement,
        before_start=said_list(needs_of(db.session(), placement), parts, placement, today()),
        is_of_pair=bool(parts & {Role.LEARNER, Role.MENTOR}),
    )


@blueprint.get("/before-start/<int:need_id>")
@requires(Permission.SEE_READINESS)
def need(need_id: int) -> Response:
    """One need: what it is, what covers it, what became of it, and what the reader can do about it."""
    return need_page(need_reached(need_id))


def need_page(need: Need) -> Response:
    placement = need.placement
    note_opening(placement, placement.learner)
    parts = parts_of(signed_in(), placement)
    has_gone_on = placement.has_gone_on(today())
    acting: Parts = frozenset() if has_gone_on else parts
    day = day_that_matters(placement, today())
    profile = placement.learner.learner_profile
    line = line_of(need, parts, day)
    by_profile = employment_of(profile, placement.opening.organisation)
    return answer(
        "readiness/need.html",
        need=need,
        placement=placement,
        told=NEEDS[need.kind],
        line=line,
        state=state_of(need, day),
        doer=doer_in_words(need, parts),
        checkers=checkers(need.kind),
        paper=PAPERS[need.paper] if need.paper else NO_PAPER_YET,
        employer=employer_of(profile),
        employed_by=EMPLOYMENTS[need.employment] if need.employment else "",
        by_profile=by_profile if by_profile is not need.employment else None,
        rule=rule_at(db.session(), placement.opening.organisation_id),
        story=queries.story_of_need(db.session(), need),
        can_enter=can_enter(need.kind, acting) and need.is_needed and not need.is_undecided,
        can_check=can_check(need.kind, acting),
        can_say_paper=bool(CHECKS[need.kind] & acting),
        can_except=Role.COORDINATOR in acting and need.kind in EXCEPTED and is_short(line, placement.ends_on),
        is_coordinator=Role.COORDINATOR in acting,
        goes_on=has_gone_on,
    )


def is_short(line: Line, ends_on: date) -> bool:
    """True where an exception is of use: it is missing, or runs out before the placement does."""
    return today() <= ends_on and line.need.is_needed and (not line.holds or line.runs_out_on is not None)


@blueprint.get("/before-start")
@requires(Permission.CHECK_READINESS)
def checks() -> Response:
    """Everything that waits for the reader to look at it."""
    statement = queries.to_check_by(signed_in()).options(*queries.with_placement())
    return answer("readiness/checks.html", page=page_of(db.session(), statement, page_asked()), needs=NEEDS)
