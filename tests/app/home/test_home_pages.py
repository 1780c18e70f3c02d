"""What everybody sees: the start page, the account, and the list of what needs doing."""

from app.models.people import Role
from tests.screen import shown


def test_the_start_page_says_for_whom_and_leads_to_the_pathways(client):
    page = shown(client.get("/"))
    assert page.heading == "Find your place in a clinical study"
    assert page.paragraphs[0].startswith("For health and care professionals who study for the Clinician Researcher")
    assert (page.link("Sign in"), page.link("The pathways")) == ("/sign-in", "/pathways")
    assert page.headings[1:] == [
        "Where you can study",
        "Who it is for",
        "Learners",
        "Mentors",
        "Network coordinators",
        "Universities",
    ]


def test_somebody_without_a_role_is_told_who_gives_it(sign_in, build):
    browser = sign_in(build.person())
    assert shown(browser.get("/")).paragraphs == [
        "Nothing waits for you today. When something does, it stands here.",
        "Your account has no role yet. The administrator of this service gives you one.",
    ]
    roles = shown(browser.get("/account")).row("Roles")
    assert roles.value == "None yet: the administrator of this service gives you one."


def test_the_account_names_each_role_and_where_it_reaches(sign_in, build):
    person = build.coordinator(build.network("North West"))
    build.grant(person, Role.PROGRAMME_LEAD, provider=build.provider("University of Somewhere"))
    build.grant(person, Role.LEARNER).ended_at = build.now
    page = shown(sign_in(person).get("/account"))
    assert page.row("Name").value == person.name
    assert page.row("Email address").value == person.email
    assert page.row("Roles").value == "Coordinator, North West Programme lead, University of Somewhere"


def test_somebody_with_several_roles_has_one_home_and_one_menu(sign_in, build):
    person = build.mentor()
    build.grant(person, Role.ADMINISTRATOR)
    page = shown(sign_in(person).get("/"))
    assert page.heading == "What needs doing now"
    menu = page.nav("Menu")
    assert (menu.link("People"), menu.link("Openings")) == ("/admin/people", "/openings")
    assert menu.links == [
        "Home",
        "My learners",
        "Programmes",
        "Evaluation",
        "Bursaries",
        "Openings",
        "Studies",
        "Import",
        "People",
        "Before a start",
        "Updates",
        "Email",
        "Jobs",
        "Audit",
    ]


def test_an_address_that_is_nothing_says_what_to_do(client):
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    page = shown(answer)
    advice = "Check the address. If somebody sent it to you, the page may not be yours to see: ask them."
    assert (page.heading, page.paragraphs[0]) == ("Page not found", advice)
    assert page.link("Go to the start page") == "/"
    answer = client.get("/nowhere", headers={"HX-Request": "true"})
    part = shown(answer)
    assert (answer.status_code, part.title) == (404, "")
    assert part.insets == [f"Page not found. {advice}"]


def test_a_page_that_breaks_says_so_in_plain_words_even_without_a_database(app, client, monkeypatch):
    def broken(*given, **named):
        raise RuntimeError("the disk is full")

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.view_functions, "home.privacy", broken)
    assert shown(client.get("/privacy")).heading == "Something went wrong here"
    monkeypatch.setattr("app.web.errors.answer", broken)
    answer = client.get("/privacy")
    assert answer.status_code == 500
    assert answer.text == ("Something went wrong here. It was noted and nothing was saved. Try again in a few minutes.")
