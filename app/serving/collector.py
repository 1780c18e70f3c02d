"""How seldom Python's collector runs in a process that serves, never over what stands since the start, and when."""

import gc
import sys
import threading
import time

# The youngest are looked at after so many new objects instead of 700: a page with a long list makes fewer, and what
# waits meanwhile is a few megabytes.
NEW_OBJECTS = 50_000
ROUNDS_OF_YOUNG, ROUNDS_OF_MIDDLE = 10, 10
COLLECTS_WITHIN_STEPS = sys.version_info < (3, 12)
SECONDS_BETWEEN_LOOKS = 0.2


def spare_collector() -> None:
    """Call once everything is imported, and before processes are forked, which then share these pages of memory."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, ROUNDS_OF_YOUNG, ROUNDS_OF_MIDDLE)


def collect_between_steps() -> None:
    """Call in each process that answers requests or does jobs; from Python 3.12 on there is nothing to do.

    Before, the collector begins within whatever makes an object. Where that is the dictionary of an object's attributes
    and somebody, as SQLAlchemy does, sets one of them when another object is gone, the interpreter crashes. A thread
    that asks for each collection has its turn only between two steps of the others.
    """
    if COLLECTS_WITHIN_STEPS and gc.isenabled():
        gc.disable()
        threading.Thread(target=go_on_collecting, name="collector", daemon=True).start()


def go_on_collecting() -> None:
    while True:
        time.sleep(SECONDS_BETWEEN_LOOKS)
        collect_what_is_due()


def collect_what_is_due() -> None:
    """Collect as far up as there are enough that are new, as the interpreter does it by itself."""
    due = [
        age for age, (there, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if there > most
    ]
    if 0 in due:
        gc.collect(due[-1])
