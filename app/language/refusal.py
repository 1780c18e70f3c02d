"""A rule says no, in words fit to show to the person who asked."""


class Refused(Exception):
    """The deed is not allowed as things stand; the message says what is wrong and what to do next.

    `field` names the form field that the message belongs to, if there is one.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Overtaken(Refused):
    """Somebody else was faster; shown with status 409."""
