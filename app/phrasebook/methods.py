"""What found the pairs of a run, said to the coordinator."""

from collections.abc import Mapping

import matching

METHOD_WORDS: Mapping[str, str] = {
    matching.ASSIGNMENT: "Assignment of learners to places, by SciPy’s linear_sum_assignment",
    matching.FLOW: "Assignment of very many learners, as a flow",
    matching.PROGRAMME_AND_ASSIGNMENT: (
        "A linear programme for how many learners each opening takes, then linear_sum_assignment for who they are"
    ),
    matching.PROGRAMME: "A linear programme alone",
    matching.SEARCH: "Branch and bound, where the programme left a doubt",
    matching.KNOWN: "Nothing to solve: the pairs so far were already the best",
}
