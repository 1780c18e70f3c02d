"""Every page that a person of each role can reach by links, looked at closely, so that a new page needs no list."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from app.demo.playing.accounts import ACCOUNTS, address_of
from app.demo.playing.loading import PASSWORD
from app.demo.playing.staging import Play
from app.demo.world.build import build_world
from tests.journeys.conftest import BEGINNING, Arrives
from tests.journeys.live import Service, running_service
from tests.journeys.visitor import Visitor

LEARNERS = 40
PAGES_OF_A_KIND = 2
SIGNED_OUT = "nobody"


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service with months of the demo behind it: placements with records, a round solved and one open."""
    file = tmp_path_factory.mktemp("demo") / "rpe.sqlite3"
    with running_service(f"sqlite:///{file}", BEGINNING) as service:
        with service.app.test_request_context(base_url=service.address):
            Play(service.app, build_world(LEARNERS, today=BEGINNING), {}, lambda step: None).run()
        yield service


@pytest.mark.parametrize("account", [SIGNED_OUT, *ACCOUNTS])
def test_every_page_that_links_lead_to_is_sound(played: Service, arrives: Arrives, account: str) -> None:
    visitor = arrives(played)
    if account != SIGNED_OUT:
        visitor.signs_in(address_of(account), PASSWORD)
    faults = list(faults_on_the_way(visitor))
    assert not faults, "\n\n".join(faults)


def faults_on_the_way(visitor: Visitor) -> Iterator[str]:
    """Follow the links of this service from the home page on, and give what is wrong.

    The first page of each kind is looked at closely; the second must answer, and leads on as well.
    """
    waiting, known, seen = ["/"], {"/"}, Counter[str]()
    while waiting:
        path = waiting.pop(0)
        if seen[kind_of(path)] == PAGES_OF_A_KIND:
            continue
        seen[kind_of(path)] += 1
        answer = visitor.page.request.get(visitor.address + path)
        if answer.status != 200:
            yield f"{path} answers {answer.status}"
        elif answer.headers["content-type"].startswith("text/html"):
            if seen[kind_of(path)] == 1:
                visitor.opens(path)
                faults = visitor.faults()
                if faults:
                    yield "\n".join([path, *faults])
            new = [link for link in links_in(answer.text(), visitor.address, path) if link not in known]
            known.update(new)
            waiting += new


def links_in(text: str, address: str, path: str) -> list[str]:
    """The paths within this service that a page links to, each once."""
    links = [link.attributes["href"] or "" for link in LexborHTMLParser(text).css("a[href]")]
    found = [urldefrag(urljoin(address + path, link)).url for link in links]
    return list(dict.fromkeys(one.removeprefix(address) for one in found if one.startswith(f"{address}/")))


def kind_of(path: str) -> str:
    """What pages that differ only in their numbers have in common: /rounds/#/requests?page"""
    parts = urlsplit(path)
    return f"{re.sub(r'[0-9]+', '#', parts.path)}?{'&'.join(sorted(parse_qs(parts.query)))}"


def test_pages_that_say_no_are_sound_as_well(played: Service, arrives: Arrives) -> None:
    visitor = arrives(played)
    visitor.signs_in(address_of("learner"), PASSWORD)
    for path, heading in (("/nowhere", "Page not found"), ("/admin/people", "You do not have access")):
        with visitor.being_refused():
            visitor.opens(path)
        visitor.is_on(re.compile(heading, re.IGNORECASE))
