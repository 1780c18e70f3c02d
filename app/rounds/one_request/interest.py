"""The index of the texts of a round's openings, kept in the process for as long as none of them changes."""

from sqlalchemy.orm import Session

from app.models.organisations import Specialty
from app.models.people import MentorProfile
from app.models.rounds import MatchRound
from app.models.studies import Opening, Study, study_specialties
from app.rounds.fingerprint import digest, lines
from app.rounds.openings import openings_of
from app.rules.fit import index_of_texts
from app.rules.plain.texts import texts_in
from matching.interest import InterestIndex

INDEXES_MAX = 8  # of rounds that are looked at in turn


def index_of_round(session: Session, round_: MatchRound) -> InterestIndex:
    """The index that a run of the round uses; two queries ask whether a text has changed, without reading any."""
    said = (Opening.id, Opening.learner_does, MentorProfile.teaches)
    of_study = (Study.short_title, Study.title, Study.summary, Study.conditions)
    here = openings_of(round_).with_only_columns(Opening.id)
    texts = (
        lines(Opening.network_id, *said, *of_study)
        .join(Opening.study)
        .outerjoin(MentorProfile, MentorProfile.person_id == Opening.mentor_id)
        .where(Opening.id.in_(here))
    )
    kinds = (
        lines(Opening.network_id, Opening.id, Specialty.id, Specialty.name)
        .join(study_specialties, study_specialties.c.study_id == Opening.study_id)
        .join(Specialty)
        .where(Opening.id.in_(here))
    )
    told = [sorted(session.execute(part).all()) for part in (texts, kinds)]
    return INDEXES.of(session, round_, digest(*(text for rows in told for row in rows for text in row)))


class Indexes:
    """The indexes of the last few rounds by the digests of their texts."""

    def __init__(self) -> None:
        self.known: dict[str, InterestIndex] = {}

    def of(self, session: Session, round_: MatchRound, texts_digest: str) -> InterestIndex:
        if texts_digest not in self.known:
            while len(self.known) >= INDEXES_MAX:
                self.known.pop(next(iter(self.known)), None)
            here = [network.id for network in round_.networks]
            self.known[texts_digest] = index_of_texts(texts_in(session, here, round_.level))
        return self.known[texts_digest]


INDEXES = Indexes()
