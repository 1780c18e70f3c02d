"""Every route, as everybody: signed out, without the permission, as a stranger and as the one whom it concerns."""

from itsdangerous import URLSafeSerializer

from app.web.access import ROLE_PERMISSIONS, Permission
from tests.screen import shown
from tests.world import REACH_EVERYWHERE, holders, is_scoped, routes

FROM_OUR_PAGE = {"Origin": "http://localhost"}
KEPT = (
    "Your session had ended. What you typed is kept on this page until 4 March 2026, midday, for you alone: sign in "
    "here to carry on."
)
TYPED = {"typed": "something that took an hour"}


def test_every_view_says_who_may_see_it(app):
    unmarked = [name for name, view in app.view_functions.items() if not hasattr(view, "access") and name != "static"]
    assert unmarked == []


def test_every_permission_is_asked_by_a_view_and_held_by_a_role(app):
    asked = {permission for _, _, permission in routes(app) if permission}
    assert set(Permission) - asked == set()
    held = set.union(*map(set, ROLE_PERMISSIONS.values())) | {Permission.USE_OWN_ACCOUNT}
    assert set(Permission) - held == set()


def test_every_parameter_of_a_route_has_a_record_in_the_world(app, world):
    asked = {name for rule, _, _ in routes(app) for name in rule.arguments}
    assert asked - world.values.keys() == set()


def test_whoever_is_not_signed_in_is_asked_to_and_keeps_what_was_typed(app, world):
    wrong = []
    mark = {"filled_by": URLSafeSerializer(app.secret_key, salt="filled by").dumps("1")}
    for rule, method, permission in routes(app):
        if permission is None:
            continue
        address = world.address_of(rule)
        answer = world.browser_of(None).open(address, method=method, data=TYPED | mark, headers=FROM_OUR_PAGE)
        if method == "GET":
            is_right = answer.status_code == 303 and answer.location.startswith("/sign-in?next=")
        else:
            is_right = answer.status_code == 401 and shown(answer).insets == [KEPT]
        if not is_right:
            wrong.append(f"{method} {address}: {answer.status}")
    assert wrong == []


def test_whoever_lacks_the_permission_gets_403_even_for_records_of_her_own(app, world):
    wrong = []
    for rule, method, permission in routes(app):
        if permission is None:
            continue
        address = world.address_of(rule)
        for role in world.owners.keys() - holders(world.owners, permission).keys():
            answer = world.browser_of(world.owners[role]).open(address, method=method, data=TYPED)
            if answer.status_code != 403:
                wrong.append(f"{method} {address} as {role.value}: {answer.status}")
    assert wrong == []


def test_a_stranger_with_the_permission_does_not_learn_that_the_record_exists(app, world):
    wrong = []
    for rule, method, permission in routes(app):
        if permission is None or not is_scoped(rule):
            continue
        address = world.address_of(rule)
        for role, stranger in holders(world.strangers, permission).items():
            if (permission, role) in REACH_EVERYWHERE:
                continue
            answer = world.browser_of(stranger).open(address, method=method, data=TYPED)
            if answer.status_code != 404:
                wrong.append(f"{method} {address} as another {role.value}: {answer.status}")
    assert wrong == []


def test_whom_it_concerns_is_let_in(app, world, engine):
    """Deeds are sent an empty form: it is answered, done or refused, but neither forbidden, unknown nor broken."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    wrong = []
    for rule, method, permission in routes(app):
        people = world.owners if permission is None else holders(world.owners, permission)
        for role, owner in people.items():
            answer = world.browser_of(owner).open(world.address_of(rule), method=method)
            if answer.status_code in (401, 403, 404, 405) or answer.status_code >= 500:
                wrong.append(f"{method} {world.address_of(rule)} as {role.value}: {answer.status}")
            if method == "POST" and answer.status_code < 400:
                world.restore(engine)
    app.config["PROPAGATE_EXCEPTIONS"] = None
    assert wrong == []
