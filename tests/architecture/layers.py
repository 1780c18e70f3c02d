"""The layers of the code, highest first: a room imports only from lines below its own."""

Layers = tuple[tuple[str, ...], ...]

MATCHING: Layers = (
    ("cli",),
    ("reoptimise",),
    ("lexicographic",),
    ("branch_and_bound",),
    ("assignment", "checker"),
    ("lp",),
    ("files", "infeasibility"),
    ("model",),
    ("deadline",),
    ("errors", "problem", "solution"),
)
FEATURES = "features"
APP: Layers = (
    ("cli",),
    ("demo",),
    (FEATURES,),
    ("web",),
    ("platform",),
    ("rules",),
    ("models",),
    ("language",),
)
# Rooms that need no place in the order: they read files, settings or the command line and are read by whom it concerns.
BESIDE_APP = ("config", "registries", "serving")
BESIDE_MATCHING = ("interest",)


def with_features(layers: Layers, features: set[str]) -> Layers:
    """The layers with the names of the features in their place."""
    return tuple(tuple(sorted(features)) if layer == (FEATURES,) else layer for layer in layers)
