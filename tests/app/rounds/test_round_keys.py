"""The names in a problem: stored problems and their digests depend on how they are written."""

import pytest

from app.rounds.names_in_problem import LEARNERS, MENTORS, STUDIES


def test_names_are_written_as_in_the_problems_that_are_stored():
    assert [keys.encode(12) for keys in (LEARNERS, MENTORS, STUDIES)] == ["R12", "M12", "S12"]


@pytest.mark.parametrize("keys", [LEARNERS, MENTORS, STUDIES])
@pytest.mark.parametrize("id_", [1, 9, 10, 2**63 - 1])
def test_a_name_is_read_back_to_the_id_it_was_written_from(keys, id_):
    assert keys.decode(keys.encode(id_)) == id_


@pytest.mark.parametrize(
    "key", ["", "R", "M12", "12", "R012", "R-1", "R+1", "R1 ", " R1", "R1_0", "R1.0", "R²", "r1", "RR1", "R١"]
)
def test_a_name_that_was_never_written_is_refused(key):
    with pytest.raises(ValueError, match="is not R and an id"):
        LEARNERS.decode(key)
