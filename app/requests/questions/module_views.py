"""Pages that find the module: of a programme that the learner is on, or of one that she names."""

from collections.abc import Iterable

from flask import Response, request, url_for

from app.language.refusal import Refused
from app.models.programmes import Module, Programme, Provider
from app.models.requests import PlacementRequest
from app.platform.clock import now, today
from app.platform.db import db
from app.requests.base_views import blueprint, go_on, request_to_answer, request_to_change
from app.requests.my_list.choices import provider_with_rpe, providers_with_rpe, rpe_programmes
from app.requests.questions.forms import OTHER_PROGRAMME, ModuleForm, ProgrammeForm, ProviderForm
from app.requests.service import choose_module, enrol, rpe_modules
from app.rules.of_learners.modules import rpe_modules_of
from app.web.access import Permission, found, requires, signed_in
from app.web.htmx import answer, go_to

SAVED = "Your programme and module are saved."


@blueprint.get("/request/<int:request_id>/module")
@requires(Permission.REQUEST_PLACEMENT)
def module(request_id: int) -> Response:
    placement_request = request_to_answer(request_id)
    modules = rpe_modules_of(db.session(), signed_in())
    if not modules:
        return go_to(url_for("requests.provider", request_id=request_id))
    return show_modules(placement_request, module_form(placement_request, modules))


def module_form(placement_request: PlacementRequest, modules: Iterable[Module]) -> ModuleForm:
    """The form with what she has answered."""
    form = ModuleForm(formdata=None, module=str(placement_request.module_id or ""))
    form.offer(modules)
    return form


def show_modules(placement_request: PlacementRequest, form: ModuleForm) -> Response:
    return answer("requests/questions/module.html", form=form, placement_request=placement_request, status=form.status)


@blueprint.post("/request/<int:request_id>/module")
@requires(Permission.REQUEST_PLACEMENT)
def save_module(request_id: int) -> Response:
    placement_request = request_to_change(request_id)
    modules = {str(one.id): one for one in rpe_modules_of(db.session(), signed_in())}
    form = ModuleForm()
    form.offer(modules.values())
    present = module_form(placement_request, modules.values())
    if not (form.validate() and form.rests_on(present, placement_request)):
        return show_modules(placement_request, form)
    if form.module.data == OTHER_PROGRAMME:
        return go_to(url_for("requests.provider", request_id=request_id))
    try:
        choose_module(
            db.session(),
            signed_in(),
            placement_request,
            modules[str(form.module.data)],
            is_sure=form.is_sure.data,
            today=today(),
            now=now(),
        )
    except Refused as refusal:
        form.refuse(refusal)
        return show_modules(placement_request, form)
    return go_on(placement_request, SAVED)


@blueprint.get("/request/<int:request_id>/university")
@requires(Permission.REQUEST_PLACEMENT)
def provider(request_id: int) -> Response:
    """The first of two steps; its answer travels in the address of the second."""
    placement_request = request_to_answer(request_id)
    is_answered = "provider" in request.args
    providers = providers_with_rpe(db.session())
    if len(providers) == 1:
        return go_to(url_for("requests.programme", request_id=request_id, provider_id=providers[0].id))
    form = ProviderForm(formdata=request.args if is_answered else None)
    form.offer(providers)
    if "sent" in request.args and form.validate():
        return go_to(url_for("requests.programme", request_id=request_id, provider_id=form.provider.data))
    return answer(
        "requests/questions/provider.html", form=form, placement_request=placement_request, status=form.status
    )


@blueprint.get("/request/<int:request_id>/university/<int:provider_id>")
@requires(Permission.REQUEST_PLACEMENT)
def programme(request_id: int, provider_id: int) -> Response:
    placement_request = request_to_answer(request_id)
    provider = found(provider_with_rpe(db.session(), provider_id))
    programmes = rpe_programmes(provider)
    form = ProgrammeForm(programme=str(programmes[0].id) if len(programmes) == 1 else None)
    form.offer(programmes)
    return show_programmes(placement_request, provider, form)


def show_programmes(placement_request: PlacementRequest, provider: Provider, form: ProgrammeForm) -> Response:
    return answer(
        "requests/questions/programme.html",
        form=form,
        placement_request=placement_request,
        provider=provider,
        has_others=len(providers_with_rpe(db.session())) > 1,
        status=form.status,
    )


@blueprint.post("/request/<int:request_id>/university/<int:provider_id>")
@requires(Permission.REQUEST_PLACEMENT)
def save_programme(request_id: int, provider_id: int) -> Response:
    placement_request = request_to_change(request_id)
    provider = found(provider_with_rpe(db.session(), provider_id))
    programmes = {str(one.id): one for one in rpe_programmes(provider)}
    form = ProgrammeForm()
    form.offer(programmes.values())
    if form.validate():
        try:
            return join(placement_request, programmes[str(form.programme.data)], form)
        except Refused as refusal:
            form.refuse(refusal)
    return show_programmes(placement_request, provider, form)


def join(placement_request: PlacementRequest, programme: Programme, form: ProgrammeForm) -> Response:
    """Enrol; the module is chosen with it where the programme has only one to choose."""
    enrolment = enrol(db.session(), signed_in(), programme, form.started_on.data or today(), today(), now())
    modules = rpe_modules(enrolment)
    if len(modules) != 1:
        return go_to(url_for("requests.module", request_id=placement_request.id))
    choose_module(
        db.session(),
        signed_in(),
        placement_request,
        modules[0],
        is_sure=form.is_sure.data,
        today=today(),
        now=now(),
    )
    return go_on(placement_request, SAVED)
