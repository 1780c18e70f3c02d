"""The prohibitions that carry the design: which of our modules may not import which."""

from grimp import ImportGraph

WEB_FILES = {
    "app",
    "app.web.access",
    "app.web.addresses",
    "app.cli",
    "app.platform.clock",
    "app.platform.db",
    "app.web.errors",
    "app.web.fields",
    "app.web.htmx",
    "app.platform.jobs",
    "app.platform.mailing",
    "app.web.rendering",
    "app.web.security",
    "app.serving",
    "app.sign_in.kept_form",
    "app.sign_in.session",
}
WEB_LAYERS = {"views", "forms", "jobs", "commands"}
WEB_PACKAGES = ("flask", "werkzeug", "wtforms", "htmx_flask", "gunicorn")
JOINERS = {"app", "app.cli", "app.demo"}


def test_matching_imports_nothing_of_ours(imports: ImportGraph) -> None:
    reached = {found for module in part_of("matching", imports) for found in imports.find_upstream_modules(module)}
    assert {module for module in reached if top(module) in {"app", "migrations", "tests"}} == set()


def test_nothing_below_the_views_imports_the_web(imports: ImportGraph) -> None:
    offenders = {
        f"{module} imports {package}"
        for module in part_of("app", imports)
        for package in imports.find_modules_directly_imported_by(module)
        if package.startswith(WEB_PACKAGES) and not is_web(module) and not is_joiner(module)
    }
    assert offenders == set()


def test_nothing_below_the_views_imports_a_web_file(imports: ImportGraph) -> None:
    """A rule gets the session, the actor and the day; it could not be tried at a kitchen table if it asked for them."""
    offenders = {
        f"{module} imports {found}"
        for module in part_of("app", imports)
        for found in imports.find_modules_directly_imported_by(module)
        if top(found) == "app" and is_web(found) and not is_web(module) and not is_joiner(module)
    }
    assert offenders == set()


def test_features_never_import_each_other(imports: ImportGraph) -> None:
    features = features_of(imports)
    offenders = {
        f"{module} imports {found}"
        for module in part_of("app", imports)
        for found in imports.find_modules_directly_imported_by(module)
        if feature(module) in features and feature(found) in features and feature(module) != feature(found)
    }
    assert offenders == set()


def test_what_the_features_share_knows_no_feature(imports: ImportGraph) -> None:
    features = features_of(imports)
    offenders = {
        f"{module} imports {found}"
        for module in part_of("app", imports)
        for found in imports.find_modules_directly_imported_by(module)
        if feature(module) not in features and feature(found) in features and not is_joiner(module)
    }
    assert offenders == set()


def test_the_database_changes_know_only_the_models(imports: ImportGraph) -> None:
    offenders = {
        f"{module} imports {found}"
        for module in part_of("migrations", imports)
        for found in imports.find_modules_directly_imported_by(module)
        if top(found) in {"app", "matching"} and feature(found) != "app.models"
    }
    assert offenders == set()


def part_of(package: str, imports: ImportGraph) -> set[str]:
    return {package} | imports.find_descendants(package)


def top(module: str) -> str:
    return module.partition(".")[0]


def feature(module: str) -> str:
    """The folder in app that a module belongs to: app.hours for app.hours.views."""
    return ".".join(module.split(".")[:2])


def features_of(imports: ImportGraph) -> set[str]:
    """The folders that show pages."""
    return {package for package in imports.find_children("app") if f"{package}.views" in imports.modules}


def is_web(module: str) -> bool:
    return module in WEB_FILES or module.rpartition(".")[2].rpartition("_")[2] in WEB_LAYERS


def is_joiner(module: str) -> bool:
    """True for the few modules whose work is to bring the features together."""
    return feature(module) in JOINERS
