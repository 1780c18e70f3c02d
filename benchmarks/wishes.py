"""Measures how studies are ranked for hand-made wishes and on BIRCO, as they are and as an earlier checkout does it.

    python -m benchmarks.wishes DATA [--before CHECKOUT] [--unjudged]

DATA holds studies/ and relevance/. `wishes.toml` has the wishes and what was judged; it says how. Half of the wishes
may be looked at when the scorer is changed, half are held out. For each of them nDCG@10; for those that refuse a topic
also how many of the ten best are about it; for weak ones how many studies get more than "little". With a CHECKOUT
(`git worktree add CHECKOUT REVISION`) the same for it, and the difference with a 95 % interval: cases are drawn
again, in pairs, 10,000 times. Ties count by their mean over all orders. `--unjudged` lists what nobody has looked at
among the ten best of either, in no order that tells which found it.
"""

import argparse
import csv
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.interest import DEPTH, KINDS, Judged, ndcg
from matching.interest import fit_word

HERE = Path(__file__).parent
DRAWS = 10_000
UNLIKE_LITTLE = ("some", "good", "strong")


@dataclass(frozen=True)
class Study:
    """What a registry says of a study: the text that is scored, and title with conditions, in small letters."""

    text: str
    subject: str


@dataclass(frozen=True, eq=False)
class Wish:
    """What a learner writes, which studies are meant, and stems of the words for what she refuses."""

    name: str
    text: str
    for_tuning: bool
    profession: str = ""
    unwanted: Sequence[str] = ()
    exactly: Sequence[str] = ()
    partly: Sequence[str] = ()
    neither: Sequence[str] = ()

    @property
    def judged(self) -> frozenset[str]:
        return frozenset([*self.exactly, *self.partly, *self.neither])

    def refuses(self, study: Study) -> bool:
        return any(re.search(rf"\b{re.escape(stem)}", study.subject) for stem in self.unwanted)

    def gains(self, keys: Sequence[str]) -> np.ndarray:
        grades = dict.fromkeys(self.partly, 1) | dict.fromkeys(self.exactly, 2)
        return np.array([grades.get(key, 0) for key in keys], dtype=float)


def read_wishes(path: Path = HERE / "wishes.toml") -> list[Wish]:
    return [Wish(**row) for row in tomllib.loads(path.read_text(encoding="utf-8"))["wish"]]


