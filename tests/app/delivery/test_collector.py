"""The collector of Python begins where it can do no harm, also in versions in which it could begin anywhere."""

import os
import subprocess
import sys

import pytest

from app.serving.collector import COLLECTS_WITHIN_STEPS

# Makes enough that is new for hundreds of collections, and says which thread began the first.
MAKING = """
import gc, threading
from app.serving.collector import collect_between_steps

collect_between_steps()
began = set()
gc.callbacks.append(lambda phase, told: began.add(threading.current_thread().name))
gc.set_threshold(10, 1000, 1000)
kept = []
while not began:
    kept += [[] for _ in range(1000)]
print(*began)
"""


@pytest.mark.skipif(not COLLECTS_WITHIN_STEPS, reason="the interpreter itself collects between steps")
def test_only_a_thread_of_its_own_begins_collections():
    given = [sys.executable, "-c", MAKING]
    done = subprocess.run(given, env=os.environ, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "collector\n", "")
