"""Pages of a mentor about all her learners; and the pages of sessions joined together."""

from flask import Response

from app.platform.clock import today
from app.platform.db import db
from app.rules.record_totals import needs_session, summaries
from app.supervision import answer_views, log_views
from app.supervision.agreed import views as agreed
from app.supervision.agreed.home import home_items_of as actions_at_home
from app.supervision.base_views import blueprint
from app.supervision.by_link import views as by_link
from app.supervision.contribution import views as contribution
from app.supervision.deputies import views as deputies
from app.supervision.deputies.home import home_items_of as deputies_at_home
from app.supervision.feedback import views as feedback
from app.supervision.feedback.home import home_items_of as feedback_at_home
from app.supervision.groups import views as groups
from app.supervision.groups.forms import FEWEST
from app.supervision.groups.queries import placements_to_meet
from app.supervision.home import home_items_of
from app.supervision.planning import views as planning
from app.supervision.planning.calendar_dates import planned_sessions_of
from app.supervision.planning.home import home_items_of as plans_at_home
from app.supervision.planning.queries import next_plans
from app.supervision.queries import placements_of_mentor, placements_stood_in
from app.web.access import Permission, requires, signed_in
from app.web.htmx import answer

blueprint.register_blueprint(planning.blueprint)
blueprint.register_blueprint(agreed.blueprint)
blueprint.register_blueprint(by_link.blueprint)
blueprint.register_blueprint(deputies.blueprint)
blueprint.register_blueprint(groups.blueprint)
blueprint.register_blueprint(contribution.blueprint)
blueprint.register_blueprint(feedback.blueprint)
HOME_SOURCES = (home_items_of, actions_at_home, deputies_at_home, feedback_at_home)
HOME_SOURCES_NOW = (plans_at_home,)
CALENDAR_SOURCES = (planned_sessions_of,)

__all__ = ["CALENDAR_SOURCES", "HOME_SOURCES", "HOME_SOURCES_NOW", "answer_views", "blueprint", "log_views"]


@blueprint.get("/my-learners")
@requires(Permission.SEE_LEARNERS)
def learners() -> Response:
    placements, day = placements_of_mentor(db.session(), signed_in()), today()
    sums = summaries(db.session(), [placement.id for placement in placements])
    return answer(
        "supervision/learners.html",
        running=[placement for placement in placements if placement.is_current_on(day)],
        over=[placement for placement in placements if not placement.is_current_on(day)],
        sums=sums,
        late={placement.id for placement in placements if needs_session(placement, sums[placement.id], day)},
        next_plans=next_plans(db.session(), signed_in(), day),
        can_meet_several=len(placements_to_meet(db.session(), signed_in(), day)) >= FEWEST,
        stood_in=placements_stood_in(db.session(), signed_in(), day),
        today=day,
    )
