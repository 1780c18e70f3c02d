"""Whether all groups get their share of places: figures of a year by who people are and where they come from."""
