"""Rows of what is read or asked by many: publications, dossiers, reviews, questions, updates and surveys."""

import zlib

from app.language.dates_and_times import day_of
from app.models.evaluation.askings import Asking, Survey
from app.models.evaluation.figures import PublishedFigures
from app.models.evaluation.replies import Agreement, FreeWords, Reply, Wording, WordsStanding
from app.models.operations.public_questions import PublicQuestion, QuestionStanding, Topic
from app.models.people import Role
from app.models.programmes import Level
from app.models.public.updates import (
    PublicUpdate,
    Subscriber,
    SubscriberTopic,
    UpdateRegistration,
    UpdateStanding,
    UpdateTopic,
)
from app.models.publications import Dossier, DossierPage, Publication
from app.models.reviews import Review, ReviewState
from app.rules.evaluation.kept import FAIR_SHARES
from benchmarks.full.people import Rows
from benchmarks.full.sizes import CAST, NOW, PUBLISHED_ROUND, SHOWN_AT, TODAY, Size, days

YEAR = 2025  # in which the walk takes place


def publications(size: Size) -> Rows:
    yield {"id": 1, "round_id": PUBLISHED_ROUND, "run_id": 1, "published_at": NOW - days(85)}


def dossiers(size: Size) -> Rows:
    """Its numbers are few however large the round was."""
    quality = {"learners": size.placements, "placed": size.placements, "not_placed": 0, "by_rank": []}
    file = {"sha256": "none", "number_of_bytes": 1, "content": zlib.compress(b"-")}
    shares = {"by": {}, "fewest_learners_shown": 5}
    yield {"publication_id": 1, "made_at": NOW - days(85), "quality": quality, "shares": shares, **file}


def pages(size: Size) -> Rows:
    by = {"shown_at": NOW - days(84), "shown_by_id": CAST[Role.COORDINATOR]}
    yield {"id": 1, "round_id": PUBLISHED_ROUND, "address": SHOWN_AT, **by}


def reviews(size: Size) -> Rows:
    """One learner in four asked for one; the first is of the learner who walks, the second was left to the office."""
    asked = [size.of_cast + 2, *(size.requests + n for n in range(1, size.placements + 1, 4))]
    of_round = {"publication_id": 1, "round_id": PUBLISHED_ROUND, "words": "Why?"}
    dates = {"asked_at": NOW - days(80), "due_on": day_of(NOW - days(66))}
    for id_, request_id in enumerate(asked, 1):
        by = CAST[Role.ADMINISTRATOR] if id_ == 2 else None
        state = ReviewState.STANDS if by else ReviewState.ASKED
        answered = {"state": state, "answered_by_id": by, "answered_at": NOW - days(70) if by else None}
        yield {"id": id_, "request_id": request_id, **of_round, **dates, **answered}


