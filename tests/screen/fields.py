"""The fields of a form, each by its label or, where several answer one question, by the question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from tests.screen.tree import ancestors, by_id
from tests.screen.words import words_of

PARTS_OF_DATE = ("-day", "-month", "-year", "-time")


@dataclass(frozen=True)
class Field:
    """A question with what stands in it; `choices` and `chosen` are the words beside its ticks or in its menu."""

    label: str
    name: str
    value: str
    hint: str
    error: str
    choices: tuple[str, ...]
    chosen: tuple[str, ...]
    ids: tuple[str, ...]


def fields_in(nodes: Sequence[LexborNode]) -> Iterator[Field]:
    """Every field, in the order of the page."""
    for node in nodes:
        for found in node.css("fieldset, label") if node.is_element_node else ():
            if found.tag == "fieldset":
                yield from of_fieldset(found)
            elif (control := control_of(found)) and not answers(found, control):
                yield field_of(words_of(found), control, [(found, control)])


def of_fieldset(fieldset: LexborNode) -> Iterator[Field]:
    """The question of a fieldset, unless it only keeps fields together that have labels of their own."""
    labels = [label for label in fieldset.css("label") if owner(label) == fieldset]
    pairs = [(label, control) for label in labels if (control := control_of(label)) and answers(label, control)]
    if pairs:
        yield field_of(words_of(*fieldset.css("legend")[:1]), fieldset, pairs)


def field_of(label: str, described: LexborNode, pairs: list[tuple[LexborNode, LexborNode]]) -> Field:
    """One field of its controls, each with the label beside it."""
    choices = [choice for pair in pairs for choice in choices_of(*pair)]
    chosen = tuple(words for words, is_chosen in choices if is_chosen)
    typed = " ".join(typed_in(control) for _, control in pairs).strip()
    controls = [control for _, control in pairs]
    name = controls[0].attributes.get("name") or "" if controls else ""
    ids = tuple(one.attributes.get("id") or "" for one in controls)
    hint, error = note(described, "hint"), note(described, "error-message").removeprefix("Error: ")
    return Field(label, name, ", ".join(chosen) or typed, hint, error, tuple(one for one, _ in choices), chosen, ids)


def choices_of(label: LexborNode, control: LexborNode) -> list[tuple[str, bool]]:
    if control.tag == "select":
        options = control.css("option")
        marked = [option for option in options if "selected" in option.attributes] or options[:1]
        return [(words_of(option), option in marked) for option in options]
    return [(words_of(label), "checked" in control.attributes)] if is_tick(control) else []


def typed_in(control: LexborNode) -> str:
    if control.tag == "textarea":
        return (control.text() or "").removeprefix("\n")
    return control.attributes.get("value") or "" if control.tag == "input" and not is_tick(control) else ""


def note(described: LexborNode, kind: str) -> str:
    """The hint or the error that describes a field."""
    ids = (described.attributes.get("aria-describedby") or "").split()
    notes = [found for id_ in ids if (found := by_id(described, id_))]
    return words_of(*(one for one in notes if f"nhsuk-{kind}" in (one.attributes.get("class") or "").split()))


def answers(label: LexborNode, control: LexborNode) -> bool:
    """Whether a label belongs to an answer of a fieldset's question: a tick, or a part of a date."""
    group = owner(label)
    is_part_of_date = (control.attributes.get("name") or "").endswith(PARTS_OF_DATE)
    return group is not None and group.tag == "fieldset" and (is_tick(control) or is_part_of_date)


def is_tick(control: LexborNode) -> bool:
    return control.attributes.get("type") in ("radio", "checkbox")


def owner(label: LexborNode) -> LexborNode | None:
    """The fieldset of a label; a further question that a radio opens stands by itself."""
    return next((node for node in ancestors(label) if is_group(node)), None)


def is_group(node: LexborNode) -> bool:
    return node.tag == "fieldset" or "__conditional" in (node.attributes.get("class") or "")


def control_of(label: LexborNode) -> LexborNode | None:
    return by_id(label, label.attributes.get("for") or "")
