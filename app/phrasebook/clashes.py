"""What keeps a run from having any solution, and what would help, said to the coordinator in people's names."""

from collections.abc import Iterator, Mapping, Sequence

from app.language.numbers import count
from matching import ClashItem, Infeasible, LimitKind, Release

Names = Mapping[str, str]


def clash_in_words(clash: Infeasible, names: Names) -> str:
    """What cannot hold together and what would help, one sentence a line; `names` are those of what the engine names.

    Numbers of learners and hours are what a run may still give: what is taken already has been left out of them.
    """
    return "\n".join(["These cannot all hold together:", *sentences(clash, names)])


def sentences(clash: Infeasible, names: Names) -> Iterator[str]:
    for item in clash.clash:
        yield f"{item_in_words(item, names)}."
    for releases in clash.remedies:
        yield remedy_in_words(releases, names)


def item_in_words(item: ClashItem, names: Names) -> str:
    """One part of the clash, without a full stop."""
    who, number = host_of(item, names), item.amount
    match item.kind:
        case LimitKind.PIN:
            return f"{names[item.of[1]]} is pinned to {who}{f' ({item.reason})' if item.reason else ''}"
        case LimitKind.CAPACITY:
            return f"{who} can take at most {count(number, 'more learner')}"
        case LimitKind.MINIMUM:
            return f"{who} must have at least {count(number, 'more learner')}"
        case LimitKind.MINIMUM_IF_USED:
            return f"{who} takes nobody or at least {count(number, 'more learner')}"
        case LimitKind.HOURS:
            return f"{who} has {count(number, 'hour')} a month left"


def remedy_in_words(releases: Sequence[Release], names: Names) -> str:
    """What would resolve the clash, in a sentence."""
    told = [release_in_words(one.item, one.amount, names) for one in releases]
    if len(told) == 1:
        return f"{told[0]}."
    return f"Together: {'; and '.join(one[0].lower() + one[1:] for one in told)}."


def release_in_words(item: ClashItem, amount: int, names: Names) -> str:
    """How one part of the clash would have to give way, without a full stop."""
    who = host_of(item, names)
    match item.kind:
        case LimitKind.PIN:
            return f"Lift the pin of {names[item.of[1]]} to {who}"
        case LimitKind.CAPACITY:
            return f"Let {who} take {count(amount, 'more learner')} instead of {item.amount}"
        case LimitKind.MINIMUM if not amount:
            return f"Let {who} do without a minimum"
        case LimitKind.MINIMUM:
            return f"Let {who} do with at least {count(amount, 'more learner')} instead of {item.amount}"
        case LimitKind.MINIMUM_IF_USED:
            return f"Let {who} start with {count(amount, 'more learner')} instead of {item.amount}"
        case LimitKind.HOURS:
            return f"Let {who} give {count(amount, 'hour')} a month instead of {item.amount}"


def host_of(item: ClashItem, names: Names) -> str:
    """Dr Busy, or “Falls at home”, or Dr Busy on “Falls at home”."""
    is_pin = item.kind is LimitKind.PIN
    return " on ".join(names[key] for key in item.of[2 if is_pin else 1 :])
