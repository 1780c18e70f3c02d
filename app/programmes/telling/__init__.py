"""Who hears of what a university decides about its programmes."""
