"""What everybody sees: the start page with the pathways, the account, and the list of what needs doing."""

from app.models.people import Role
from app.models.programmes import Level


def test_the_start_page_says_for_whom_and_shows_the_pathways(client, build, session):
    build.programme(build.provider("University of Somewhere"), Level.PGDIP)
    session.commit()
    page = client.get("/").text
    assert "For health and care professionals" in page
    row = page.partition("University of Somewhere")[2].partition("</tr>")[0]
    for part in ("PGDip", "Research Practice Experience, 15 credits", "60", "600"):
        assert part in row


def test_the_start_page_does_without_pathways_where_there_are_none(client):
    assert "The pathways" not in client.get("/").text


def test_queries_of_the_start_page_do_not_grow_with_the_programmes(client, build, session, queries):
    def count():
        session.commit()
        with queries() as statements:
            assert client.get("/").status_code == 200
        return len(statements)

    build.programme()
    few = count()
    for _ in range(5):
        build.programme()
    assert count() == few


def test_somebody_without_a_role_is_told_who_gives_it(sign_in, build):
    browser = sign_in(build.person())
    assert "The administrator of this service gives you one" in browser.get("/").text
    assert "None yet" in browser.get("/account").text


def test_somebody_with_several_roles_has_one_home_and_one_menu(sign_in, build):
    person = build.mentor()
    build.grant(person, Role.ADMINISTRATOR)
    page = sign_in(person).get("/").text
    assert page.count("What needs doing now</h1>") == 1
    assert "/admin/people" in page
    assert "/openings" in page


def test_an_address_that_is_nothing_says_what_to_do(client):
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "Page not found" in answer.text
    assert "Check the address" in answer.text
    part = client.get("/nowhere", headers={"HX-Request": "true"})
    assert part.status_code == 404
    assert "<html" not in part.text


def test_a_page_that_breaks_says_so_in_plain_words_even_without_a_database(app, client, monkeypatch):
    def broken(*given, **named):
        raise RuntimeError("the disk is full")

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.view_functions, "home.privacy", broken)
    assert "Something went wrong here" in client.get("/privacy").text
    monkeypatch.setattr("app.web.errors.answer", broken)
    answer = client.get("/privacy")
    assert answer.status_code == 500
    assert answer.text == ("Something went wrong here. It was noted and nothing was saved. Try again in a few minutes.")
