"""What the tests of the conventions look at: who imports whom, and the files that git keeps or would keep."""

import subprocess
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]


def read_imports() -> grimp.ImportGraph:
    """Every import between our modules, and from them to other packages."""
    return grimp.build_graph("app", "matching", "migrations", include_external_packages=True, cache_dir=None)


@pytest.fixture(scope="session")
def imports() -> grimp.ImportGraph:
    return read_imports()


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def our_files() -> list[Path]:
    """Each file that is in git or is not ignored by it."""
    listed = subprocess.run(
        [
            "git",
            "-c",
            f"safe.directory={ROOT}",
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
        ],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