def questions(size: Size) -> Rows:
    """One in ten waits, the others are published."""
    for id_ in range(1, size.enrolments // 10 + 1):
        waits = id_ % 10 == 1
        words = {"words": f"Question {id_}?", "words_digest": str(id_), "shown": f"Question {id_}?", "folded": str(id_)}
        state = QuestionStanding.WAITING if waits else QuestionStanding.PUBLISHED
        by = {"answered_by_id": None if waits else CAST[Role.ADMINISTRATOR], "answered_at": None if waits else NOW}
        about = {"topic": Topic.OTHER, "asked_at": NOW - days(9), "answer": "Yes."}
        yield {"id": id_, "state": state, **about, **words, **by}


def updates(size: Size) -> Rows:
    """One in a hundred is a draft, the first among them; the others are sent."""
    for id_ in range(1, size.enrolments // 20 + 1):
        is_draft = id_ % 100 == 1
        sent = {"state": UpdateStanding.SENT, "sent_at": NOW - days(2), "reached": 7}
        standing = {"state": UpdateStanding.DRAFT, "sent_at": None, "reached": None} if is_draft else sent
        said = {"topic": UpdateTopic.ROUNDS, "subject": f"Update {id_}", "words": "A round opens."}
        by = {"written_at": NOW - days(3), "written_by_id": CAST[Role.ADMINISTRATOR]}
        yield {"id": id_, **said, **standing, **by}


def subscribers(size: Size) -> Rows:
    for id_ in range(1, size.enrolments + 1):
        yield {"id": id_, "email": f"reader{id_}@nowhere.example", "mark": id_, "confirmed_at": NOW - days(5)}


def their_topics(size: Size) -> Rows:
    for id_ in range(1, size.enrolments + 1):
        yield {"subscriber_id": id_, "topic": UpdateTopic.ROUNDS}


def registrations(size: Size) -> Rows:
    for id_ in range(1, size.enrolments // 50 + 1):
        times = {"asked_at": NOW, "expires_at": NOW + days(7)}
        yield {"id": id_, "email": f"new{id_}@nowhere.example", "topics": [], "secret_digest": str(id_), **times}


def askings(size: Size) -> Rows:
    """One learner in two was asked about a placement; the first two are the learner and the mentor who walk."""
    dates = {"asked_on": TODAY, "until_on": TODAY + days(56), "is_settled": False, "year": YEAR}
    of = {"enrolment_id": 1, "level": Level.PGCERT, "provider_id": 1, **dates}
    yield {"id": 1, "survey": Survey.PLACEMENT, "person_id": CAST[Role.LEARNER], "placement_number": 1, **of}
    yield {"id": 2, "survey": Survey.MENTORING, "person_id": CAST[Role.MENTOR], "placement_number": 1, **of}
    for id_ in range(3, size.enrolments // 2):
        about = {"survey": Survey.PLACEMENT, "person_id": size.learner(id_), "placement_number": id_}
        yield {"id": id_, **about, **of, "is_settled": True}


def replies(size: Size) -> Rows:
    said = dict.fromkeys(("induction/1", "supervision/1"), Agreement.AGREE.value)
    for id_ in range(1, size.enrolments // 3):
        yield {
            "id": id_,
            "survey": Survey.PLACEMENT,
            "level": Level.PGCERT,
            "provider_id": 1,
            "year": YEAR,
            "answers": said,
        }


def free_words(size: Size) -> Rows:
    """One in two waits for an editor, the others are shown."""
    about = {"survey": Survey.PLACEMENT, "year": YEAR - 1, "question": "placement_words/1"}
    for id_ in range(1, size.enrolments // 4):
        waits = id_ % 2 == 1
        state = WordsStanding.WAITING if waits else WordsStanding.SHOWN
        by = {"decided_by_id": None if waits else CAST[Role.ADMINISTRATOR], "decided_at": None if waits else NOW}
        yield {"id": id_, **about, "words": f"Words {id_}.", "state": state, "shown": "" if waits else "Words.", **by}


def wordings(size: Size) -> Rows:
    for version in range(2, 2 + size.enrolments // 100):
        by = {"by_id": CAST[Role.ADMINISTRATOR], "at": NOW - days(9)}
        yield {"id": version, "question": "induction", "version": version, "from_year": YEAR, "words": "So?", **by}


def figures(size: Size) -> Rows:
    """The same few numbers, however many people they are about."""
    for id_, year in enumerate((YEAR - 1, YEAR - 2), 1):
        numbers = {"": size.enrolments, "answered": size.enrolments // 2, "induction/1": size.enrolments // 3}
        tables = {name: [["PGCert", numbers]] for name in ("Level", "University")}
        content = {"whole": numbers, "tables": tables, "questions": [["induction/1", "Induction", "I was told."]]}
        yield {"id": id_, "about": Survey.PLACEMENT.value, "year": year, "published_at": NOW, "content": content}
        shares = {"": 90, "placed": 60, "offered no more": 10, "completed": 40, "credits": 30}
        content = {"whole": shares, "tables": {"Profession": [["Nurse", shares]]}}
        yield {"id": 10 + id_, "about": FAIR_SHARES, "year": year, "published_at": NOW, "content": content}


TABLES = (
    (Publication, publications),
    (Dossier, dossiers),
    (DossierPage, pages),
    (Review, reviews),
    (PublicQuestion, questions),
    (PublicUpdate, updates),
    (Subscriber, subscribers),
    (SubscriberTopic, their_topics),
    (UpdateRegistration, registrations),
    (Asking, askings),
    (Reply, replies),
    (FreeWords, free_words),
    (Wording, wordings),
    (PublishedFigures, figures),
)
