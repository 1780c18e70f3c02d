"""The layers that carry the design: what may import what, and no circle anywhere."""

from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from grimp import ImportGraph

from app.cli import PARTS
from tests.architecture import layers

WEB_FILES = {
    "app",
    "app.cli",
    "app.platform.clock",
    "app.platform.db",
    "app.platform.jobs",
    "app.platform.looking",
    "app.platform.mailing",
    "app.platform.tallies",
    "app.platform.worker",
    "app.serving.beside",
    "app.serving.server",
    "app.serving.texts",
    "app.serving.whole_requests",
    "app.sign_in.about_service",
    "app.sign_in.guessing",
    "app.sign_in.kept_form",
    "app.sign_in.places",
    "app.sign_in.session",
}
# They stand where pages stand or are called like them, and know as little of a request as a rule does.
NO_WEB_FILES = {
    "app.web.paging",
    "app.web.spreadsheet",
    "app.web.delivery.workbook",
    "app.models.operations.jobs",
    "app.phrasebook.jobs",
}
WEB_LAYERS = {"views", "forms", "jobs", "commands"}
WEB_PACKAGES = ("flask", "werkzeug", "wtforms", "htmx_flask", "gunicorn")
JOINERS = {"app", "app.cli", "app.demo"}
MODULES_IN_A_FOLDER = 15
FOR_THE_SERVICE = {"matching", "matching.cli", "matching.interest"}


def test_matching_imports_nothing_of_ours(imports: ImportGraph) -> None:
    reached = {found for module in part_of("matching", imports) for found in imports.find_upstream_modules(module)}
    assert {module for module in reached if top(module) in {"app", "migrations", "tests"}} == set()


def test_the_folders_of_matching_import_downwards_only(imports: ImportGraph) -> None:
    assert upward_imports("matching", layers.MATCHING, imports) == []


def test_the_service_knows_only_what_matching_offers(imports: ImportGraph) -> None:
    used = {found for module in part_of("app", imports) for found in directly(module, imports)}
    used |= {part.place.partition(":")[0] for part in PARTS.values()}
    assert {module for module in used if top(module) == "matching"} == FOR_THE_SERVICE


def test_each_folder_of_matching_has_a_layer(imports: ImportGraph) -> None:
    rooms = {short(child) for child in imports.find_children("matching")}
    assert rooms == set().union(*layers.MATCHING) - {layers.API}


def test_the_checker_shares_no_code_with_what_it_checks(imports: ImportGraph) -> None:
    """Only the shape of a problem and of a solution, their files and what makes a problem well formed."""
    reached = {found for module in part_of("matching.checker", imports) for found in directly(module, imports)}
    ours = {module for module in reached if top(module) == "matching" and not module.startswith("matching.checker")}
    assert {".".join(module.split(".")[:2]) for module in ours} <= {
        "matching.errors",
        "matching.files",
        "matching.model",
        "matching.problem",
        "matching.solution",
    }
    assert {module for module in ours if module.startswith("matching.model")} <= {
        "matching.model.pair_table",
        "matching.model.validation",
    }


def test_the_folders_of_the_service_import_downwards_only(imports: ImportGraph) -> None:
    order = layers.with_features(layers.APP, {short(feature) for feature in features_of(imports)})
    assert upward_imports("app", order, imports) == []
    assert {short(child) for child in imports.find_children("app")} == set().union(*order)


@pytest.mark.parametrize("package", ["app", "matching"])
def test_no_module_and_no_folder_is_in_a_circle_with_its_neighbours(package: str, imports: ImportGraph) -> None:
    """Imports for types only count too: a reader follows them all the same."""
    assert [circle for folder in folders_in(package, imports) if (circle := circle_in(folder, imports))] == []


