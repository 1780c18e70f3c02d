"""Turns the written personas into as many learners as the demo needs, each with a request."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from app.demo.content.networks import network_named
from app.demo.content.organisations import organisation_in
from app.demo.content.personas import Persona, Practice
from app.demo.content.phrases import phrases
from app.demo.content.scarcity import scarcity
from app.demo.world.casting import Part, cast
from app.demo.world.names import NameBook
from app.demo.world.records import DemoExclusion, DemoLearner, DemoMentor, Trouble
from app.demo.world.registers import Register
from app.models.programmes import Level
from app.models.requests import ExclusionKind
from app.models.values.registration import Regulator

_TIED_HOME = (Trouble.NO_OPENING, Trouble.LINE_MANAGER, Trouble.PROFESSION)


class LearnerMaker:
    """Makes one learner after the other; what was given out before decides what comes next."""

    def __init__(self, mentors: Sequence[DemoMentor], random: Random, names: NameBook, first_start: date) -> None:
        self._mentors = mentors
        self._random = random
        self._names = names
        self._first_start = first_start
        self._register = Register()
        self._seen: set[str] = set()

    def learners(self, count: int) -> tuple[DemoLearner, ...]:
        """So many learners with their requests; their lists of openings are still empty."""
        parts = cast(count, self._random)
        return tuple(self._learner(number, part) for number, part in enumerate(parts, start=1))

    def _learner(self, number: int, part: Part) -> DemoLearner:
        persona = part.persona
        name = self._names.name()
        regulator, registration_number = self._registration(persona)
        organisation, employer = _employer(persona, part.home, number)
        networks = self._networks(part)
        start_from, start_until = self._window(part.trouble)
        return DemoLearner(
            key=f"L{number:04d}",
            name=name,
            email=self._names.email(name, "nhs"),
            profession=persona.profession,
            regulator=regulator,
            registration_number=registration_number,
            job_title=persona.job_title,
            organisation=organisation,
            employer=employer,
            networks=networks,
            programme=part.programme,
            level=part.level,
            specialties=persona.specialties,
            words=self._words(persona),
            start_from=start_from,
            start_until=start_until,
            exclusions=self._exclusions(part.trouble, organisation, networks),
            trouble=part.trouble,
        )

    def _registration(self, persona: Persona) -> tuple[Regulator | None, str]:
        """The number is optional, so a quarter leave it out."""
        if not persona.profession.regulators:
            return None, ""
        if self._random.random() < 0.25:
            return persona.profession.regulators[0], ""
        return self._register.next_number(persona.profession)

    def _networks(self, part: Part) -> tuple[str, ...]:
        if part.trouble in _TIED_HOME:
            return (part.home,)
        no_pgcert = scarcity().no_pgcert
        if part.home == no_pgcert.network and part.level is Level.PGCERT:
            return (part.home, no_pgcert.reaches)
        neighbours = network_named(part.home).neighbours
        more = self._random.choices((0, 1, 2), weights=(32, 46, 22))[0]
        return (part.home, *self._random.sample(neighbours, min(more, len(neighbours))))

    def _window(self, trouble: Trouble | None) -> tuple[date, date]:
        if trouble is Trouble.TOO_EARLY:
            return self._first_start - timedelta(weeks=8), self._first_start - timedelta(weeks=5)
        late = 66 if trouble is Trouble.TOO_LATE else self._random.choice((0, 0, 0, 2, 4, 8))
        start_from = self._first_start + timedelta(weeks=late)
        return start_from, start_from + timedelta(weeks=self._random.randrange(6, 15))

    def _words(self, persona: Persona) -> str:
        """Somebody with the same job says something of their own at the end."""
        is_repeat = persona.words in self._seen
        self._seen.add(persona.words)
        if not is_repeat and (self._random.random() < 0.5 or _sentences(persona.words) > 2):
            return persona.words
        return f"{persona.words} {self._random.choice(phrases().aims)}"

    def _exclusions(
        self, trouble: Trouble | None, organisation: str, networks: tuple[str, ...]
    ) -> tuple[DemoExclusion, ...]:
        if trouble is Trouble.LINE_MANAGER:
            return (self._exclusion(self._mentors[0], ExclusionKind.LINE_MANAGER, phrases().managed),)
        found = {}
        colleagues = [mentor for mentor in self._mentors if mentor.organisation == organisation]
        if colleagues and self._random.random() < 0.18:
            manager = self._random.choice(colleagues)
            found[manager.key] = self._exclusion(manager, ExclusionKind.LINE_MANAGER, phrases().managed)
        within_reach = [mentor for mentor in self._mentors if mentor.network in networks]
        if within_reach and self._random.random() < 0.05:
            other = self._random.choice(within_reach)
            found.setdefault(other.key, self._exclusion(other, ExclusionKind.CONFLICT, phrases().conflicts))
        return tuple(found.values())

    def _exclusion(self, mentor: DemoMentor, kind: ExclusionKind, reasons: tuple[str, ...]) -> DemoExclusion:
        return DemoExclusion(mentor.key, kind, self._random.choice(reasons))


def _employer(persona: Persona, home: str, turn: int) -> tuple[str, str]:
    """The ODS code, empty for an invented employer, and the name."""
    if isinstance(persona.works_in, Practice):
        return "", f"{network_named(home).practice} {persona.works_in.value} (demo)"
    organisation = organisation_in(home, persona.works_in, turn)
    return organisation.ods_code, organisation.name


def _sentences(text: str) -> int:
    return sum(text.count(mark) for mark in ".?!")
