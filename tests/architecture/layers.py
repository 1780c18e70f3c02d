"""The layers of the code, highest first: a room imports only from lines below its own."""

Layers = tuple[tuple[str, ...], ...]

API = "__init__"  # of matching: what others may use of it
MATCHING: Layers = (
    ("cli",),
    (API,),
    ("reoptimise",),
    ("lexicographic",),
    ("branch_and_bound",),
    ("assignment", "checker"),
    ("lp",),
    ("files", "infeasibility"),
    ("model",),
    ("deadline", "pair_columns"),
    ("interest", "errors", "problem", "solution"),
)
FEATURES = "features"
APP: Layers = (
    ("cli",),
    ("commands", "demo", "import_commands"),
    (FEATURES,),
    ("web", "serving", "promises", "backups"),
    ("platform",),
    ("phrasebook",),
    ("registries", "rules"),
    ("models",),
    ("language", "config"),
)


def with_features(layers: Layers, features: set[str]) -> Layers:
    """The layers with the names of the features in their place."""
    return tuple(tuple(sorted(features)) if layer == (FEATURES,) else layer for layer in layers)
