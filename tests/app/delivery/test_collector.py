"""The collector of Python begins where it can do no harm, also in versions in which it could begin anywhere."""

import os
import subprocess
import sys

# An object learns of the end of another while its own attributes become a dictionary, as SQLAlchemy's states do.
TROUBLE = """
import gc, threading, weakref
from app.serving.collector import collect_between_steps

class State: pass
class Other: pass

def full():
    s = State()
    for n in range(29): setattr(s, f"a{n}", n)
    return s

keep = [full() for _ in range(3)]
collect_between_steps()
for _ in range(2000):
    gc.set_threshold(10**9)
    s = State()
    for n in range(20): setattr(s, f"a{n}", n)
    o = Other(); o.me = o
    def cleanup(ref, s=s): s.extra = None
    r = weakref.ref(o, cleanup)
    del o
    gc.set_threshold(1, 1, 1)
    s.other = None
    gc.set_threshold(700, 10, 10)
    for n in range(40): setattr(s, f"b{n}", n)
gone, last = threading.Event(), Other()
last.itself, seen = last, weakref.ref(last, lambda reference: gone.set())
del last
made = []
while not gone.wait(0.01):
    made += [[] for _ in range(1000)]
"""


def test_what_is_set_while_something_is_collected_brings_nobody_down():
    strict = {**os.environ, "PYTHONMALLOC": "debug"}  # memory that was given back is overwritten at once
    given = [sys.executable, "-c", TROUBLE]
    done = subprocess.run(given, env=strict, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, "")
