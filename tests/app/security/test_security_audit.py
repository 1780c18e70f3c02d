"""Every deed that changes something leaves a line in the audit trail."""

from tests.pages import Page
from tests.world import holders, routes

CHANGES = ("INSERT INTO ", "UPDATE ", "DELETE FROM ")
NO_DEED = ("audit_lines", "messages", "sent_forms", "jobs", "tallies")


def changed_tables(statements):
    """The tables that a request wrote to."""
    for statement in statements:
        for start in CHANGES:
            if statement.startswith(start):
                yield statement.removeprefix(start).split()[0].strip('"(')


def forms_of(world):
    """Every form that is posted on a page of somebody whom it concerns; each address once."""
    sent = set()
    for rule, method, permission in routes(world.app):
        people = world.owners if permission is None else holders(world.owners, permission)
        for person_id in people.values() if method == "GET" else ():
            browser, address = world.browser_of(person_id), world.address_of(rule)
            answer = browser.get(address)
            forms = Page(address, answer.text).forms if answer.mimetype == "text/html" else []
            for form in forms:
                if form.method.lower() == "post" and not form.has_file and form.action not in sent:
                    sent.add(form.action)
                    yield browser, form


def test_every_deed_leaves_an_audit_line(world, engine, queries):
    done, silent = set(), set()
    for browser, form in forms_of(world):
        with queries() as statements:
            answer = browser.post(form.action, data=form.fields)
        changed = set(changed_tables(statements))
        if answer.status_code < 400 and changed - set(NO_DEED):
            done.add(form.action)
            if "audit_lines" not in changed:
                silent.add(f"{form.action} changed {', '.join(sorted(changed))}")
        if changed:
            world.restore(engine)
    assert silent == set()
    assert len(done) > 15, f"only {len(done)} deeds were done: {sorted(done)}"