@pytest.mark.parametrize("package", ["app", "matching", "tests", "benchmarks"])
def test_no_folder_is_so_full_that_its_names_say_little(package: str, root: Path, our_files: list[Path]) -> None:
    modules: dict[str, int] = {}
    for path in our_files:
        if path.suffix == ".py" and path.name != "__init__.py" and path.relative_to(root).parts[0] == package:
            folder = str(path.parent.relative_to(root))
            modules[folder] = modules.get(folder, 0) + 1
    assert modules
    assert {folder: count for folder, count in modules.items() if count > MODULES_IN_A_FOLDER} == {}


def test_nothing_below_the_views_imports_the_web(imports: ImportGraph) -> None:
    offenders = {
        f"{module} imports {package}"
        for module in part_of("app", imports)
        for package in directly(module, imports)
        if package.startswith(WEB_PACKAGES) and not is_web(module) and not is_joiner(module)
    }
    assert offenders == set()


def test_nothing_below_the_views_imports_a_web_file(imports: ImportGraph) -> None:
    """A rule gets the session, the actor and the day; it could not be tried at a kitchen table if it asked for them."""
    offenders = {
        f"{module} imports {found}"
        for module in part_of("app", imports)
        for found in directly(module, imports)
        if top(found) == "app" and is_web(found) and not is_web(module) and not is_joiner(module)
    }
    assert offenders == set()


def test_features_never_import_each_other(imports: ImportGraph) -> None:
    features = features_of(imports)
    offenders = {
        f"{module} imports {found}"
        for module in part_of("app", imports)
        for found in directly(module, imports)
        if feature(module) in features and feature(found) in features and feature(module) != feature(found)
    }
    assert offenders == set()


def test_the_database_changes_know_only_the_models(imports: ImportGraph) -> None:
    offenders = {
        f"{module} imports {found}"
        for module in part_of("migrations", imports)
        for found in directly(module, imports)
        if top(found) in {"app", "matching"} and feature(found) != "app.models"
    }
    assert offenders == set()


def upward_imports(package: str, order: layers.Layers, imports: ImportGraph) -> list[str]:
    """Imports from a layer into one above it, or into a neighbour on the same line."""
    height = {name: at for at, layer in enumerate(order) for name in layer}
    return sorted(
        f"{module} imports {found}"
        for module in part_of(package, imports) - {package}
        for found in directly(module, imports)
        if top(found) == package and found != package
        for here, there in [(module.split(".")[1], found.split(".")[1])]
        if here != there and here in height and there in height and height[there] <= height[here]
    )


def circle_in(folder: str, imports: ImportGraph) -> list[str]:
    """A circle among what stands side by side in a folder, each with all that is in it; empty where there is none."""
    children = sorted(imports.find_children(folder))
    needs = {
        one: [
            other
            for other in children
            if other != one and imports.direct_import_exists(importer=one, imported=other, as_packages=True)
        ]
        for one in children
    }
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as circle:
        return list(circle.args[1])
    return []


def folders_in(package: str, imports: ImportGraph) -> list[str]:
    return sorted(module for module in part_of(package, imports) if imports.find_children(module))


def part_of(package: str, imports: ImportGraph) -> set[str]:
    return {package} | imports.find_descendants(package)


def directly(module: str, imports: ImportGraph) -> set[str]:
    return imports.find_modules_directly_imported_by(module)


def top(module: str) -> str:
    return module.partition(".")[0]


def short(module: str) -> str:
    return module.rpartition(".")[2]


def feature(module: str) -> str:
    """The folder in app that a module belongs to: app.hours for app.hours.views."""
    return ".".join(module.split(".")[:2])


def features_of(imports: ImportGraph) -> set[str]:
    """The folders that show pages."""
    return {package for package in imports.find_children("app") if f"{package}.views" in imports.modules}


def is_web(module: str) -> bool:
    if module in NO_WEB_FILES:
        return False
    if feature(module) == "app.web" or module in WEB_FILES:
        return True
    return module.rpartition(".")[2].rpartition("_")[2] in WEB_LAYERS


def is_joiner(module: str) -> bool:
    """True for the few modules whose work is to bring the features together."""
    return feature(module) in JOINERS
