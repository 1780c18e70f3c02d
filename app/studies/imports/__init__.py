"""Registry files taken into the database, with a dry run and a report."""
