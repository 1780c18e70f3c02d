"""Asks rounds of real studies all that can be asked, and compares: `python -m tests.app.rounds.questions.asking_real`.

Explanations and what-ifs are compared with solving anew, shortages are acted on in the rows and the round is run again.
"""

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from sqlalchemy.orm import Session

import matching
from app import create_app
from app.models import Base
from app.models.people import Person
from app.models.studies import Opening, Study
from app.platform.db import db
from app.rounds.inputs import inputs_of
from app.rounds.names_in_problem import LEARNERS, MENTORS, STUDIES
from app.rounds.questions.answers import explanation_of, facts_of_difference, shortages_in
from app.rounds.questions.supposed import Supposed, What, change_of
from tests.app.rounds.questions.real_studies import rounds_of_real_studies
from tests.app.rounds.questions.solving_anew import as_told, run_of, solved_anew
from tests.builders import Builder
from tests.conftest import NOON, settings_for

POLICY = "ranking"
LIMITS = {"mentor": "learners_max", "study": "learner_limit", "opening": "places"}


def ask_all(session, rounds, today, proposals, shortages):
    """How many answers of each kind were compared; raises where one is not what solving says."""
    compared: Counter[str] = Counter()
    for round_ in rounds:
        inputs = inputs_of(session, round_, today)
        if not inputs.requests:
            continue  # the demo's world has no learners of this level
        run = run_of(inputs, POLICY)
        compared["learners"] += len(run.persons)
        compared["placed"] += len(run.got)
        compared["pairs"] += len(run.problem.pairs)
        compare_explanations(run, proposals, compared)
        compare_what_ifs(run, compared)
        act_on_shortages(session, round_, run, today, shortages, compared)
    return compared


def compare_explanations(run, proposals, compared):
    """Of those who got something they did not like best, evenly chosen."""
    own = run.pairs_of(run.got)
    got = {learner: next(one for one in own[learner] if (one.mentor, one.study) == run.got[learner]) for learner in own}
    asked = [learner for learner in sorted(own) if matching.better_liked(own[learner], got[learner])]
    for learner in asked[:: max(1, len(asked) // proposals)][:proposals]:
        facts = explanation_of(run, LEARNERS.decode(learner))
        compared["proposals"] += 1
        assert as_told(run, facts["without"]) == solved_anew(run, matching.WithConflict(*got[learner].key))
        for one in facts["alternatives"]:
            forced = matching.WithPin(learner, *run.openings[one["opening"]])
            assert as_told(run, one) == solved_anew(run, forced), (learner, one)
            compared["forced pairs"] += 1


def compare_what_ifs(run, compared):
    """Without the mentor who has most learners, and with one place more at her study."""
    mentors, studies = (Counter(one[at] for one in run.got.values()) for at in (0, 1))
    mentor, study = (max(sorted(of), key=of.__getitem__) for of in (mentors, studies))
    without = Supposed(What.WITHOUT_MENTOR, (MENTORS.decode(mentor),))
    more = Supposed(What.PLACE_IN_STUDY, (STUDIES.decode(study),))
    for supposed in ([without], [more], [without, more]):
        changes = [change_of(one, run.openings) for one in supposed]
        assert as_told(run, facts_of_difference(run, run.difference(*changes))) == solved_anew(run, *changes)
        compared["what-ifs"] += 1


def act_on_shortages(session, round_, run, today, most, compared):
    """Give each of the best places as a mentor or coordinator would, run the round again, and take it back."""
    for place in shortages_in(run)["places"][:most]:
        with session.begin_nested() as undo:
            for row, limit in limits_of(session, place):
                if getattr(row, limit) is not None:
                    setattr(row, limit, getattr(row, limit) + 1)
            session.flush()
            after = run_of(inputs_of(session, round_, today), POLICY)
            assert len(after.got) - len(run.got) == place["placed"], place
            undo.rollback()
        session.expire_all()
        compared["shortages"] += 1


def limits_of(session, place):
    """The rows that limit a place, with the limit of each that grows with it."""
    if place["of"] == "mentor":
        return [(session.get_one(Person, place["id"]).mentor_profile, LIMITS["mentor"])]
    if place["of"] == "study":
        return [(session.get_one(Study, place["id"]), LIMITS["study"])]
    opening = session.get_one(Opening, place["id"])
    return [
        (opening, LIMITS["opening"]),
        (opening.mentor.mentor_profile, LIMITS["mentor"]),
        (opening.study, LIMITS["study"]),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="holds studies/")
    parser.add_argument("--learners", type=int, default=500)
    parser.add_argument("--proposals", type=int, default=10, help="of each round")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings_for(f"sqlite:///{folder}/rpe.sqlite3"))
        with app.app_context():
            engine = db.engine
        Base.metadata.create_all(engine)
        begun = time.monotonic()
        with Session(engine) as session:
            build = Builder(session, NOON)
            rounds = rounds_of_real_studies(session, build, given.data, Path(folder), NOON, given.learners)
            found = ask_all(session, rounds, build.today, given.proposals, given.proposals)
        print(", ".join(f"{number:,} {what}" for what, number in found.items()), f"{time.monotonic() - begun:,.0f} s")


if __name__ == "__main__":
    main()
