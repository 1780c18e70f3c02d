"""Where somebody comes from: what she had done in research, and what kind of employer she has."""

import enum


class ResearchExperience(enum.Enum):
    """What somebody had done in research before."""

    NONE = "none so far"
    SUPPORTED = "helped with studies beside other work"
    TEAM = "worked in a research delivery team"
    LED = "was a co-investigator or led a study"
    NOT_SAID = "prefer not to say"

    @property
    def label(self) -> str:
        return self.value[0].upper() + self.value[1:]


class EmployerKind(enum.Enum):
    """What kind of employer somebody has."""

    HOSPITAL = "hospital or ambulance trust"
    COMMUNITY = "community or mental health trust"
    PRIMARY_CARE = "general practice or primary care"
    SOCIAL_CARE = "local authority or social care"
    UNIVERSITY = "university"
    INDEPENDENT = "charity, hospice or private provider"
    OTHER = "another employer, or self-employed"
    NOT_SAID = "prefer not to say"

    @property
    def label(self) -> str:
        return self.value[0].upper() + self.value[1:]
