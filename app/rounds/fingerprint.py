"""A short text that changes whenever anything changes that the problem or the figures of a round depend on.

It is read from the rows themselves, so that no deed, import or restored backup can forget to renew it (decision 0020).
Columns that no rule, score or advice reads are left out.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Date,
    Select,
    Text,
    bindparam,
    case,
    literal,
    select,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.functions import GenericFunction

from app.models.course.better_places import BetterPlace
from app.models.course.next_places import NextPlace
from app.models.organisations import Network, Specialty
from app.models.pairs.conflicts import Conflict
from app.models.people import LearnerProfile, MentorAbsence, MentorProfile, Person, Role, RoleGrant
from app.models.placements import Offer, OfferState, Placement
from app.models.programmes import Module, Programme
from app.models.requests import (
    ExcludedMentor,
    ExclusionAnswer,
    PlacementRequest,
    RankedOpening,
    RequestSpecialty,
    RequestState,
    request_networks,
)
from app.models.rounds import MatchRound
from app.models.runs import Pin, PinEvidence
from app.models.studies import Opening, OpeningLevel, OpeningProfession, OpeningState, Study, study_specialties

Part = Select[Any]
OWNERS: Any = bindparam("owner_ids", expanding=True)
TODAY: Any = bindparam("today", type_=Date)


def fingerprint_of(session: Session, round_: MatchRound, today: date) -> str:
    """The fingerprint of a round on a day; another day changes it only where the day makes a difference."""
    return fingerprints_of(session, [round_], today)[round_.id]


def fingerprints_of(
    session: Session, rounds: Sequence[MatchRound], today: date, *, with_texts: bool = True
) -> Mapping[int, str]:
    """The fingerprints of rounds by their ids, in three queries for all of them.

    Who may be placed where does not depend on texts and specialties: without them it takes half the time.
    """
    network_ids = sorted({network.id for round_ in rounds for network in round_.networks})
    of_rounds = digests_of(session, rounds_said(with_texts), [round_.id for round_ in rounds], today)
    of_networks = digests_of(session, networks_said(with_texts), network_ids, today)
    specialties = session.execute(select(Specialty.id, Specialty.name).order_by(Specialty.id)).all()
    return {
        round_.id: digest(
            round_.level.value,
            max(today, round_.offers_by),
            round_.published_at is None,
            of_rounds.get(round_.id),
            [(network.id, network.name, of_networks.get(network.id)) for network in round_.networks],
            specialties if with_texts else (),
        )
        for round_ in rounds
    }


def digest(*facts: object) -> str:
    """The facts as one short text; long texts are hashed as they are."""
    found = hashlib.blake2b(digest_size=16)
    for fact in facts:
        told = (fact if isinstance(fact, str) else repr(fact)).encode()
        found.update(b"%d:" % len(told))
        found.update(told)
    return found.hexdigest()


def digests_of(session: Session, said: CompoundSelect[Any], owner_ids: list[int], today: date) -> dict[int, list[str]]:
    """What the parts of a statement say of each owner."""
    found: dict[int, list[str]] = {}
    rows = session.execute(said, {"owner_ids": owner_ids, "today": today}).all()
    for owner_id, said_of_it, number in sorted(rows, key=lambda row: row[2]):
        found.setdefault(owner_id, []).append(digest(number, said_of_it))
    return found


@cache
def rounds_said(with_texts: bool) -> CompoundSelect[Any]:
    return numbered(parts_of_rounds(with_texts))


@cache
def networks_said(with_texts: bool) -> CompoundSelect[Any]:
    return numbered(parts_of_networks(with_texts))


def numbered(parts: Iterable[Part]) -> CompoundSelect[Any]:
    return union_all(*(part.add_columns(literal(number)) for number, part in enumerate(parts)))


def parts_of_rounds(with_texts: bool) -> Iterator[Part]:
    """What the submitted requests of rounds say, what else their learners hold, and the pins."""
    request, learner_id, other = PlacementRequest, PlacementRequest.learner_id, aliased(PlacementRequest)
    could_start = case((request.start_from > TODAY, request.start_from), else_=TODAY)

    def of_requests(*columns: Any) -> Part:
        every = lines(request.round_id, *columns)
        return every.where(request.round_id.in_(OWNERS), request.state == RequestState.SUBMITTED)

    asked = (
        request.asked_again_at,
        request.stopped_waiting_at,
        request.takes_any_other,
        request.start_from,
        could_start,
        request.start_until,
    )
    module = (Module.credits, Module.supervision_hours_a_month, Programme.level)
    yield (
        of_requests(request.id, *asked, Module.id, *module, Person.id, Person.is_active, LearnerProfile.profession)
        .join(Person, Person.id == learner_id)
        .outerjoin(LearnerProfile, LearnerProfile.person_id == learner_id)
        .outerjoin(Module, request.module_id == Module.id)
        .outerjoin(Programme, Module.programme_id == Programme.id)
    )
    yield (
        of_requests(request.id, Network.id, Network.name)
        .join(request_networks, request_networks.c.request_id == request.id)
        .join(Network, request_networks.c.network_id == Network.id)
    )
    ranked = RankedOpening
    yield of_requests(request.id, ranked.opening_id, ranked.position).join(ranked, ranked.request_id == request.id)
    grants = of_requests(RoleGrant.id, learner_id).join(RoleGrant, RoleGrant.person_id == learner_id)
    yield grants.where(RoleGrant.role == Role.LEARNER, RoleGrant.ended_at.is_(None))
    named = (ExcludedMentor.id, learner_id, ExcludedMentor.name, ExcludedMentor.email, ExcludedMentor.mentor_id)
    yield of_requests(*named).join(ExcludedMentor, ExcludedMentor.learner_id == learner_id)
    yield (
        of_requests(ExclusionAnswer.excluded_id, ExclusionAnswer.mentor_id, ExclusionAnswer.is_same)
        .join(ExcludedMentor, ExcludedMentor.learner_id == learner_id)
        .join(ExclusionAnswer, ExclusionAnswer.excluded_id == ExcludedMentor.id)
    )
    ruled_out = of_requests(Conflict.id, learner_id, Conflict.mentor_id).join(
        Conflict, Conflict.learner_id == learner_id
    )
    yield ruled_out.where(Conflict.excepted_at.is_(None))
    placed = of_requests(learner_id, Placement.id, Placement.opening_id)
    yield placed.join(Placement, Placement.learner_id == learner_id).where(Placement.is_current_on(TODAY))
    yield (
        of_requests(learner_id, Offer.id, Offer.request_id, Offer.opening_id, Offer.state)
        .join(other, other.learner_id == learner_id)
        .join(Offer, Offer.request_id == other.id)
        .where(Offer.state.in_((OfferState.ACCEPTED, OfferState.DECLINED, OfferState.WAITING)))
    )
    going_on = of_requests(learner_id, NextPlace.id, NextPlace.opening_id)
    yield (
        going_on.join(Placement, Placement.learner_id == learner_id)
        .join(NextPlace, NextPlace.placement_id == Placement.id)
        .where(NextPlace.is_open_on(TODAY))
    )
    moving_up = of_requests(learner_id, BetterPlace.id, BetterPlace.opening_id)
    yield (
        moving_up.join(other, other.learner_id == learner_id)
        .join(Offer, Offer.request_id == other.id)
        .join(BetterPlace, BetterPlace.offer_id == Offer.id)
        .where(BetterPlace.is_open_on(TODAY))
    )
    evidence = (Pin.needs_evidence, PinEvidence.pin_id)
    pins = lines(Pin.round_id, Pin.id, Pin.request_id, Pin.opening_id, Pin.kind, *evidence).outerjoin(Pin.evidence)
    yield pins.where(Pin.round_id.in_(OWNERS), Pin.lifted_at.is_(None))
    if with_texts:
        yield of_requests(request.id, request.interests)
        wished = of_requests(request.id, RequestSpecialty.specialty_id, RequestSpecialty.position)
        yield wished.join(RequestSpecialty, RequestSpecialty.request_id == request.id)


def parts_of_networks(with_texts: bool) -> Iterator[Part]:
    """What the openings of networks, their mentors and studies say, and what those are taken up by."""
    opening, taken, request = Opening, aliased(Opening), PlacementRequest

    def of_openings(*columns: Any) -> Part:
        every = lines(opening.network_id, *columns)
        return every.where(opening.network_id.in_(OWNERS), opening.state != OpeningState.WITHDRAWN)

    given = (opening.state, opening.places, opening.starts_on, opening.ends_on)
    mentor = (Person.id, Person.is_active, Person.name, Person.email)
    limits = (
        MentorProfile.learners_max,
        MentorProfile.hours_a_month,
        MentorProfile.minimum_if_used,
        MentorProfile.learner_minimum,
        Study.id,
        Study.status,
        Study.learner_limit,
        Study.learner_minimum,
        Study.minimum_if_used,
    )
    yield (
        of_openings(opening.id, *given, *mentor, *limits)
        .join(opening.mentor)
        .outerjoin(MentorProfile, MentorProfile.person_id == opening.mentor_id)
        .join(opening.study)
    )
    yield of_openings(opening.id, OpeningLevel.level).join(OpeningLevel, OpeningLevel.opening_id == opening.id)
    accepted = OpeningProfession
    yield of_openings(opening.id, accepted.profession).join(accepted, accepted.opening_id == opening.id)
    grants = of_openings(RoleGrant.id, RoleGrant.person_id).join(RoleGrant, RoleGrant.person_id == opening.mentor_id)
    yield grants.where(RoleGrant.role == Role.MENTOR, RoleGrant.ended_at.is_(None))
    away = MentorAbsence
    yield of_openings(away.mentor_id, away.starts_on, away.ends_on).join(away, away.mentor_id == opening.mentor_id)
    taken_up = (taken.id, taken.mentor_id, taken.study_id, Module.supervision_hours_a_month)
    for shared in (taken.mentor_id == opening.mentor_id, taken.study_id == opening.study_id):
        yield (
            of_openings(Placement.id, *taken_up)
            .join(taken, shared)
            .join(Placement, Placement.opening_id == taken.id)
            .join(Module, Placement.module_id == Module.id)
            .where(Placement.is_current_on(TODAY))
        )
        yield (
            of_openings(Offer.id, *taken_up)
            .join(taken, shared)
            .join(Offer, Offer.opening_id == taken.id)
            .join(request, Offer.request_id == request.id)
            .outerjoin(Module, request.module_id == Module.id)
            .where(Offer.is_open_on(TODAY))
        )
        yield (
            of_openings(NextPlace.id, *taken_up)
            .join(taken, shared)
            .join(NextPlace, NextPlace.opening_id == taken.id)
            .join(Placement, NextPlace.placement_id == Placement.id)
            .join(Module, Placement.module_id == Module.id)
            .where(NextPlace.is_open_on(TODAY))
        )
        yield (
            of_openings(BetterPlace.id, BetterPlace.offer_id, *taken_up)
            .join(taken, shared)
            .join(BetterPlace, BetterPlace.opening_id == taken.id)
            .join(Offer, BetterPlace.offer_id == Offer.id)
            .join(request, Offer.request_id == request.id)
            .outerjoin(Module, request.module_id == Module.id)
            .where(BetterPlace.is_open_on(TODAY))
        )
    if with_texts:
        said = (Study.short_title, Study.title, Study.summary, Study.conditions, opening.learner_does)
        profile = MentorProfile.person_id == opening.mentor_id
        yield (
            of_openings(opening.id, *said, MentorProfile.teaches).join(opening.study).outerjoin(MentorProfile, profile)
        )
        kinds = of_openings(study_specialties.c.study_id, study_specialties.c.specialty_id)
        yield kinds.join(study_specialties, study_specialties.c.study_id == opening.study_id)


class mixed(GenericFunction[str]):
    """The rows of a group as one text, which differs when any of their values does."""

    type = Text()
    inherit_cache = True


@compiles(mixed, "postgresql")
def sums_of_hashes(element: mixed, compiler: Any, **how: Any) -> str:
    """Hashed by the server, which then sends little; a sum is the same in whatever order the rows come."""
    row = f"ROW({compiler.process(element.clauses, **how)})::text"
    return f"concat(count(*), ' ', sum(hashtextextended({row}, 0)), ' ', sum(hashtextextended({row}, 1)))"


@compiles(mixed, "sqlite")
def all_rows(element: mixed, compiler: Any, **how: Any) -> str:
    """SQLite has no hash, and its rows are in this process already; they come in the same order until one changes."""
    return f"group_concat(json_array({compiler.process(element.clauses, **how)}), char(10))"


def lines(owner: Any, *columns: Any) -> Part:
    """The rows of these columns of each owner as one text; of a row, quoted, nobody can take it for another."""
    return select(owner, mixed(*columns)).group_by(owner)
