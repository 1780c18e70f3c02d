"""The picture in the documentation shows the imports of today."""

from grimp import ImportGraph

from tests.architecture import picture


def test_the_picture_is_drawn_from_the_imports_of_today(imports: ImportGraph) -> None:
    """When this fails: `python -m tests.architecture.picture`, and look at it."""
    assert picture.FILE.read_text() == picture.draw(imports)


def test_an_arrow_that_follows_from_others_is_left_out() -> None:
    assert picture.without_shortcuts({("a", "b"), ("b", "c"), ("a", "c")}) == {("a", "b"), ("b", "c")}
