"""Turns the written experts into as many mentors as the demo needs, spread over the networks."""

from datetime import date, timedelta
from functools import cache
from random import Random

from app.demo.content.experts import Expert, experts
from app.demo.content.networks import networks
from app.demo.content.organisations import Care, organisation_in, organisations
from app.demo.content.scarcity import scarcity
from app.demo.world.names import NameBook
from app.demo.world.records import DemoMentor
from app.demo.world.shares import divide

# How many in a hundred mentors take so many learners.
_LEARNERS_MAX = {1: 50, 2: 37, 3: 13}


def make_mentors(count: int, random: Random, names: NameBook, first_start: date) -> tuple[DemoMentor, ...]:
    """So many mentors; the first is the one who alone takes therapists in the network of few professions."""
    placed = _spread(_experts(count, random), random)
    limits = random.sample(divide(count, _LEARNERS_MAX), count)
    return tuple(
        _mentor(number, *placed[number - 1], limits[number - 1], random, names, first_start)
        for number in range(1, count + 1)
    )


def _experts(count: int, random: Random) -> list[Expert]:
    """Everybody once before anybody twice, and the therapists' mentor in front."""
    therapists_mentor = scarcity().few_professions.therapists_mentor
    first = next(expert for expert in experts() if expert.job_title == therapists_mentor)
    chosen = [first]
    pool = [expert for expert in experts() if expert is not first]
    while len(chosen) < count:
        chosen.extend(random.sample(pool, min(len(pool), count - len(chosen))))
        pool = list(experts())
    return chosen


def _spread(people: list[Expert], random: Random) -> list[tuple[Expert, str]]:
    """A network for each: those who can be in few networks choose first."""
    free = divide(len(people), {network.name: network.mentors for network in networks()}, at_least_one=True)
    chosen = {0: scarcity().few_professions.network}
    free.remove(chosen[0])
    for index in sorted(range(1, len(people)), key=lambda i: len(_possible(people[i]))):
        fitting = [network for network in free if network in _possible(people[index])]
        network = random.choice(fitting or free)
        free.remove(network)
        chosen[index] = network
    return [(expert, chosen[index]) for index, expert in enumerate(people)]


@cache
def _possible(expert: Expert) -> frozenset[str]:
    """The networks where the expert's main specialty is open and an employer of the kind exists."""
    employers = {org.network for org in organisations() if org.care is expert.works_in}
    if expert.works_in in (Care.CHILDREN, Care.EYE):  # these work in general hospitals too
        employers |= {org.network for org in organisations() if org.care is Care.ACUTE}
    return scarcity().networks_open_to(expert.specialties[:1]) & employers


def _mentor(
    number: int,
    expert: Expert,
    network: str,
    learners_max: int,
    random: Random,
    names: NameBook,
    first_start: date,
) -> DemoMentor:
    name = names.name()
    return DemoMentor(
        key=f"M{number:04d}",
        name=name,
        email=names.email(name, "nhs"),
        profession=expert.profession,
        job_title=expert.job_title,
        organisation=organisation_in(network, expert.works_in, number).ods_code,
        network=network,
        specialties=expert.specialties,
        teaches=expert.teaches,
        learners_max=learners_max,
        hours_a_month=learners_max * random.choice((3, 4, 4, 5, 6)),
        absences=_absences(random, first_start) if random.random() < 0.12 else (),
    )


def _absences(random: Random, first_start: date) -> tuple[tuple[date, date], ...]:
    begins = first_start + timedelta(weeks=random.randrange(2, 30))
    return ((begins, begins + timedelta(days=random.choice((13, 20, 27)))),)
