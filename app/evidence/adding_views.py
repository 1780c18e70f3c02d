"""Pages on which a learner adds and withdraws evidence, and on which it is read by those who may."""

from dataclasses import asdict

from flask import Response, current_app, url_for

from app.evidence import queries, service
from app.evidence.base_views import blueprint, evidence_read, own_evidence, placement_of_learner
from app.evidence.forms import EvidenceForm, WithdrawForm
from app.evidence.moves import WITHDRAW
from app.models.course.evidence import Evidence, EvidenceFile, EvidenceKind, EvidenceState
from app.models.placements import Placement
from app.platform.clock import now, today
from app.platform.db import db, short_write, writes_at_the_end
from app.platform.files.handed_in import file_kept
from app.platform.files.kept import path_of
from app.platform.lifecycle import story_of
from app.rules.course.capability_page import capabilities_of, counting_ids
from app.rules.course.evidenced import is_record_open
from app.rules.record_totals import part_ids_of
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.delivery.files import kept_file
from app.web.edge.false_alarms import keep_false_alarms
from app.web.edge.numbers import id_asked, id_in
from app.web.htmx import answer, go_to
from app.web.looking import note_opening
from app.web.occasions import this_occasion

TO_CHOOSE_AT_MOST = 100


@blueprint.get("/placements/<int:placement_id>/evidence/new")
@requires(Permission.KEEP_EVIDENCE)
def new(placement_id: int) -> Response:
    placement = placement_of_learner(placement_id)
    if not is_record_open(placement, today()):
        return go_to(url_for("evidence.show", placement_id=placement_id))
    return adding_page(EvidenceForm(formdata=None, **asked()), placement)


def asked() -> dict[str, object]:
    """What the form begins with, where a link said: for which capability, or which entry or session it is."""
    begins: dict[str, object] = {"capabilities": [str(one) for one in (id_asked("capability"),) if one]}
    if id_asked("entry"):
        begins |= {"kind": EvidenceKind.HOURS.value, "entry": str(id_asked("entry"))}
    if id_asked("session"):
        begins |= {"kind": EvidenceKind.SESSION.value, "meeting": str(id_asked("session"))}
    return begins


@blueprint.post("/placements/<int:placement_id>/evidence/new")
@requires(Permission.KEEP_EVIDENCE)
@writes_at_the_end
def add(placement_id: int) -> Response:
    """The file is looked at and kept before the lock is taken, in which the row is written."""
    placement, form = placement_of_learner(placement_id), EvidenceForm()
    offer_choices(form, placement)
    if not form.does(lambda: add_as_said(form, placement.id)):
        return adding_page(form, placement_of_learner(placement_id))
    flash("The evidence is on your record. Your mentor and your university can read it.")
    return go_to(url_for("evidence.show", placement_id=placement_id))


def add_as_said(form: EvidenceForm, placement_id: int) -> None:
    given = evidence_in(form, file_sent(form))
    with short_write() as session:
        placement = placement_of_learner(placement_id)
        service.add_evidence(session, this_occasion(), placement, given, is_sure=bool(form.is_sure.data))
        keep_false_alarms()


def file_sent(form: EvidenceForm) -> EvidenceFile | None:
    if form.chosen_kind is not EvidenceKind.FILE:
        return None
    sent = form.file.data
    kept = file_kept(current_app.extensions["rpe_settings"], sent.filename or "", sent.read(), now())
    return EvidenceFile(**asdict(kept))


def evidence_in(form: EvidenceForm, file: EvidenceFile | None) -> service.NewEvidence:
    kind = form.chosen_kind
    return service.NewEvidence(
        kind=kind,
        title=form.title.data,
        words=form.words.data,
        link=form.link.data if kind is EvidenceKind.LINK else "",
        entry_id=form.id_in(form.entry, EvidenceKind.HOURS),
        session_id=form.id_in(form.meeting, EvidenceKind.SESSION),
        capability_ids=form.capability_ids,
        form_key=form.form_key.data,
        file=file,
    )


