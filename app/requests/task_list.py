"""The parts of a request in the order of its task list: which are done, which must wait, and what is still missing."""

from dataclasses import dataclass

from app.models.requests import PlacementRequest


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the task list; `endpoint` is the page where it is answered."""

    name: str
    endpoint: str
    is_done: bool
    can_start: bool = True
    hint: str = ""
    reaches_nothing: bool = False

    @property
    def status(self) -> str:
        """A part that is answered and leaves nothing that she could be given is not called done."""
        if not self.can_start:
            return "cannot start yet"
        if not self.is_done:
            return "not started"
        return "nothing fits yet" if self.reaches_nothing else "done"


def parts_of(request: PlacementRequest, fitting: int | None = None, still_listed: int | None = None) -> list[Part]:
    """Every part but the last, which is checking and sending.

    `fitting` is how many openings fit, and `still_listed` how many on the list do, where somebody has counted them.
    """
    ready = can_see_openings(request)
    is_list_over = bool(request.ranked) and still_listed == 0
    return [
        Part("About you", "requests.about", knows_learner(request)),
        Part("Programme and module", "requests.module", request.module is not None),
        Part("What interests you", "requests.interests", knows_interests(request)),
        Part(
            "Where and when",
            "requests.where",
            knows_where_and_when(request),
            reaches_nothing=ready and fitting == 0,
        ),
        Part(
            "People who must not be your mentor",
            "requests.exclusions",
            bool(request.excluded) or request.nobody_excluded,
        ),
        Part(
            "Openings that fit and your list",
            "requests.openings",
            ready and (bool(request.ranked) or request.takes_any_other is True),
            ready,
            "" if ready else "Answer the first four parts first.",
            reaches_nothing=is_list_over or fitting == 0,
        ),
        Part("Any other opening that fits", "requests.any_other", ready and request.takes_any_other is not None, ready),
    ]


def knows_learner(request: PlacementRequest) -> bool:
    profile = request.learner.learner_profile
    return bool(profile and profile.profession and (profile.employer_id or profile.employer_name))


def knows_interests(request: PlacementRequest) -> bool:
    return bool(request.interests or request.specialty_rows)


def knows_where_and_when(request: PlacementRequest) -> bool:
    return bool(request.networks and request.start_from and request.start_until)


def can_see_openings(request: PlacementRequest) -> bool:
    """True once enough is known to say which openings fit."""
    return (
        knows_learner(request)
        and request.module is not None
        and knows_interests(request)
        and knows_where_and_when(request)
    )


def is_complete(request: PlacementRequest) -> bool:
    return all(part.is_done for part in parts_of(request))
