"""On studies of the real portfolio every answer is what solving again says, and advice does what it says."""

from tests.app.rounds.questions.asking_real import ask_all
from tests.app.rounds.questions.real_studies import rounds_of_real_studies


def test_answers_about_real_studies_are_what_solving_again_says(session, build, now, today, shared_data, tmp_path):
    """A fifth of what `asking_real` does by itself with five hundred learners."""
    rounds = rounds_of_real_studies(session, build, shared_data, tmp_path, now, learners=100)
    compared = ask_all(session, rounds, today, proposals=6, shortages=2)
    assert compared["proposals"] >= 10
    assert compared["forced pairs"] >= 10
    assert compared["shortages"] >= 2
    assert compared["what-ifs"] >= 6
