"""Each mail is of a kind that says whether it can wait, and reminders go only where no digest says the same."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.promises.reminding.kinds import KINDS, Kind


@pytest.fixture(scope="module")
def trees(our_files: list[Path], root: Path) -> dict[str, ast.Module]:
    """The syntax of each module of the service, by its name."""
    paths = [path.relative_to(root) for path in our_files if path.suffix == ".py"]
    return {
        ".".join(path.with_suffix("").parts): ast.parse((root / path).read_text())
        for path in paths
        if path.parts[0] == "app"
    }


def test_every_mail_that_is_worded_is_of_a_kind_and_no_other(trees: dict[str, ast.Module]) -> None:
    worded = {
        f"{module}.{node.name}"
        for module, tree in trees.items()
        for node in (tree.body if module.endswith(".mails") else ())
        if isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) == "Mail"
    }
    assert worded == KINDS.keys()


def test_reminders_and_nothing_else_are_left_to_digests(trees: dict[str, ast.Module]) -> None:
    reminders = {name for name, kind in KINDS.items() if kind is Kind.REMINDER}
    left_to_digests = set(queued_by("remind_or_leave_to_digest", trees))
    assert left_to_digests == reminders
    assert set(queued_by("queue_message", trees)) & reminders == set()


def queued_by(way: str, trees: dict[str, ast.Module]) -> Iterator[str]:
    """The mails that are handed to a function, by the name of what words them."""
    for tree in trees.values():
        words = module_of_mails(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == way and len(node.args) > 2 and words:
                yield from (f"{words}.{name}" for name in names_of(node.args[2], enclosing(node, tree)))


def module_of_mails(tree: ast.Module) -> str:
    """From where a module has its `mails`."""
    found = [
        f"{node.module}.mails"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and "mails" in {one.name for one in node.names}
    ]
    return found[0] if found else ""


def enclosing(call: ast.Call, tree: ast.Module) -> ast.AST:
    """The function in which a call stands."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return next((one for one in functions if call in ast.walk(one)), tree)


def names_of(mail: ast.expr, within: ast.AST) -> list[str]:
    """The functions that word it: it is a call of `mails`, or a name that is given such calls."""
    if isinstance(mail, ast.Name):
        return [
            name
            for node in ast.walk(within)
            if isinstance(node, ast.Assign) and mail.id in map(ast.unparse, node.targets)
            for name in names_of(node.value, within)
        ]
    if isinstance(mail, ast.Call) and ast.unparse(mail.func).startswith("mails."):
        return [ast.unparse(mail.func).removeprefix("mails.")]
    return []
