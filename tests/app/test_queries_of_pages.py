"""No page asks the database more often because there is more in it."""

from sqlalchemy import Engine

from app.models import Base
from benchmarks.full.database import count_rounds, fill
from benchmarks.full.sizes import Size
from benchmarks.pages import browser_of, counted, pages

# Both have more openings than a round counts while somebody waits, and more lines than stand on a page of any list.
FEW = Size("few", openings=216, requests=60, enrolments=240, log=1_200)
MORE = Size("more", openings=432, requests=180, enrolments=720, log=3_600)

QUERIES_A_PART = 10  # of a file, which is read 500 rows at a time: with MORE there is one part more than with FEW


def test_no_page_needs_more_queries_when_there_is_more_of_everything(app, engine):
    few, more = (queries_of_pages(app, engine, size) for size in (FEW, MORE))
    assert {page: status for page, (status, _) in few.items()} == {page: status for page, (status, _) in more.items()}
    grown = {page: more[page][1] - few[page][1] for page in few if few[page] < more[page]}
    assert {page: number for page, number in grown.items() if not page[0].endswith(".csv")} == {}
    assert all(number <= QUERIES_A_PART for number in grown.values()), grown


def queries_of_pages(app, engine: Engine, size: Size) -> dict[tuple[str, str], tuple[int, int]]:
    """The status and the number of queries of every page, by its route and who asks, in a database of a size."""
    with app.app_context():
        fill(size)
        count_rounds()
    found = {}
    for page in pages(app, size):
        browser = browser_of(app, page.role)
        with counted(app) as statements:
            status = browser.get(page.address).status_code
        assert status < 500, page
        found[page.name, page.role.value if page.role else "anybody"] = (status, len(statements))
    empty(engine)
    return found


def empty(engine: Engine) -> None:
    with engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
