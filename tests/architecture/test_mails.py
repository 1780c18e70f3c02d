"""The words of every mail stand in a module `mails`; whoever queues one says only to whom and when."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

REMINDS = "app/promises/reminding/instead.py"  # it is given the mail by whoever reminds


@pytest.fixture(scope="module")
def trees(our_files: list[Path], root: Path) -> dict[str, ast.Module]:
    """The syntax of each module of the service, by its path."""
    paths = [path for path in our_files if path.suffix == ".py" and path.is_relative_to(root / "app")]
    return {str(path.relative_to(root)): ast.parse(path.read_text()) for path in paths}


def test_only_what_a_module_mails_has_worded_is_queued(trees: dict[str, ast.Module]) -> None:
    queued = {path: list(mails_queued(tree)) for path, tree in trees.items() if path != REMINDS}
    assert any(queued.values())
    assert [
        path for path, found in queued.items() if not all(comes_from_mails(one, trees[path]) for one in found)
    ] == []


def test_every_mail_says_to_whom_it_goes(trees: dict[str, ast.Module]) -> None:
    mails = {f"{path}: {one.name}": ast.get_docstring(one) or "" for path, one in mails_worded(trees)}
    assert mails
    assert [name for name, docstring in mails.items() if not docstring.startswith("To ")] == []


def mails_queued(tree: ast.Module) -> Iterator[ast.expr]:
    """What stands in the place of the mail in each call of queue_message, or of what reminds."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
            ("queue_message", "remind_or_leave_to_digest")
        ):
            yield node.args[2]


def comes_from_mails(mail: ast.expr, tree: ast.Module) -> bool:
    """Whether it is a call of `mails`, or a name that is given nothing else in its module."""
    if isinstance(mail, ast.Name):
        given = [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and mail.id in map(ast.unparse, node.targets)
        ]
        return bool(given) and all(comes_from_mails(value, tree) for value in given)
    return isinstance(mail, ast.Call) and ast.unparse(mail.func).startswith(("mails.", "mails_of_"))


def mails_worded(trees: dict[str, ast.Module]) -> Iterator[tuple[str, ast.FunctionDef]]:
    for path, tree in trees.items():
        for node in tree.body if path.endswith("/mails.py") else ():
            if isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) == "Mail":
                yield path, node
