"""Reads what openings say of themselves before the first request, so that nobody waits for it."""

from app.platform.db import db, transaction
from app.rules.fit import index_of_texts
from app.rules.plain.texts import texts_in


def read_texts() -> None:
    """Call before processes are forked, which then share the index; that of some openings is made from it.

    Takes two seconds of processor time for 5,000 openings, and as long as a query where there are none.
    """
    with transaction(writing=False) as session:
        texts = texts_in(session, None, None)
    index_of_texts(texts)
    db.engine.dispose()  # each process opens connections of its own
