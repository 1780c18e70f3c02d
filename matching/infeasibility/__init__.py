"""Why a problem has no solution: the smallest set of limits and pins that clash."""
