"""What the check of a version found, as sentences."""

from app.language.numbers import count, listed, plural
from app.models.programmes import CREDITS_A_LEVEL, Choose, Level
from app.rules.programmes.check import HOURS_A_LEVEL, Checked, Fault, Found, Note
from app.rules.programmes.said import PartSaid

NAMED_AT_MOST = 8
USUAL = {
    Level.PGCERT: "one Research Practice Experience and two or three online modules",
    Level.PGDIP: "one Research Practice Experience and two online modules",
    Level.MSC: "one dissertation and nothing else",
}


def result_in_words(checked: Checked) -> str:
    """What the check came to, in one sentence."""
    if checked.is_proved:
        return f"{every_way(checked.ways)} {CREDITS_A_LEVEL} credits and {HOURS_A_LEVEL} hours."
    if not checked.ways:
        return "Nobody can complete this version as it stands."
    return f"Not every way through this version is a level of {CREDITS_A_LEVEL} credits and {HOURS_A_LEVEL} hours."


def every_way(ways: int) -> str:
    if ways == 1:
        return "The one way through this version reaches"
    return f"Each of the {ways:,} ways through this version reaches"


def found_in_words(level: Level, checked: Checked, found: Found) -> str:
    """What is wrong or unusual, of how many ways, and an example of one."""
    if found.what is Fault.NO_MODULES:
        return "It has no modules yet. Add the part with the compulsory modules first."
    if found.what is Note.CREDIT_STEP:
        verb = plural(found.number, "has", "have")
        return f"{titles(found)} {verb} credits that are not a multiple of five. Check that they are right."
    if found.part is not None:
        return f"In “{found.part.title}” nobody can choose {what_is_asked(found.part)}. {what_there_is(found.part)}"
    return f"{which_ways(checked, found)} {what_of_ways(level, found)}{example_of(found)}"


def which_ways(checked: Checked, found: Found) -> str:
    if checked.ways == 1:
        return "The one way through it"
    return f"{found.number:,} of the {checked.ways:,} ways"


def what_of_ways(level: Level, found: Found) -> str:
    one = found.number == 1
    has = "has" if one else "have"
    if found.what is Fault.CREDITS:
        total = found.total
        need = f"a level needs {CREDITS_A_LEVEL} and {HOURS_A_LEVEL}"
        return f"{'reaches' if one else 'reach'} {total.credits} credits and {total.hours:,} hours; {need}"
    if found.what is Fault.PRACTICE:
        return f"{has} no single Research Practice Experience; a {level.value} has just one"
    if found.what is Fault.DISSERTATION:
        return f"{has} no single dissertation; a {level.value} has just one"
    return f"{has} other modules than is usual: a {level.value} of the Framework has {USUAL[level]}"


def example_of(found: Found) -> str:
    return f": {titles(found)}." if found.number == 1 else f". One of them: {titles(found)}."


def titles(found: Found) -> str:
    """The modules of an example, not more than a reader takes in."""
    names = [f"{module.title} ({module.credits})" for module in found.example]
    rest = len(names) - NAMED_AT_MOST
    shown = names if rest <= 1 else [*names[:NAMED_AT_MOST], count(rest, "more module")]
    return listed(shown) if shown else "no modules"


def what_is_asked(part: PartSaid) -> str:
    """What a part asks for, as it follows “choose”."""
    if part.choose is Choose.NUMBER:
        return count(part.amount, "module")
    if part.choose is Choose.CREDITS:
        return f"exactly {count(part.amount, 'credit')}"
    return "all of them"


def what_there_is(part: PartSaid) -> str:
    if part.choose is Choose.NUMBER:
        return f"It has {count(len(part.modules), 'module')}: add modules, or ask for fewer."
    return "No modules in it add up to that: add one with the credits that are missing, or ask for other credits."


def part_in_words(part: PartSaid) -> str:
    """What learners do with a part: Everybody takes it. Choose 1 of 3."""
    if part.choose is Choose.ALL:
        return "Everybody takes all of them." if len(part.modules) > 1 else "Everybody takes it."
    if part.choose is Choose.NUMBER:
        return f"Choose {part.amount} of {len(part.modules)}."
    return f"Choose modules of {count(part.amount, 'credit')} together."
