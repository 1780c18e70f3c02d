"""The blueprint of dissertations, the loaders that its views share, and the page of one."""

from typing import Any

from flask import Blueprint, Response, url_for

from app.dissertations import queries
from app.dissertations.forms import STATES
from app.dissertations.moves import (
    AGREED,
    DISSERTATIONS,
    NOT_SUBMITTED,
    REOPENED,
    RETURNED,
    SUBMITTED,
    SUBMITTED_AGAIN,
    WRITABLE,
)
from app.dissertations.service import TICKED
from app.dissertations.standing import can, can_write, is_over
from app.models.academic.dissertations import ApprovalState, Dissertation, DissertationState
from app.models.people import Person, Role
from app.platform.clock import today
from app.platform.db import db
from app.platform.lifecycle import Party, story_of
from app.rules.academic.supervisors import assignments_of
from app.web.access import found, signed_in
from app.web.fields import Form
from app.web.htmx import answer, go_to

blueprint = Blueprint("dissertations", __name__)
OF_ONE = "/dissertations/<int:dissertation_id>"
Found = tuple[Dissertation, Person]


def seen(dissertation_id: int) -> Found:
    one: Found = found(queries.dissertation_seen(db.session(), signed_in(), dissertation_id))
    return one


def own(dissertation_id: int, *, to_change: bool = False) -> Found:
    one: Found = found(queries.dissertation_of(db.session(), signed_in(), dissertation_id, to_change=to_change))
    return one


def supervised(dissertation_id: int, *, to_change: bool = False) -> Found:
    """Of a learner whom the academic supervisor reaches."""
    return reached(dissertation_id, Role.ACADEMIC_SUPERVISOR, to_change=to_change)


def reached(dissertation_id: int, *roles: Role, to_change: bool = False) -> Found:
    one: Found = found(
        queries.dissertation_reached(db.session(), signed_in(), dissertation_id, *roles, to_change=to_change)
    )
    return one


def own_or_supervised(dissertation_id: int, *, to_change: bool = False) -> tuple[Dissertation, Person, Party]:
    """What both can do, with the part in which this reader does it."""
    session, person = db.session(), signed_in()
    hers = queries.dissertation_of(session, person, dissertation_id, to_change=to_change)
    if hers:
        return (*hers, Party.LEARNER)
    return (*supervised(dissertation_id, to_change=to_change), Party.ACADEMIC_SUPERVISOR)


def back_to(dissertation: Dissertation) -> Response:
    return go_to(url_for("dissertations.show", dissertation_id=dissertation.id))


def page_of(dissertation: Dissertation, learner: Person, form: Form | None = None) -> Response:
    """One dissertation as its reader may see it: a draft is the learner's alone until she sends it.

    `form` is that of a deed of one button which was refused.
    """
    session, person = db.session(), signed_in()
    is_hers = dissertation.enrolment.learner_id == person.id
    supervises = queries.dissertation_reached(session, person, dissertation.id, Role.ACADEMIC_SUPERVISOR) is not None
    party = Party.LEARNER if is_hers else Party.ACADEMIC_SUPERVISOR if supervises else Party.PROGRAMME_LEAD
    offered = {deed: can(deed, dissertation, party, today()) for deed in DISSERTATIONS.moves}
    return answer(
        "dissertations/show.html",
        status=form.status if form else 200,
        form=form,
        dissertation=dissertation,
        learner=learner,
        is_hers=is_hers,
        shown=what_is_read(dissertation, is_hers=is_hers),
        writes=is_hers and can_write(dissertation, today()),
        is_over=is_over(dissertation, today()),
        takes_back=is_hers and dissertation.state is DissertationState.PROPOSED,
        answers=offered[AGREED],
        gives_back=offered[RETURNED] or offered[REOPENED],
        submits=offered[SUBMITTED],
        submits_again=offered[SUBMITTED_AGAIN],
        takes_submission_back=offered[NOT_SUBMITTED],
        records=is_hers or supervises,
        sets_days=not is_hers,
        ticked=TICKED,
        approvals=[
            (kind, one.state if one else ApprovalState.NOT_SAID, one)
            for kind, one in dissertation.approvals_now.items()
        ],
        in_words={**STATES, ApprovalState.NOT_SAID: "Not said yet"},
        supervisor=assignments_of(session, [dissertation.enrolment_id]).get(dissertation.enrolment_id),
        story=story_of(session, dissertation),
        today=today(),
    )


def what_is_read(dissertation: Dissertation, *, is_hers: bool) -> Any:
    """What the learner writes now, for her; for others what she sent last, and nothing before she has."""
    if is_hers or dissertation.state not in WRITABLE:
        return {
            "title": dissertation.title,
            "words": dissertation.proposal,
            "study": dissertation.study,
            "without_study": dissertation.without_study,
        }
    if not dissertation.proposals:
        return None
    last = dissertation.proposals[-1]
    return {"title": last.title, "words": last.words, "study": last.study, "without_study": last.without_study}
