"""What a university says of a version, written down as rows; the modules that stand there already are used again."""

from collections.abc import Iterator, Sequence
from itertools import count

from app.models.programmes import Module, PartModule, Programme, ProgrammeVersion, VersionPart
from app.rules.programmes.said import ModuleSaid, PartSaid, VersionSaid

WHITE_SPACE = " "


def write_facts(version: ProgrammeVersion, said: VersionSaid) -> None:
    """Everything of a version but its parts and cohorts; white space of any kind is one space, as in a file."""
    version.academic_year = said.academic_year
    version.is_title_to_confirm = said.is_title_to_confirm
    version.entry_rules = on_one_line(said.entry_rules)
    version.fees_address = said.fees_address
    version.bursaries = on_one_line(said.bursaries)
    version.prior_learning = said.prior_learning
    version.prior_learning_words = on_one_line(said.prior_learning_words)


def on_one_line(text: str) -> str:
    return WHITE_SPACE.join(text.split())


def write_parts(version: ProgrammeVersion, said: Sequence[PartSaid]) -> None:
    """Put parts in the place of those that stand there."""
    version.parts = [new_part(position, words) for position, words in enumerate(said, 1)]
    for part, words in zip(version.parts, said, strict=True):
        write_part(version.programme, part, words)


def new_part(position: int, said: PartSaid) -> VersionPart:
    """Whole but for its modules: it may be written before they are found."""
    return VersionPart(position=position, title=said.title, choose=said.choose, amount=said.amount)


def write_part(programme: Programme, part: VersionPart, said: PartSaid) -> None:
    part.title, part.choose, part.amount = said.title, said.choose, said.amount
    known = {line.module: line for line in part.lines}
    taken = {line.module for other in part.version.parts if other is not part for line in other.lines}
    lines = []
    for position, words in enumerate(said.modules, 1):
        module = module_for(programme, words, taken)
        taken.add(module)
        lines.append(line_for(known.get(module), module, words, position))
    part.lines = lines


def line_for(known: PartModule | None, module: Module, said: ModuleSaid, position: int) -> PartModule:
    line = known or PartModule(module=module)
    line.position, line.title = position, said.title
    line.is_title_to_confirm, line.are_credits_to_confirm = said.is_title_to_confirm, said.are_credits_to_confirm
    return line


def module_for(programme: Programme, said: ModuleSaid, taken: set[Module]) -> Module:
    """The module of that title, credits and kind; a new one where it is not there yet.

    Where another has its title, the title of the new one says what differs: a record that names the other means that.
    """
    by_title = {module.title: module for module in programme.modules}
    for title in titles_for(said):
        known = by_title.get(title)
        if known is None:
            module = Module(title=title, credits=said.credits, kind=said.kind, **like(by_title.get(said.title)))
            programme.modules.append(module)
            return module
        if known not in taken and (known.credits, known.kind) == (said.credits, said.kind):
            return known
    raise AssertionError("there is always another title")


def titles_for(said: ModuleSaid) -> Iterator[str]:
    yield said.title
    yield f"{said.title}, {said.credits} credits"
    yield f"{said.title}, {said.credits} credits, {said.kind.value}"
    yield from (f"{said.title}, {said.credits} credits, {said.kind.value} {number}" for number in count(2))


def like(other: Module | None) -> dict[str, int]:
    """What a module keeps that took the place of another."""
    return {"supervision_hours_a_month": other.supervision_hours_a_month} if other else {}
