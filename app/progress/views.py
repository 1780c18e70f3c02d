"""Pages on which a university sees its learners' progress."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial

from flask import Blueprint, Response, request

from app.language.numbers import count
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.programmes import CreditDecision, Enrolment
from app.phrasebook.of_placements.agreements import said_short
from app.phrasebook.of_placements.progress_reviews import said_reviews
from app.phrasebook.of_placements.sign_offs import said_sign_off
from app.phrasebook.of_programmes.credit import decision_in_words, kept_thin_in_words, outcome_in_words
from app.platform.clock import today
from app.platform.db import db
from app.progress import credit_views
from app.progress.at_risk import at_risk_of, late_of, reasons_about, reasons_by_placement, reasons_of_all, with_late
from app.progress.cohorts import views as cohorts
from app.progress.credit import counting
from app.progress.download import HEADINGS, rows_of_learners
from app.progress.home import home_items_of
from app.progress.queries import (
    WHOSE,
    enrolment_decided_by,
    enrolment_ids_seen_by,
    enrolment_seen_by,
    names_of,
    programmes_seen_by,
    records_of_elsewhere,
)
from app.progress.sampling import views as sampling
from app.progress.standing import LearnerStanding, in_order, standings_of, standings_with_ids
from app.progress.waiting import Waiting, waiting_for
from app.rules.academic.supervisors import assignments_of
from app.rules.agreements.kind import agreed_of
from app.rules.course.evidenced import evidenced
from app.rules.credit.completed import lacks_credit
from app.rules.enrolments.sharing import shared_placements
from app.rules.progress_reviews.kind import reviews_of
from app.rules.record_totals import summaries, summaries_with_earlier, workplace_of
from app.rules.sign_offs.standing import sign_offs_of
from app.rules.timeline import moments_of, number_on_record, workplace_steps
from app.web.access import Permission, found, requires, signed_in
from app.web.delivery.files import csv_file
from app.web.edge.numbers import id_asked, page_asked
from app.web.edge.searching import words_asked
from app.web.htmx import answer
from app.web.looking import note_opening
from app.web.paging import Page, page_of_rows, page_through
from app.web.workplace_picture import picture_of

blueprint = Blueprint("progress", __name__)
blueprint.register_blueprint(sampling.blueprint)
blueprint.register_blueprint(cohorts.blueprint)
blueprint.register_blueprint(credit_views.blueprint)
HOME_SOURCES = (home_items_of,)


@blueprint.get("/progress")
@requires(Permission.SEE_PROGRESS)
def learners() -> Response:
    session, day = db.session(), today()
    at_risk = {row.enrolment_id: row.placement_id for row in at_risk_of(session, signed_in(), day)}
    late = late_of(session, signed_in(), day)
    page = page_of_rows(ids_asked_for(at_risk.keys() | late.keys()), page_asked())
    shown = {id_: at_risk[id_] for id_ in page.rows if id_ in at_risk}
    words = reasons_by_placement(session, day, Placement.id.in_(shown.values()))
    of_placements = {id_: words.get(placement_id, []) for id_, placement_id in shown.items()}
    reasons = with_late(of_placements, {id_: late[id_] for id_ in page.rows if id_ in late})
    standings = standings_with_ids(session, signed_in(), page.rows, reasons)
    assigned = assignments_of(session, page.rows)
    return answer(
        "progress/learners.html",
        "progress/_learners.html",
        announce=count(page.total, "learner"),
        page=replace(page, rows=standings),
        assigned=assigned,
        waiting=waiting_for(session, signed_in(), standings, assigned),
        whose=WHOSE if signed_in().provider_ids(Role.ACADEMIC_SUPERVISOR) else {"none": WHOSE["none"]},
        programmes=programmes_seen_by(session, signed_in()),
        led=signed_in().provider_ids(Role.PROGRAMME_LEAD),
        at_risk=len(at_risk.keys() | late.keys()),
        chosen=asked(),
        today=day,
    )


@blueprint.get("/progress.csv")
@requires(Permission.SEE_PROGRESS)
def download() -> Response:
    """All of the list; the reasons are read once, and not again for each part of the file."""
    person, day = signed_in(), today()
    reasons = reasons_of_all(db.session(), person, day)
    ids = ids_asked_for(reasons)
    return csv_file(
        f"learners-{day.isoformat()}.csv", HEADINGS, lambda apart: rows_of_learners(apart, person.id, ids, reasons, day)
    )


def asked() -> dict[str, str]:
    """The filters that the address names."""
    return {name: request.args[name] for name in ("q", "programme", "risk", "whose") if request.args.get(name)}


def whose_asked() -> str:
    return request.args.get("whose", "")


def ids_asked_for(at_risk: Collection[int]) -> list[int]:
    """The enrolments of the list that the address asks for, in its order."""
    ids = enrolment_ids_seen_by(db.session(), signed_in(), words_asked(), id_asked("programme"), whose_asked())
    return in_order(ids, at_risk, only_at_risk=bool(request.args.get("risk")))


@blueprint.get("/progress/<int:enrolment_id>")
@requires(Permission.SEE_PROGRESS)
def show(enrolment_id: int) -> Response:
    enrolled: tuple[Enrolment, Person] = found(enrolment_seen_by(db.session(), signed_in(), enrolment_id))
    note_opening(*enrolled)
    standing = standings_of(db.session(), [enrolled], {})[0]
    reasons = reasons_about(db.session(), enrolment_id, standing.placement, today())
    sums = summaries(db.session(), [placement.id for placement in standing.placements])
    together = summaries_with_earlier(db.session(), standing.placements)
    placements = {one.id: one for one in standing.placements}
    workplaces = {one.id: workplace_of(one, together[one.id]) for one in standing.placements}
    sign_offs = sign_offs_of(db.session(), standing.placements)
    return answer(
        "progress/learner.html",
        standing=replace(standing, risks=reasons),
        from_elsewhere=records_of_elsewhere(db.session(), standing.enrolment),
        decisions=counting(standing.enrolment.decisions),
        held=standing.held,
        deciders=names_of(db.session(), people_who_decided(standing.enrolment.decisions)),
        decided_in_words=decision_in_words,
        outcome_in_words=outcome_in_words,
        missing_then=kept_thin_in_words,
        sums=sums,
        records={one.id: record_page(one) for one in standing.placements},
        pictures={
            one.id: picture_of(workplaces[one.id], workplace_steps(db.session(), one), today())
            for one in standing.placements[-1:]
        },
        shorts={
            id_: said_short(placements[id_], *found_there, signed_in().id, today())
            for id_, found_there in agreed_of(db.session(), standing.placements).items()
        },
        reviews={id_: said_reviews(one, today()) for id_, one in reviews_of(db.session(), standing.placements).items()},
        sign_offs={one.id: said_sign_off(one, sign_offs.get(one.id), today()) for one in standing.placements},
        capabilities=evidenced(db.session(), [latest])[latest.id] if (latest := standing.placement) else None,
        supervised=assignments_of(db.session(), [enrolment_id]).get(enrolment_id),
        waiting=waiting_of(standing),
        stands=standing.way.on(today()),
        lacks_credit=lacks_credit(standing.way, standing.held),
        shared=shared_placements(db.session(), signed_in(), standing.learner),
        may_decide=enrolment_decided_by(db.session(), signed_in(), enrolment_id) is not None,
        today=today(),
    )


def people_who_decided(decisions: Iterable[CreditDecision]) -> Iterator[int]:
    """Who made each decision, and who said that it is void."""
    for one in decisions:
        yield one.decided_by_id
        if one.void:
            yield one.void.by_id


def waiting_of(standing: LearnerStanding) -> list[Waiting]:
    """What waits for the reader about one learner."""
    assigned = assignments_of(db.session(), [standing.enrolment.id])
    return waiting_for(db.session(), signed_in(), [standing], assigned).get(standing.enrolment.id, [])


def record_page(placement: Placement) -> Page:
    """The page of a record that the address names; that of each placement, where there are several."""
    number, total = page_asked(), number_on_record(db.session(), placement)
    return page_through(total, number, partial(moments_of, db.session(), placement))
