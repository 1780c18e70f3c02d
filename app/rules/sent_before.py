"""A form that was sent before, or a record that was changed meanwhile: the writer is asked, and nothing is lost."""

from app.language.refusal import Overtaken, Refused


class SentBefore(Refused):
    """The form has made a record already and now says something else; `counts` is False when that one was withdrawn."""

    def __init__(self, message: str, record_id: int, counts: bool) -> None:
        super().__init__(message)
        self.record_id = record_id
        self.counts = counts


class ChangedMeanwhile(Overtaken):
    """The record was corrected or withdrawn since its page was opened; `latest_id` is what counts now, if any."""

    def __init__(self, message: str, latest_id: int | None) -> None:
        super().__init__(message)
        self.latest_id = latest_id
