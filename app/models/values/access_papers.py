"""Which paper lets somebody work at the organisation where a study runs: a table of two questions."""

import enum


class Employment(enum.Enum):
    """Who employs a learner, as seen from where the study runs."""

    HOST = "the organisation where the study runs"
    NHS = "another NHS organisation"
    OTHER = "a university or another employer"


class Paper(enum.Enum):
    """What the organisation gives, and by which form it is asked for."""

    NOTHING = "no paper"
    LETTER_BY_PROFORMA = "letter of access by proforma"
    LETTER_BY_PASSPORT = "letter of access by passport"
    CONTRACT_BY_PASSPORT = "honorary contract by passport"


def paper_for(employment: Employment | None, bears_on_care: bool | None) -> Paper | None:
    """The paper, or None while an answer that decides it is missing.

    Only for whoever is not employed by the NHS does it matter whether the work bears directly on the care of patients.
    """
    if employment is Employment.HOST:
        return Paper.NOTHING
    if employment is Employment.NHS:
        return Paper.LETTER_BY_PROFORMA
    if employment is None or bears_on_care is None:
        return None
    return Paper.CONTRACT_BY_PASSPORT if bears_on_care else Paper.LETTER_BY_PASSPORT
