"""Questions to a solved problem, answered by going on from its duals: what-ifs, explanations, shortages, quality."""
