"""How long texts are as rows of weights, and how much of that counts."""

import numpy as np
from scipy import sparse

LENGTH_WEIGHT = 0.5  # 1 would be plain cosine, where a bare title beats a full summary; 0 lets the longest text win


def lengths(rows: sparse.csr_matrix) -> np.ndarray:
    """Euclidean length of each row; 1 for an empty one, so that it can be divided by."""
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return np.where(lengths > 0, lengths, 1.0)


def length_damped(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    """The rows divided by their lengths, damped towards the usual length."""
    own = lengths(rows)
    return (sparse.diags(1 / (LENGTH_WEIGHT * own + (1 - LENGTH_WEIGHT) * own.mean())) @ rows).tocsr()
