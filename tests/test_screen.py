"""The reader of pages finds what a person would see, and says what there is when something is missing."""

import pytest

from tests.screen import Screen

PAGE = """<!DOCTYPE html><html><head><title>Your job – Placements</title><script>var Hidden = 1</script></head><body>
<header><nav aria-label="Menu"><ul><li><a href="/rounds">Rounds</a></li></ul></nav></header>
<main>
<div class="nhsuk-notification-banner"><h2>Done</h2>
<div class="nhsuk-notification-banner__content"><p>Saved.</p></div></div>
<div class="nhsuk-error-summary"><h2>There is a problem</h2><ul><li><a href="#job">Enter your job</a></li>
<li><a href="#day-day">Enter the day</a></li><li><a href="#job">Use words</a></li>
<li><a href="#why">Use words</a></li><li>Something else</li></ul></div>
<h1><span>Spring 2026</span> Your job</h1>
<p>It <strong>counts</strong>, <span class="nhsuk-tag">Open</span>.<br>Always.</p><p hidden>Unseen</p>
<form method="post" action="/job"><input type="hidden" name="token" value="secret">
<label for="job">Your job title</label><span id="job-hint" class="nhsuk-hint">As on your badge</span>
<span id="job-error" class="nhsuk-error-message"><span>Error:</span> Enter your job</span>
<input id="job" name="job_title" value="Nurse" aria-describedby="job-hint job-error">
<fieldset><legend>Which day?</legend><label for="day-day">Day</label><input id="day-day" name="day-day" value="3">
<label for="day-month">Month</label><input id="day-month" name="day-month" value="2"></fieldset>
<fieldset><legend>How?</legend>
<input type="radio" name="how" id="how" value="1"><label for="how">By video</label>
<div class="nhsuk-radios__conditional"><label for="why">Why?</label><textarea id="why" name="why">
Snow &amp; ice</textarea></div>
<input type="radio" name="how" id="how-2" value="2" checked><label for="how-2">In person</label></fieldset>
<fieldset><legend>Places</legend><label for="first">First</label>
<select id="first" name="first"><option>Leeds<option selected>Derby</select>
<label for="second">Second</label><select id="second" name="second"><option>Leeds<option>Derby</select></fieldset>
<button type="submit" aria-hidden="true">Early</button><button>Save</button></form>
<h2>Answers</h2>
<dl><div><dt>Network</dt><dd>North West</dd><dd><a href="/where">Change<span> networks</span></a></dd></div></dl>
<h3>Rounds</h3>
<table><caption>Runs</caption><thead><tr><th>Run</th><th>State</th></tr></thead>
<tbody><tr><th><a href="/1">Run&nbsp;1</a></th><td>solved</td></tr>
<tr><th>Run 2</th><td>failed</td></tr></tbody></table>
<h2>More</h2><ul><li>One thing <button>Remove</button></li><li>Another <button>Remove</button></li></ul>
<a href="/1">Again</a> <a href="/2">Again</a>
</main></body></html>"""


@pytest.fixture(scope="module")
def page():
    return Screen(PAGE)


def test_the_head_and_the_messages_of_a_page(page):
    assert (page.title, page.heading, page.banner) == ("Your job – Placements", "Spring 2026 Your job", "Saved.")
    assert page.errors == {
        "Enter your job": "Your job title",
        "Enter the day": "Which day?",
        "Use words": "Your job title, Why?",
        "Something else": "",
    }
    assert page.tags == ["Open"]


def test_the_one_thing_that_is_wrong_with_a_form_is_said_twice():
    top = '<div class="nhsuk-error-summary"><ul><li><a href="#job">{}</a></li></ul></div>'
    field = (
        '<label for="job">Job</label><p id="e" class="nhsuk-error-message">Enter it</p>'
        '<input id="job" aria-describedby="e">'
    )
    assert Screen(top.format("Enter it") + field).complaint == ("Job", "Enter it")
    for page in (Screen(top.format("Enter another") + field), Screen(field)):
        with pytest.raises(AssertionError):
            page.complaint  # noqa: B018


def test_what_takes_the_focus_and_where_an_error_leads():
    page = Screen(
        '<div class="nhsuk-error-summary"><ul><li><a href="#list">Too many</a></li></ul></div>'
        '<section id="list" data-focus><h2>My list</h2></section>'
    )
    assert (page.errors, page.focused) == ({"Too many": "My list"}, ["list"])


def test_text_is_what_can_be_seen_with_single_spaces(page):
    assert "It counts, Open. Always." in page.paragraphs
    assert page.says("Run 1 solved Run 2")
    for unseen in ("Hidden", "Unseen", "secret", "Nurse", "Early", "job_title"):
        assert not page.says(unseen)


def test_a_field_is_found_by_its_label_or_its_question(page):
    job = page.field("Your job title")
    assert (job.value, job.hint, job.error) == ("Nurse", "As on your badge", "Enter your job")
    assert page.field("Which day?").value == "3 2"
    how = page.field("How?")
    assert (how.value, how.choices, how.chosen) == ("In person", ("By video", "In person"), ("In person",))
    assert page.field("Why?").value == "Snow & ice"
    assert (page.field("First").value, page.field("Second").value) == ("Derby", "Leeds")
    assert page.fields == ["Your job title", "Which day?", "How?", "Why?", "First", "Second"]


def test_rows_and_cells_go_by_their_names(page):
    assert page.rows == ["Network", "Run 1", "Run 2"]
    assert page.row("Network").value == "North West"
    assert page.row("Network").link("Change networks") == "/where"
    assert page.table("Runs").row("Run 2")["State"] == "failed"


def test_a_section_ends_where_the_next_of_its_kind_begins(page):
    assert page.section("Answers").rows == ["Network", "Run 1", "Run 2"]
    assert page.section("Rounds").rows == ["Run 1", "Run 2"]
    assert page.section("More").items == ["One thing Remove", "Another Remove"]


def test_links_buttons_and_lines(page):
    assert page.link("Run 1") == "/1"
    assert page.nav("Menu").link("Rounds") == "/rounds"
    assert "Rounds" not in page.links
    assert (page.button("Save").action, page.button("Save").method) == ("/job", "post")
    assert page.item("Another").buttons == ["Remove"]


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (lambda page: page.link("Openings"), "no such thing is on the page.*“Run 1”"),
        (lambda page: page.link("Again"), "2 are on the page"),
        (lambda page: page.button("Remove"), "2 are on the page"),
        (lambda page: page.row("Networks"), "“Network”"),
        (lambda page: page.row("Run 2")["Stage"], "“State”"),
        (lambda page: page.field("Job"), "“Your job title”"),
        (lambda page: page.section("Run"), "“Answers”"),
        (lambda page: page.item("thing that is not"), "“Another Remove”"),
        (lambda page: Screen("<h1>One</h1><h1>Two</h1>").heading, "one heading"),
    ],
)
def test_what_is_not_there_or_there_twice_fails_and_says_what_there_is(page, ask, answer):
    with pytest.raises(AssertionError, match="(?s)" + answer):
        ask(page)


def test_a_part_that_a_browser_swaps_in_is_read_in_the_same_way():
    part = Screen('<p id="count">2 openings</p><ul><li>One</li><li>Two</li></ul>')
    assert (part.headings, part.items, part.part("count").text) == ([], ["One", "Two"], "2 openings")
