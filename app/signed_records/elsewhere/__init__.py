"""Records that other services issued: read, shown, and taken as prior learning with where they came from."""
