"""What found the pairs of a run, said to the coordinator."""

from collections.abc import Mapping

from matching import solution as facts

METHOD_WORDS: Mapping[str, str] = {
    facts.ASSIGNMENT: "Assignment of learners to places, by SciPy’s linear_sum_assignment",
    facts.FLOW: "Assignment of very many learners, as a flow",
    facts.PROGRAMME_AND_ASSIGNMENT: (
        "A linear programme for how many learners each opening takes, then linear_sum_assignment for who they are"
    ),
    facts.PROGRAMME: "A linear programme alone",
    facts.SEARCH: "Branch and bound, where the programme left a doubt",
    facts.KNOWN: "Nothing to solve: the pairs so far were already the best",
}
