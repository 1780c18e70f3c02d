"""Every search of the service says at its field that too much was typed, in a page or in a part of one alike."""

from pathlib import Path

from app.rules.search import TYPED_MAX
from tests.screen import shown
from tests.world import holders, routes

TOO_MUCH = "word " * 100
COMPLAINT = "Search for fewer words: 200 characters are the most. Yours has 499."
THE_ONE_FIELD = Path("components/search.html")
PAGES = {
    "admin.audit",
    "admin.list_people",
    "nominations.choose_study",
    "nominations.index",
    "oversight.index",
    "progress.learners",
    "rounds.openings",
    "rounds.questions.compose",
    "rounds.requests",
    "rounds.runs.proposals",
    "rounds.runs.unplaced",
    "studies.choose_study",
    "studies.index",
}
LISTS_TO_KEEP = {"oversight.download", "progress.download", "rounds.runs.download_proposals", "studies.download"}


def asked(world, endpoints):
    """The browser and address of each of these pages, for one who may see it."""
    for rule, _, permission in routes(world.app):
        if rule.endpoint in endpoints and permission:
            person_id = next(iter(holders(world.owners, permission).values()))
            yield world.browser_of(person_id), world.address_of(rule)


def test_there_is_one_field_to_search_with(app):
    folder = Path(app.jinja_loader.searchpath[0])
    found = {path.relative_to(folder) for path in folder.rglob("*.html") if 'type="search"' in path.read_text()}
    assert found == {THE_ONE_FIELD}


def test_each_search_says_at_its_field_that_too_much_was_typed(world):
    tried = 0
    for browser, address in asked(world, PAGES):
        answer = browser.get(address, query_string={"q": TOO_MUCH})
        assert answer.status_code == 422, address
        page = shown(answer)
        label, words = page.complaint
        assert words == COMPLAINT, address
        assert page.field(label).value == TOO_MUCH.strip(), address
        [field] = page.all("#q")
        assert field.attributes["maxlength"] == str(TYPED_MAX), address
        part = browser.get(address, query_string={"q": TOO_MUCH}, headers={"HX-Request": "true"})
        assert (part.status_code, part.headers["HX-Retarget"]) == (422, "body"), address
        tried += 1
    assert tried == len(PAGES)


def test_a_list_to_keep_is_refused_in_words(world):
    tried = 0
    for browser, address in asked(world, LISTS_TO_KEEP):
        answer = browser.get(address, query_string={"q": TOO_MUCH})
        assert answer.status_code == 422
        assert any(words.startswith("Search for fewer words") for words in shown(answer).paragraphs)
        tried += 1
    assert tried == len(LISTS_TO_KEEP)
