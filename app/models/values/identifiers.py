"""The numbers that registries give to studies: how each is written, what looks odd, and where it can be read in public.

A format check says nothing of whether the study exists: only the registry knows that.
"""

import enum
import re
from collections.abc import Callable
from dataclasses import dataclass

from app.models.values.typed import compact


class Scheme(enum.Enum):
    """A register of studies that numbers its entries; the value is the name people use."""

    NCT = "NCT"
    ISRCTN = "ISRCTN"
    EUDRACT = "EudraCT"
    IRAS = "IRAS"
    CPMS = "CPMS"


class BadIdentifier(ValueError):
    """The text cannot be a number of that registry; the message is a sentence fit to show."""


@dataclass(frozen=True)
class _Form:
    """How a scheme writes its numbers: `must` refuses, `usual` only warns, `tidy` makes the stored text."""

    must: re.Pattern[str]
    usual: re.Pattern[str]
    wording: str
    tidy: Callable[[str], str]


_LINK = re.compile(
    r"HTTPS?://(?:[A-Z0-9-]+\.)*(?:CLINICALTRIALS\.GOV|ISRCTN\.COM)/[^?#]*?(NCT[0-9]+|ISRCTN[0-9]+)/?(?:[?#].*)?"
)


def _pasted(text: str) -> str:
    """What was typed, compact; a link is cut down to its number."""
    number = compact(text)
    link = _LINK.fullmatch(number)
    return link[1] if link else number


def _prefixed_isrctn(text: str) -> str:
    """ISRCTN's own exports leave the prefix out, so bare digits are taken too."""
    return "ISRCTN" + text if re.fullmatch("[0-9]+", text) else text


def _without_name(name: str) -> Callable[[str], str]:
    """Takes the registry's name off the front: "CPMS ID: 32539", "IRAS UK # 301255", "EudraCT-No.: 2004-..."."""
    label = re.compile(f"{name.upper()}[^0-9]*")
    return lambda text: label.sub("", text, count=1) if label.match(text) else text


def _whole_number(name: str) -> Callable[[str], str]:
    without_name = _without_name(name)
    return lambda text: without_name(text).lstrip("0")


def _hyphenated_eudract(text: str) -> str:
    number = _without_name("EudraCT")(text)
    digits = re.fullmatch("([0-9]{4})([0-9]{6})([0-9]{2})", number)
    return "-".join(digits.groups()) if digits else number


_DIGITS = re.compile("[0-9]{1,12}")
_FORMS = {
    Scheme.NCT: _Form(
        re.compile("NCT[0-9]{8}"),
        re.compile("NCT[0-9]{8}"),
        "NCT and eight digits, for example NCT01234567",
        lambda text: text,
    ),
    Scheme.ISRCTN: _Form(
        re.compile("ISRCTN[0-9]{1,20}"),
        re.compile("ISRCTN[0-9]{8}"),
        "ISRCTN and eight digits, for example ISRCTN12345678",
        _prefixed_isrctn,
    ),
    Scheme.EUDRACT: _Form(
        re.compile("[0-9]+(?:-[0-9]+)+"),
        re.compile("[0-9]{4}-[0-9]{6}-[0-9]{2}"),
        "four, six and two digits with hyphens, for example 2004-123456-12",
        _hyphenated_eudract,
    ),
    Scheme.IRAS: _Form(
        _DIGITS, re.compile("[0-9]{5,7}"), "five to seven digits, for example 123456", _whole_number("IRAS")
    ),
    Scheme.CPMS: _Form(
        _DIGITS, re.compile("[0-9]{4,6}"), "four to six digits, for example 12345", _whole_number("CPMS")
    ),
}
# The EU trials system numbers its entries 20yy-5nnnnn-nn(-nn): easily taken for EudraCT, which it replaced.
_EU_CT_NUMBER = re.compile("20[2-9][0-9]-5[0-9]{5}-[0-9]{2}(?:-[0-9]{2})?")


def normalise(scheme: Scheme, text: str) -> str:
    """The one way in which `text` is stored, so that the same number typed twice compares equal.

    Takes what people paste: lower case, spaces, the registry's name in front, a link to the public record.
    Raises BadIdentifier where rule S1 or S2 blocks, or where no number can be read. See `warnings` for the rest.
    """
    form = _FORMS[scheme]
    value = form.tidy(_pasted(text))
    if not value:
        raise BadIdentifier(f"Enter the {scheme.value} number: {form.wording}.")
    if not form.must.fullmatch(value):
        raise BadIdentifier(f"{scheme.value} numbers are {form.wording}. You gave “{_shown(text)}”.")
    return value


def warnings(scheme: Scheme, value: str) -> list[str]:
    """What looks odd in a normalised number without forbidding it (rules S2, S3 and S4); sentences fit to show."""
    form = _FORMS[scheme]
    if scheme is Scheme.EUDRACT and _EU_CT_NUMBER.fullmatch(value):
        return [f"{value} looks like an EU CT number, which is not the same as a EudraCT number."]
    if form.usual.fullmatch(value):
        return []
    return [f"{value} looks unusual: most {scheme.value} numbers are {form.wording}. Check it before you go on."]


def registry_link(scheme: Scheme, value: str) -> str | None:
    """The address of the public record of a normalised number; None where the registry shows none by number."""
    if scheme is Scheme.NCT:
        return f"https://clinicaltrials.gov/study/{value}"
    if scheme is Scheme.ISRCTN:
        return f"https://www.isrctn.com/{value}"
    return None


def _shown(text: str) -> str:
    """What was typed, short enough to repeat."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 40 else one_line[:39] + "…"
