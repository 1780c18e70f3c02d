"""Questions to the solved problem of a run: why this, why not, what if, what pins cost, where places are short."""
