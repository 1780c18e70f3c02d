"""Says each long step of the demo as it begins, how long it took, and what all of them needed."""

import resource
import sys
from time import perf_counter

import click


class Steps:
    """Called with the name of each step as it begins; `end` closes the last one and sums up."""

    def __init__(self) -> None:
        self.first = perf_counter()
        self.latest: float | None = None

    def __call__(self, step: str) -> None:
        self.close()
        click.echo(f"{step} ... ", nl=False)
        self.latest = perf_counter()

    def close(self) -> None:
        if self.latest is not None:
            click.echo(f"{perf_counter() - self.latest:.1f} s")
            self.latest = None

    def end(self) -> None:
        self.close()
        click.echo(
            f"All of it took {perf_counter() - self.first:.1f} s and at most {peak_megabytes():.0f} MB of memory."
        )


def peak_megabytes() -> float:
    """The most memory that this process has had so far; macOS counts it in bytes, others in kilobytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_000_000 if sys.platform == "darwin" else 1_000)
