"""Keeps what people typed out of every log: an error is told by its kind and its place, not in its own words."""

import logging
import sqlite3
import traceback
from typing import Any

import psycopg
from sqlalchemy.exc import DBAPIError

# What the server of a PostgreSQL database says about an error without quoting a value.
_NAMES = ("sqlstate", "table_name", "column_name", "constraint_name", "datatype_name")
# How the web server begins what goes on with words of a client.
_QUOTING = ("Invalid request", "Error handling request")
STATEMENT_SHOWN = 300


class PrivateRecord(logging.LogRecord):
    """A record of any logger in which no exception speaks for itself: its words quote what was typed."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if self.name == "gunicorn.error":
            self.leave_out_the_request()
        if isinstance(self.args, tuple):
            self.args = tuple(told(one) if isinstance(one, BaseException) else one for one in self.args)
        if isinstance(self.msg, BaseException):
            self.msg = told(self.msg)
        if self.exc_info and self.exc_info[1]:
            # Every formatter takes this text, where there is one, instead of making its own.
            self.exc_text = story_of(self.exc_info[1])

    def leave_out_the_request(self) -> None:
        """The server quotes a request that it could not read, or the address of one that failed."""
        begin = next((words for words in _QUOTING if str(self.msg).startswith(words)), None)
        if begin:
            self.msg, self.args = begin, ()


def keep_private() -> None:
    """Make every record of this process a private one, whichever library writes it and whatever handler shows it."""
    logging.setLogRecordFactory(PrivateRecord)


def told(error: BaseException) -> str:
    """What an error is, without what it says: its kind, and what a database names that is no value."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    facts = facts_of(error)
    return f"{kind} ({', '.join(facts)})" if facts else kind


def facts_of(error: BaseException) -> list[str]:
    """The names and codes that come with an error of a database, a file or a network."""
    if isinstance(error, DBAPIError):
        statement = " ".join((error.statement or "").split())[:STATEMENT_SHOWN]
        return [*(facts_of(error.orig) if error.orig else []), *([statement] if statement else [])]
    if isinstance(error, sqlite3.Error) or is_without_connection(error):
        return str(error).strip().splitlines()[:1]  # SQLite quotes no value, and who gets no connection sent none
    if isinstance(error, psycopg.Error):
        return [str(fact) for name in _NAMES if (fact := getattr(error.diag, name))]
    if isinstance(error, OSError):
        return [str(fact) for fact in (error.strerror, getattr(error, "smtp_code", None)) if fact]
    return []


def is_without_connection(error: BaseException) -> bool:
    return isinstance(error, psycopg.OperationalError) and error.sqlstate is None


def story_of(error: BaseException) -> str:
    """Where an error arose and from what others, the first one first, as lines of our code and of libraries."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    stories = [
        f"Traceback (most recent call last):\n{''.join(traceback.format_tb(one.__traceback__))}{told(one)}"
        for one in reversed(chain)
    ]
    return "\n\nwhich led to\n\n".join(stories)
