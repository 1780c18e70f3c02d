"""Pages on which a programme lead sees and says what her university recognises of prior learning."""

from flask import Blueprint, Response, url_for

from app.models.programmes import Level, Provider
from app.platform.db import db
from app.prior_learning.settings import queries, service
from app.prior_learning.settings.forms import RuleForm, answers_of
from app.prior_learning.words import rules_in_words
from app.rules.prior_learning.said import said_by, said_in
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

blueprint = Blueprint("settings", __name__)


@blueprint.get("/prior-learning/rules")
@requires(Permission.SET_PRIOR_LEARNING)
def index() -> Response:
    session = db.session()
    providers = queries.providers_led(session, signed_in())
    return answer(
        "prior_learning/settings/index.html",
        rules=[
            (provider, level, rules_in_words(said_by(session, provider, level)))
            for provider in providers
            for level in Level
        ],
    )


@blueprint.get("/prior-learning/rules/<int:led_provider_id>/<level_name>")
@requires(Permission.SET_PRIOR_LEARNING)
def ask(led_provider_id: int, level_name: str) -> Response:
    provider, level = led(led_provider_id, level_name)
    said = said_by(db.session(), provider, level)
    return rule_page(RuleForm(formdata=None, **answers_of(said)), provider, level)


@blueprint.post("/prior-learning/rules/<int:led_provider_id>/<level_name>")
@requires(Permission.SET_PRIOR_LEARNING)
def save(led_provider_id: int, level_name: str) -> Response:
    provider, level = led(led_provider_id, level_name)
    form = RuleForm()
    present = RuleForm(formdata=None, **answers_of(said_by(db.session(), provider, level)))
    is_sure = bool(form.is_sure.data)
    if not (
        form.rests_on(present, provider)
        and form.does(
            lambda: service.set_rule(db.session(), this_occasion(), provider, level, form.said, is_sure=is_sure)
        )
    ):
        return rule_page(form, provider, level)
    flash("It holds for what is decided from now on. Learners read it where they make a claim.")
    return go_to(url_for("prior_learning.settings.index"))


def led(provider_id: int, level_name: str) -> tuple[Provider, Level]:
    """The university and the level, if she leads programmes there, or 404."""
    provider: Provider = found(queries.provider_led(db.session(), signed_in(), provider_id))
    level: Level = found(Level.__members__.get(level_name))
    return provider, level


def rule_page(form: RuleForm, provider: Provider, level: Level) -> Response:
    history = queries.history_of(db.session(), provider, level)
    return answer(
        "prior_learning/settings/rule.html",
        status=form.status,
        form=form,
        provider=provider,
        level=level,
        history=[(one, rules_in_words(said_in(one))) for one in history],
    )
