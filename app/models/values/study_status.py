"""Where a study stands, in the words of this system; each registry's own words are mapped onto these."""

import enum


class StudyStatus(enum.Enum):
    """The standing of a study as a whole."""

    IN_SETUP = "in set-up"
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED_TO_RECRUITMENT = "closed to recruitment"
    COMPLETED = "completed"
    STOPPED = "stopped early"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "not known"

    @property
    def can_take_learners(self) -> bool:
        """True while there is work in the study that a learner could join."""
        return self in (
            StudyStatus.IN_SETUP,
            StudyStatus.OPEN,
            StudyStatus.CLOSED_TO_RECRUITMENT,
            StudyStatus.UNKNOWN,
        )
