"""The engine's words are for its files and its commands; what people read on pages is worded by the service."""

from grimp import ImportGraph


def test_the_service_does_not_show_the_words_of_the_engine(imports: ImportGraph) -> None:
    readers = {top(module) for module in imports.find_modules_that_directly_import("matching.files.wording")}
    assert readers == {"matching"}


def test_the_checker_has_no_words_but_its_own(imports: ImportGraph) -> None:
    readers = imports.find_modules_that_directly_import("matching.files.wording")
    assert not [module for module in readers if module.startswith("matching.checker")]


def top(module: str) -> str:
    return module.partition(".")[0]
