"""What found the choice for an aim in a part of a round, said to the coordinator."""

from collections.abc import Mapping

from matching.solution import ASSIGNMENT, FLOW, KNOWN, PROGRAMME, PROGRAMME_AND_ASSIGNMENT, SEARCH

METHOD_WORDS: Mapping[str, str] = {
    ASSIGNMENT: "Assignment of learners to places, by SciPy’s linear_sum_assignment",
    FLOW: "Assignment of very many learners, as a flow",
    PROGRAMME_AND_ASSIGNMENT: (
        "A linear programme for how many learners each opening takes, then linear_sum_assignment for who they are"
    ),
    PROGRAMME: "A linear programme alone",
    SEARCH: "Branch and bound, where the programme left a doubt",
    KNOWN: "Nothing to solve: the pairs so far were already the best",
}
