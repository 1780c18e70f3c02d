"""The pairs of a problem as the text that its digest is made of, many times quicker from columns than one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain

import numpy as np

from matching.files.distinct import distinct
from matching.model.face import Ints, Small
from matching.model.pair_table import Columns
from matching.pair_columns import NO_RANK

PAIRS_OF_A_PIECE = 20_000


def pair_text(columns: Columns) -> Iterator[bytes]:
    """The pairs as one JSON array without its brackets, sorted by learner, mentor and study, piece by piece.

    Each name and each set of numbers is put into words once. O(m log m), and memory for one piece at a time.
    """
    ids = (columns.names.learners, columns.names.mentors, columns.names.studies)
    words = [[_json(id_) + "," for id_ in ids_of_kind] for ids_of_kind in ids]
    words[0] = ["[" + word for word in words[0]]
    numbers = np.stack([columns.score, columns.rank, columns.hours], dtype=np.int64)
    first, which = distinct(*numbers)
    words.append([_numbers(*told) for told in numbers[:, first].T.tolist()])
    parts: list[Ints | Small] = [*columns.numbers, which]
    for at in range(0, len(columns.order), PAIRS_OF_A_PIECE):
        order = columns.order[at : at + PAIRS_OF_A_PIECE]
        told = (map(of.__getitem__, part[order].tolist()) for of, part in zip(words, parts, strict=True))
        piece = "".join(chain.from_iterable(zip(*told, strict=True)))
        yield (piece if at + PAIRS_OF_A_PIECE < len(columns.order) else piece[:-1]).encode()


def _numbers(score: int, rank: int, hours: int) -> str:
    return f"{score},{'null' if rank == NO_RANK else rank},{hours}],"


def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=True)
