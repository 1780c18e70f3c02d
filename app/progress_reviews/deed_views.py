"""Pages on which people prepare a progress review, write it down, sign it, reopen it, and note that they read it."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Response, request, url_for

from app.language.numbers import listed
from app.language.refusal import Overtaken, Refused
from app.models.course.capabilities import CapabilityWording
from app.models.course.progress_reviews import ProgressReviewState
from app.models.operations.parties import Party
from app.models.people import Person
from app.phrasebook.of_placements.progress_reviews import (
    said_numbers,
    who_reads_a_preparation,
    who_reads_what_is_agreed,
)
from app.platform.clock import today
from app.platform.db import db
from app.progress_reviews import service
from app.progress_reviews.base_views import (
    ONE,
    Asked,
    address_of,
    back_to,
    blueprint,
    review_held,
    review_read,
    written,
)
from app.progress_reviews.forms import (
    LastForm,
    PrepareForm,
    ReopenForm,
    WriteForm,
    values_of_preparation,
    values_of_review,
)
from app.progress_reviews.moves import writers_of
from app.progress_reviews.page_views import page_about
from app.rules.agreements.capabilities import wordings_now
from app.rules.agreements.parts import part_of
from app.rules.course.numbers import numbers_of
from app.rules.progress_reviews.parts import other_than, person_in
from app.web.access import Permission, refuse, requires, signed_in
from app.web.deeds.messages import flash
from app.web.fields import Form
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion


@blueprint.get(f"{ONE}/prepare")
@requires(Permission.HOLD_PROGRESS_REVIEW)
def ask_preparation(placement_id: int, review_kind: str) -> Response:
    asked, party = review_held(placement_id, review_kind)
    if not can_prepare(asked):
        return back_to(asked)
    mine = asked.review.handed_in_by(party) if asked.review else None
    return prepare_page(PrepareForm(formdata=None, **values_of_preparation(mine)), asked, party)


def can_prepare(asked: Asked) -> bool:
    can_hold = asked.reviews.can_be_held_on(asked.kind, today())
    return can_hold and asked.kind.is_prepared and not (asked.review and asked.review.is_open)


@blueprint.post(f"{ONE}/prepare")
@requires(Permission.HOLD_PROGRESS_REVIEW)
def prepare(placement_id: int, review_kind: str) -> Response:
    asked, party = review_held(placement_id, review_kind)
    form = PrepareForm()
    if form.does(lambda: hand_in_as_said(asked, form)):
        other = person_in(asked.placement, other_than(party))
        is_open = asked.review is not None and asked.review.is_open
        what = "Each can read what the other wrote." if is_open else "You can change it until both have, or you meet."
        flash(f"You have handed it in. {other.name} is told by email. {what}")
        return back_to(asked)
    return prepare_page(form, asked, party)


def hand_in_as_said(asked: Asked, form: PrepareForm) -> None:
    service.hand_in(
        db.session(), this_occasion(), asked.placement, asked.kind, form.prepared, is_sure=bool(form.is_sure.data)
    )


def prepare_page(form: PrepareForm, asked: Asked, party: Party) -> Response:
    form.ask_as(party)
    readers = who_reads_a_preparation(asked.placement, party)
    return page("progress_reviews/prepare.html", form, asked, readers=readers, numbers=numbers_now(asked))


@blueprint.post(f"{ONE}/meet")
@requires(Permission.HOLD_PROGRESS_REVIEW)
def meet(placement_id: int, review_kind: str) -> Response:
    asked, _ = review_held(placement_id, review_kind)
    service.meet(db.session(), this_occasion(), asked.placement, asked.kind)
    return go_to(url_for("progress_reviews.ask_words", placement_id=placement_id, review_kind=review_kind))


@blueprint.get(f"{ONE}/write")
@requires(Permission.HOLD_PROGRESS_REVIEW)
def ask_words(placement_id: int, review_kind: str) -> Response:
    asked, party = review_held(placement_id, review_kind)
    review = asked.review
    can_hold = asked.reviews.can_be_held_on(asked.kind, today()) and party in writers_of(asked.kind)
    if not can_hold or review is None or review.state is not ProgressReviewState.WRITING:
        return back_to(asked)
    begins_with = values_of_review(review) if review.agreed else {"met_on": today()}
    return write_page(write_form(asked, formdata=None, **begins_with), asked)


@blueprint.post(f"{ONE}/write")
@requires(Permission.HOLD_PROGRESS_REVIEW)
def write(placement_id: int, review_kind: str) -> Response:
    asked, party = review_held(placement_id, review_kind)
    form = write_form(asked)
    if form.does(lambda: write_as_said(asked, form)):
        other = person_in(asked.placement, other_than(party))
        flash(f"It is written down, and {other.name} is told by email. Read it once more, then sign it.")
        return back_to(asked)
    return write_page(form, asked)


def write_as_said(asked: Asked, form: WriteForm) -> None:
    said, is_sure = form.written(wordings_of(asked)), bool(form.is_sure.data)
    service.write_down(db.session(), this_occasion(), asked.placement, asked.kind, said, is_sure=is_sure)


def write_form(asked: Asked, **given: Any) -> WriteForm:
    """A last review also asks what the mentor saw."""
    if not asked.kind.is_last:
        return WriteForm(**given)
    form = LastForm(**given)
    form.seen.offer([(str(one.id), one.name) for one in wordings_of(asked)])
    return form


def wordings_of(asked: Asked) -> Sequence[CapabilityWording]:
    return wordings_now(db.session(), asked.placement.module.programme_id)


def write_page(form: WriteForm, asked: Asked) -> Response:
    review, readers = asked.review, who_reads_what_is_agreed(asked.placement)
    prepared = (
        [one for one in (review.handed_in_by(party) for party in (Party.LEARNER, Party.MENTOR)) if one]
        if (review and review.is_open)
        else []
    )
    return page(
        "progress_reviews/write.html", form, asked, readers=readers, numbers=numbers_now(asked), prepared=prepared
    )


@blueprint.post(f"{ONE}/sign")
@requires(Permission.HOLD_PROGRESS_REVIEW)
def sign(placement_id: int, review_kind: str) -> Response:
    """Sign what was read; where it cannot be, the page says why, and shows how it is now."""
    asked, party = review_held(placement_id, review_kind)
    seen = request.form.get("seen", "")
    refusal = refused(lambda: service.sign(db.session(), this_occasion(), asked.placement, asked.kind, seen))
    if refusal:
        return as_it_is_now(placement_id, review_kind, refusal)
    other = person_in(asked.placement, other_than(party))
    is_signed = review_read(placement_id, review_kind).reviews.is_signed(asked.kind)
    after = (
        "Now both of you have, and the academic supervisor can read it." if is_signed else f"It waits for {other.name}."
    )
    flash(f"You have signed it. {after}")
    return back_to(asked)


@blueprint.post(f"{ONE}/read")
@requires(Permission.READ_PROGRESS_REVIEW)
def note_read(placement_id: int, review_kind: str) -> Response:
    """An academic supervisor says that she has read it."""
    asked = review_read(placement_id, review_kind)
    if part_of(db.session(), signed_in(), asked.placement) is not Party.ACADEMIC_SUPERVISOR:
        refuse(403)
    seen = request.form.get("seen", "")
    refusal = refused(lambda: service.note_read(db.session(), this_occasion(), asked.placement, asked.kind, seen))
    if refusal:
        return as_it_is_now(placement_id, review_kind, refusal)
    flash("It is noted that you have read it. Learner and mentor see that.")
    return back_to(asked)


def refused(deed: Callable[[], object]) -> Refused | None:
    """Why a deed of one button cannot be done, after which nothing of it is left."""
    try:
        deed()
    except Refused as refusal:
        db.session().rollback()
        return refusal
    return None


def as_it_is_now(placement_id: int, review_kind: str, refusal: Refused) -> Response:
    status = 409 if isinstance(refusal, Overtaken) else 422
    return page_about(review_read(placement_id, review_kind), refusal.message, status)


@blueprint.get(f"{ONE}/reopen")
@requires(Permission.REOPEN_PROGRESS_REVIEW)
def ask_reopening(placement_id: int, review_kind: str) -> Response:
    return reopening_page(ReopenForm(formdata=None), review_read(placement_id, review_kind))


@blueprint.post(f"{ONE}/reopen")
@requires(Permission.REOPEN_PROGRESS_REVIEW)
def reopen(placement_id: int, review_kind: str) -> Response:
    asked, form = review_read(placement_id, review_kind), ReopenForm()
    told: list[Person] = []
    if form.does(lambda: told.extend(reopened_as_said(asked, form))):
        words = (
            f" {listed([one.name for one in told])} {'is' if len(told) == 1 else 'are'} told by email." if told else ""
        )
        flash(f"It can be written down anew.{words}")
        return back_to(asked)
    return reopening_page(form, asked)


def reopened_as_said(asked: Asked, form: ReopenForm) -> Sequence[Person]:
    reason, is_sure = str(form.reason.data), bool(form.is_sure.data)
    return service.reopen(db.session(), this_occasion(), asked.placement, asked.kind, reason, is_sure=is_sure)


def reopening_page(form: ReopenForm, asked: Asked) -> Response:
    review = asked.review
    is_written = review is not None and review.state is ProgressReviewState.TO_SIGN
    is_hers = part_of(db.session(), signed_in(), asked.placement) is not None
    if not (is_hers and is_written and asked.reviews.can_be_held_on(asked.kind, today())):
        return back_to(asked)
    standing = asked.reviews.standings[asked.kind]
    signed = listed([one.signer_name for one in standing.signatures.values()]) if standing.signatures else ""
    return page("progress_reviews/reopen.html", form, asked, signed=signed, review=written(asked))


def numbers_now(asked: Asked) -> Sequence[tuple[str, str]]:
    return said_numbers(numbers_of(db.session(), asked.placement, today()))


def page(template: str, form: Form, asked: Asked, **values: Any) -> Response:
    return answer(
        template,
        status=form.status,
        form=form,
        placement=asked.placement,
        kind=asked.kind,
        where={"placement_id": asked.placement.id, "review_kind": asked.kind.value},
        back=address_of(asked),
        **values,
    )
