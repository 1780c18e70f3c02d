"""How seldom Python's collector runs in a process that serves, and never over what stands since the start."""

import gc

# The youngest are looked at after so many new objects instead of 700: a page with a long list makes fewer, and what
# waits meanwhile is a few megabytes.
NEW_OBJECTS = 50_000
ROUNDS_OF_YOUNG, ROUNDS_OF_MIDDLE = 10, 10


def spare_collector() -> None:
    """Call once everything is imported, and before processes are forked, which then share these pages of memory."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, ROUNDS_OF_YOUNG, ROUNDS_OF_MIDDLE)
