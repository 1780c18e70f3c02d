"""No page asks the database more often because there is more in it."""

from sqlalchemy import Engine

from app.models import Base
from benchmarks.full.database import fill
from benchmarks.full.sizes import Size
from benchmarks.pages import browser_of, counted, pages

FEW = Size("few", openings=96, requests=24, enrolments=24, log=600)
MORE = Size("more", openings=240, requests=72, enrolments=80, log=3_000)


def test_every_page_needs_as_many_queries_when_there_is_three_times_as_much(app, engine):
    few, more = (queries_of_pages(app, engine, size) for size in (FEW, MORE))
    assert {page: (few[page], more[page]) for page in few if few[page] != more[page]} == {}


def queries_of_pages(app, engine: Engine, size: Size) -> dict[tuple[str, str], int]:
    """The number of queries of every page, by its route and who asks, in a database of a size."""
    with app.app_context():
        fill(size)
    found = {}
    for page in pages(app, size):
        with counted(app) as statements:
            answer = browser_of(app, page.role).get(page.address)
            answer.get_data()
        assert answer.status_code < 500, page
        found[page.name, page.role.value if page.role else "anybody"] = len(statements)
    empty(engine)
    return found


def empty(engine: Engine) -> None:
    with engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
