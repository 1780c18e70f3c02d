"""The limits of learners on a study, at the most and at the least: who may set them, and who is told.

They count over all openings wherever they are, so they belong to whoever hosts the study: the coordinators of networks
in which it has an opening that is not withdrawn. Each of them may set them, and the others and the mentors hear of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.language.numbers import count
from app.language.refusal import Refused
from app.models.people import Person
from app.models.studies import Opening, OpeningState, Study
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.consequences import refuse_to_crowd_out
from app.rules.coordinators import coordinators_of_networks
from app.studies import mails


@dataclass(frozen=True)
class Limits:
    """The learners of a study: at most (None is no limit), what a round must give it, and how many it starts with.

    0 is no minimum.
    """

    learner_limit: int | None
    learner_minimum: int = 0
    minimum_if_used: int = 0

    @classmethod
    def of(cls, study: Study) -> "Limits":
        return cls(study.learner_limit, study.learner_minimum, study.minimum_if_used)

    def check(self) -> None:
        """Raise Refused where more learners are needed than may be there."""
        most = self.learner_limit
        for field in ("minimum_if_used", "learner_minimum"):
            fewest = getattr(self, field)
            if most is not None and fewest > most:
                raise Refused(
                    f"The study takes at most {most} at once, so {fewest} can never be there. Raise the most, or lower "
                    "this number.",
                    field,
                )


def limit_study(session: Session, actor: Person, occasion: Occasion, study: Study, limits: Limits) -> None:
    """Let a study take so many learners at once over all its openings. Who is there stays, whatever the numbers.

    Raises Refused for a coordinator of elsewhere, for more learners at the least than at the most, and where offers
    that wait would no longer have room.
    """
    if not may_limit(session, actor, study):
        raise Refused(
            "Only coordinators of a network in which the study has an opening can limit it. Ask one of them.",
            "learner_limit",
        )
    limits.check()
    before = Limits.of(study)
    study.learner_limit, study.learner_minimum = limits.learner_limit, limits.learner_minimum
    study.minimum_if_used = limits.minimum_if_used
    refuse_to_crowd_out(session, occasion.today, "learner_limit", Opening.study_id == study.id)
    record(
        session,
        actor,
        "limited the learners of a study",
        study,
        now=occasion.now,
        name=study.name,
        before=in_words(before),
        after=in_words(limits),
    )
    for reader in concerned(session, study) if before != limits else ():
        if reader is not actor:
            mail = mails.limits_changed(reader, study, actor, in_words(before), in_words(limits), occasion.home)
            queue_message(session, reader.email, mail, occasion.now)


def in_words(limits: Limits) -> str:
    """For instance "3 learners at most, nobody or at least 2"."""
    most = limits.learner_limit
    said = ["any number of learners" if most is None else f"{count(most, 'learner')} at most"]
    if limits.minimum_if_used:
        said.append(f"nobody or at least {limits.minimum_if_used}")
    if limits.learner_minimum:
        said.append(f"at least {limits.learner_minimum} from a round")
    return ", ".join(said)


def may_limit(session: Session, person: Person, study: Study) -> bool:
    """True for a coordinator of a network in which the study has an opening that is not withdrawn."""
    return not person.network_ids().isdisjoint(one.network_id for one in live_openings(session, study))


def concerned(session: Session, study: Study) -> list[Person]:
    """The mentors of the study's openings and the coordinators of their networks, each once."""
    openings = live_openings(session, study)
    coordinators = coordinators_of_networks(session, {one.network_id for one in openings})
    mentors = [one.mentor for one in openings if one.mentor.is_active]
    return list({person.id: person for person in [*mentors, *coordinators]}.values())


def live_openings(session: Session, study: Study) -> Sequence[Opening]:
    is_live = Opening.state != OpeningState.WITHDRAWN
    hosted = select(Opening).where(Opening.study_id == study.id, is_live).order_by(Opening.id)
    return session.scalars(hosted.options(joinedload(Opening.mentor))).all()
