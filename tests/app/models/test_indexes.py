"""What is searched has an index, in the tables as they are made."""

from sqlalchemy import inspect

# Who did something, or what something took over from, is read from its row; nobody looks for rows by it.
NEVER_SEARCHED = {
    ("column_names", "by_id"),
    ("conflicts", "author_id"),
    ("jobs", "worker_id"),
    ("networks", "successor_id"),
    ("nominations", "module_id"),
    ("nominations", "organisation_id"),
    ("nominations", "study_id"),
    ("offer_terms", "organisation_id"),
    ("pins", "author_id"),
    ("registry_imports", "by_id"),
    ("runs", "previous_id"),
    ("uploaded_files", "import_id"),
}


def first_columns(inspector, table):
    """The columns by which rows of a table are found at once."""
    keys = [*inspector.get_indexes(table), *inspector.get_unique_constraints(table)]
    found = {one["column_names"][0] for one in keys}
    return found | set(inspector.get_pk_constraint(table)["constrained_columns"][:1])


def test_every_foreign_key_that_is_searched_has_an_index(app, engine):
    inspector = inspect(engine)
    missing = {
        (table, key["constrained_columns"][0])
        for table in inspector.get_table_names()
        for key in inspector.get_foreign_keys(table)
        if key["constrained_columns"][0] not in first_columns(inspector, table)
        and not key["constrained_columns"][0].endswith("_by_id")
    }
    assert missing == NEVER_SEARCHED