def offer_choices(form: EvidenceForm, placement: Placement) -> None:
    """The latest of her record, and what a link or the form has named, where that is older than all of it."""
    session, parts = db.session(), part_ids_of(db.session(), placement)
    form.offer_capabilities(capabilities_of(session, placement.module.programme_id))
    entries = list(queries.entries_to_choose(session, parts, TO_CHOOSE_AT_MOST))
    named_entry = id_in(form.entry.data)
    if named_entry and named_entry not in {one.id for one in entries}:
        entries += filter(None, [queries.entry_of(session, parts, named_entry)])
    meetings = list(queries.meetings_to_choose(session, parts, TO_CHOOSE_AT_MOST))
    named_meeting = id_in(form.meeting.data)
    if named_meeting and named_meeting not in {one.id for one in meetings}:
        meetings += filter(None, [queries.meeting_of(session, parts, named_meeting)])
    form.offer_records(entries, meetings)


def adding_page(form: EvidenceForm, placement: Placement) -> Response:
    offer_choices(form, placement)
    megabytes = current_app.extensions["rpe_settings"].file_megabytes_max
    return answer("evidence/new.html", status=form.status, form=form, placement=placement, megabytes=megabytes)


@blueprint.get("/evidence/<int:evidence_id>")
@requires(Permission.SEE_CAPABILITIES)
def piece(evidence_id: int) -> Response:
    evidence = evidence_read(evidence_id)
    placement = evidence.placement
    note_opening(evidence, placement.learner)
    story = story_of(db.session(), evidence)
    return answer(
        "evidence/piece.html",
        evidence=evidence,
        placement=placement,
        counts=evidence.id in counting_ids(db.session(), [placement.id]),
        is_learner=placement.learner_id == signed_in().id,
        withdrawal=next((one for one in story if one.deed == WITHDRAW), None),
    )


@blueprint.get("/evidence/<int:evidence_id>/file")
@requires(Permission.SEE_CAPABILITIES)
def file(evidence_id: int) -> Response:
    """Nobody is given a file that was withdrawn. Its own name may say more than the trail of downloads should hold."""
    evidence = evidence_read(evidence_id)
    if evidence.file is None or evidence.state is EvidenceState.WITHDRAWN:
        return found(None)
    path = path_of(current_app.extensions["rpe_settings"].files, evidence.file.kept_as)
    ending = evidence.file.name.rpartition(".")[2]
    return kept_file(path, f"evidence-{evidence.id}.{ending}", evidence.file.media_type)


@blueprint.get("/evidence/<int:evidence_id>/withdraw")
@requires(Permission.KEEP_EVIDENCE)
def ask_why_withdrawn(evidence_id: int) -> Response:
    evidence = own_evidence(evidence_id)
    if evidence.state is EvidenceState.WITHDRAWN:
        return go_to(url_for("evidence.piece", evidence_id=evidence_id))
    return withdrawing_page(WithdrawForm(formdata=None), evidence)


@blueprint.post("/evidence/<int:evidence_id>/withdraw")
@requires(Permission.KEEP_EVIDENCE)
def withdraw(evidence_id: int) -> Response:
    evidence, form = own_evidence(evidence_id), WithdrawForm()
    is_sure = bool(form.is_sure.data)
    if not form.does(
        lambda: service.withdraw_evidence(db.session(), this_occasion(), evidence, form.reason.data, is_sure=is_sure)
    ):
        return withdrawing_page(form, evidence)
    flash("The evidence is withdrawn and no longer counts.")
    return go_to(url_for("evidence.show", placement_id=evidence.placement_id))


def withdrawing_page(form: WithdrawForm, evidence: Evidence) -> Response:
    return answer("evidence/withdraw.html", status=form.status, form=form, evidence=evidence)
