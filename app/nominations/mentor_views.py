"""Pages on which a nominated supervisor says yes or no, by the link in the mail or signed in."""

from flask import Response, url_for

from app.language.refusal import Overtaken, Refused
from app.models.pairs.nominations import Nomination, NominationState
from app.models.people import Person
from app.nominations import answering, queries
from app.nominations.base_views import blueprint
from app.nominations.forms import YES, AnswerForm
from app.nominations.service import ANSWER
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.occasion import Occasion
from app.web.access import Permission, found, open_to_all, requires, signed_in
from app.web.addresses import full_address, password_address
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.security import limit_guesses


@blueprint.get("/supervise/<secret>")
@open_to_all
@limit_guesses("30 per 15 minutes")
def by_link(secret: str) -> Response:
    return answer_page_of(answering.nomination_behind(db.session(), secret, ANSWER, now()))


@blueprint.post("/supervise/<secret>")
@open_to_all
@limit_guesses("30 per 15 minutes")
def answer_by_link(secret: str) -> Response:
    nomination = answering.nomination_behind(db.session(), secret, ANSWER, now(), to_change=True)
    form = form_for(nomination)
    if form.validate():
        try:
            account = take_answer(nomination, form, None)
        except Overtaken:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            if account:
                return go_to(url_for("nominations.thanks", secret=account))
            return answer("nominations/thanks.html", nomination=nomination, takes=form.takes.data == YES, secret="")
    return answer("nominations/answer.html", nomination=nomination, form=form, status=form.status)


@blueprint.get("/supervise/thanks/<secret>")
@open_to_all
@limit_guesses("30 per 15 minutes")
def thanks(secret: str) -> Response:
    """What comes next, and an account for whoever wants one already."""
    nomination = answering.nomination_for_account(db.session(), secret, now())
    return answer("nominations/thanks.html", nomination=nomination, takes=True, secret=secret)


@blueprint.post("/supervise/thanks/<secret>")
@open_to_all
@limit_guesses("30 per 15 minutes")
def make_account(secret: str) -> Response:
    nomination = answering.nomination_for_account(db.session(), secret, now(), to_change=True)
    person = answering.make_account(db.session(), nomination, password_address, occasion_of(None))
    flash(f"We have written to {person.email}: the mail has a link to choose a password.")
    return go_to(url_for("sign_in.show"))


@blueprint.get("/supervise/for/<int:nomination_id>")
@requires(Permission.OFFER_OPENINGS)
def answer_page(nomination_id: int) -> Response:
    return answer_page_of(own_nomination(nomination_id))


@blueprint.post("/supervise/for/<int:nomination_id>")
@requires(Permission.OFFER_OPENINGS)
def answer_signed_in(nomination_id: int) -> Response:
    nomination = own_nomination(nomination_id, to_change=True)
    form = form_for(nomination)
    if form.validate():
        try:
            take_answer(nomination, form, signed_in())
        except Overtaken:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(WHAT_NEXT[form.takes.data == YES].format(learner=nomination.learner.name))
            return go_to(url_for("home.show"))
    return answer("nominations/answer.html", nomination=nomination, form=form, status=form.status)


WHAT_NEXT = {
    True: "Thank you. {learner} was told. A coordinator checks a few things next, and then you hear from us.",
    False: "That is noted, and {learner} was told why.",
}


def take_answer(nomination: Nomination, form: AnswerForm, actor: Person | None) -> str:
    return answering.answer_nomination(
        db.session(),
        nomination,
        actor,
        form.takes.data == YES,
        form.reason.data or "",
        is_sure=form.is_sure.data,
        occasion=occasion_of(actor),
    )


def occasion_of(actor: Person | None) -> Occasion:
    """The occasion of whoever answers, who need not be signed in."""
    return Occasion(actor, today(), now(), full_address("home.show"))


def form_for(nomination: Nomination) -> AnswerForm:
    form = AnswerForm()
    form.offer(nomination.learner.name)
    return form


def answer_page_of(nomination: Nomination) -> Response:
    if nomination.state is not NominationState.PROPOSED:
        return answer("nominations/thanks.html", nomination=nomination, takes=None, secret="")
    return answer("nominations/answer.html", nomination=nomination, form=form_for(nomination))


def own_nomination(nomination_id: int, to_change: bool = False) -> Nomination:
    loaded: Nomination = found(queries.nomination_of_mentor(db.session(), signed_in(), nomination_id, to_change))
    return loaded