def read_studies(data: Path) -> dict[str, Study]:
    """The studies that were judged, by registry number; of several rows with one number the first counts."""
    studies: dict[str, Study] = {}
    for row in rows_of(data / "studies/ctgov_csv/ctg-studies.csv"):
        title, conditions = row["Study Title"], row["Conditions"].replace("|", ", ")
        text = " ".join((title, row["Brief Summary"], conditions))
        studies.setdefault(row["NCT Number"], Study(text, f"{title} {conditions}".lower()))
    for row in rows_of(data / "studies/nihr_crn_portfolio/portfolio.csv"):
        number = re.search(r"(\d+)\D*$", row["Link"])
        if number:
            studies.setdefault(f"CPMS{number[1]}", Study(row["Short Name"], row["Short Name"].lower()))
    return studies


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def scores_by(checkout: Path, texts: Sequence[str], wishes: Sequence[str]) -> np.ndarray:
    """What the scorer of a checkout gives each wish for each text."""
    done = subprocess.run(
        [sys.executable, str(HERE / "score_once.py")],
        input=json.dumps({"texts": texts, "wishes": wishes}),
        env=os.environ | {"PYTHONPATH": str(checkout.resolve())},
        cwd=checkout,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return np.array(json.loads(done.stdout))


def of_ten_best(scores: np.ndarray, holds: np.ndarray) -> float:
    """How many of the ten best have something, the mean over all orders of tied scores."""
    order = np.argsort(-scores, kind="stable")
    _, group = np.unique(-scores[order], return_inverse=True)
    means = np.bincount(group, weights=holds[order].astype(float)) / np.bincount(group)
    return float(means[group][:DEPTH].sum())


def birco_cases(judged: Judged, kind: str, scores: Mapping[str, np.ndarray]) -> np.ndarray:
    """The nDCG of each case with a relevant trial: the mean over its queries of a kind."""
    values = []
    for queries, gains in zip(judged.queries[kind], judged.judgements, strict=True):
        if gains.any():
            values.append(np.mean([ndcg(scores[query], gains) for query in queries]))
    return np.array(values)


def interval(differences: np.ndarray) -> tuple[float, float]:
    """Where the mean lies in 95 of 100 draws of as many cases."""
    draws = np.random.default_rng(2026).integers(0, len(differences), (DRAWS, len(differences)))
    low, high = np.percentile(differences[draws].mean(axis=1), (2.5, 97.5))
    return float(low), float(high)


def line(name: str, found: Sequence[np.ndarray]) -> str:
    """A row: the number of cases, the mean of each checkout, and the difference of two with its interval."""
    cells = [name.ljust(44), f"{len(found[0]):>4}", *(f"{values.mean():>8.3f}" for values in found)]
    if len(found) == 2:
        low, high = interval(found[1] - found[0])
        cells.append(f"  {(found[1] - found[0]).mean():+.3f} [{low:+.3f}, {high:+.3f}]")
    return " ".join(cells)


def print_birco(judged: Judged, checkouts: Sequence[Path]) -> None:
    queries = sorted({query for kind in KINDS for case in judged.queries[kind] for query in case})
    found = [dict(zip(queries, scores_by(one, judged.texts, queries), strict=True)) for one in checkouts]
    for kind in KINDS:
        print(line(f"BIRCO, {kind}", [birco_cases(judged, kind, scores) for scores in found]))


def print_wishes(
    wishes: Sequence[Wish], studies: Mapping[str, Study], found: Sequence[Mapping[str, np.ndarray]]
) -> None:
    keys = list(studies)
    halves: tuple[tuple[str, Callable[[Wish], bool]], ...] = (
        ("all", lambda wish: True),
        ("for tuning", lambda wish: wish.for_tuning),
        ("held out", lambda wish: not wish.for_tuning),
    )
    for name, belongs in halves:
        own = [wish for wish in wishes if belongs(wish)]
        meant = [wish for wish in own if wish.exactly]
        values = [np.array([ndcg(scores[wish.name], wish.gains(keys)) for wish in meant]) for scores in found]
        print(line(f"wishes, {name}: nDCG@{DEPTH}", values))
        refusing = [wish for wish in own if wish.unwanted]
        refused = {wish.name: np.array([wish.refuses(study) for study in studies.values()]) for wish in refusing}
        values = [
            np.array([of_ten_best(scores[wish.name], refused[wish.name]) for wish in refusing]) for scores in found
        ]
        print(line(f"wishes, {name}: refused among ten best", values))
        weak = [wish for wish in own if not wish.exactly]
        values = [
            np.array([sum(fit_word(int(score)) in UNLIKE_LITTLE for score in scores[wish.name]) for wish in weak])
            for scores in found
        ]
        print(line(f"weak wishes, {name}: studies above little", values))


def print_unjudged(
    wishes: Sequence[Wish], studies: Mapping[str, Study], found: Sequence[Mapping[str, np.ndarray]]
) -> None:
    keys = list(studies)
    for wish in (wish for wish in wishes if wish.exactly):
        best = {keys[at] for scores in found for at in np.argsort(-scores[wish.name], kind="stable")[:DEPTH]}
        print(f"\n{wish.name}: {wish.text}")
        for key in sorted(best - wish.judged):
            print(f"  {key} {studies[key].text[:180]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="holds studies/ and relevance/")
    parser.add_argument("--before", type=Path, help="an earlier checkout of this repository")
    parser.add_argument("--unjudged", action="store_true", help="list what is still to be judged, and stop")
    given = parser.parse_args()
    checkouts = [*([given.before] if given.before else []), HERE.parent]
    wishes, studies = read_wishes(), read_studies(given.data)
    texts, names = [study.text for study in studies.values()], [wish.name for wish in wishes]
    found = [dict(zip(names, scores_by(one, texts, [wish.text for wish in wishes]), strict=True)) for one in checkouts]
    if given.unjudged:
        print_unjudged(wishes, studies, found)
        return
    print_birco(Judged(given.data / "relevance/birco_clinical_trial"), checkouts)
    print_wishes(wishes, studies, found)


if __name__ == "__main__":
    main()
