"""What may and what may not be in the repository."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# An address of a package registry, or a path that exists only on the machine of one person.
PLACES = re.compile(
    r"registry\.npm|files\.pythonhosted|pypi\.org/simple|(?<![\w.:/*-])/(?:work|root|home/\w+|Users/\w+|private|opt/wheels)/",
    re.IGNORECASE,
)
THIRD_PARTY_SUFFIXES = (
    ".min.js",
    ".min.css",
    ".map",
    ".woff",
    ".woff2",
    ".ttf",
    ".eot",
    ".otf",
    ".whl",
    ".tgz",
)
LICENCE_BANNER = re.compile(r"@licen[cs]e|@preserve|\bCopyright\b|^/\*!", re.MULTILINE)
LOCKS = ("requirements.lock", "requirements-node.lock", "requirements-test.lock")


def test_no_file_names_a_registry_or_a_place_on_somebodys_machine(our_files: list[Path], root: Path) -> None:
    offenders = [
        f"{path.relative_to(root)}:{number}"
        for path in our_files
        for number, line in enumerate(path.read_bytes().decode(errors="replace").splitlines(), 1)
        if PLACES.search(line)
    ]
    assert offenders == []


def test_every_asset_in_git_is_our_own(our_files: list[Path], root: Path) -> None:
    assets = [path for path in our_files if path.suffix in {".css", ".js", ".html", ".svg"}]
    offenders = [path for path in our_files if path.name.endswith(THIRD_PARTY_SUFFIXES)]
    offenders += [path for path in assets if LICENCE_BANNER.search(path.read_text())]
    assert [str(path.relative_to(root)) for path in offenders] == []


def test_the_npm_lock_has_a_hash_and_no_address_for_every_package(root: Path) -> None:
    packages = json.loads((root / "package-lock.json").read_text())["packages"]
    fetched = {name: package for name, package in packages.items() if name}
    assert fetched
    assert [name for name, package in fetched.items() if "resolved" in package or "integrity" not in package] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_packages_and_hashes_and_nothing_else(name: str, root: Path) -> None:
    pattern = re.compile(r"[a-z0-9-]+==\S+( ; [^\\]+)?( \\)?|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [line for line in (root / name).read_text().splitlines() if not pattern.fullmatch(line)] == []


def test_the_checks_run_on_the_versions_that_the_service_runs_on(root: Path) -> None:
    assert pins(root / "requirements.lock").items() <= pins(root / "requirements-test.lock").items()


def test_the_locks_hold_what_the_project_asks_for(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    assert unmet([*project["project"]["dependencies"], *groups["build"]], root / "requirements.lock") == []
    assert unmet(groups["node"], root / "requirements-node.lock") == []
    assert unmet(groups["test"], root / "requirements-test.lock") == []


def pins(lock: Path) -> dict[str, str]:
    """The version of each package in a lock; the part of the line after the semicolon says where it applies."""
    return dict(line.rstrip(" \\").split("==", 1) for line in lock.read_text().splitlines() if not line.startswith(" "))


def unmet(wanted: list[str], lock: Path) -> list[str]:
    versions = {name: version.split(" ")[0] for name, version in pins(lock).items()}
    requirements = [Requirement(text) for text in wanted]
    return [
        str(requirement)
        for requirement in requirements
        if versions.get(canonicalize_name(requirement.name), "") not in requirement.specifier
    ]
