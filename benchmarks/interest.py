"""Measures how well scorers rank studies for a clinician's query, on the BIRCO clinical-trial judgements.

    python -m benchmarks.interest PATH/birco_clinical_trial [--portfolio portfolio.csv] [--trials ctg-studies.csv]

The judgements (CC BY-NC 4.0, used to evaluate only) are 0, 1 or 2 for pairs of a case and a trial; a pair
that nobody judged counts 0, as all trials are ranked. Each case comes with queries that clinicians typed, a
summary and a full description; the queries of a case count together as one. Tags are made by a classifier
that learns the specialties of the NIHR portfolio from its study names; without the portfolio the rows with
tags are left out. Ties count by their mean over all orders (McSherry and Najork, ECIR 2008), which matters
for tags. With a ClinicalTrials.gov CSV a second table seeks each trial's title by its registered conditions,
among the names of the portfolio.
"""

import argparse
import csv
import json
import math
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from unittest.mock import patch

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.preprocessing import MultiLabelBinarizer

from matching.interest import Interest, InterestIndex, OpeningText, lengths, words

Scorer = Callable[[Sequence[str]], np.ndarray]  # queries -> scores of shape (queries, trials)
Tagger = Callable[[Sequence[str]], list[tuple[str, ...]]]  # texts -> specialties, likeliest first

KINDS = ("clinicians' queries", "summary", "description")
DEPTH = 10


class Judged:
    """The trials, the queries of each case by kind, and the judgements, of shape (cases, trials)."""

    def __init__(self, folder: Path) -> None:
        trials = _json_lines(folder / "corpus.jsonl")
        cases = _json_lines(folder / "queries.jsonl")
        self.texts = [trial["text"] for trial in trials]
        self.queries = {
            "clinicians' queries": [case["adhoc_clinician_queries"] for case in cases],
            "summary": [[case["summary"]] for case in cases],
            "description": [[case["description"]] for case in cases],
        }
        self.judgements = _judgements(folder / "qrels.tsv", cases, trials)


def _json_lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _judgements(path: Path, cases: list[dict], trials: list[dict]) -> np.ndarray:
    case_row = {case["id"]: row for row, case in enumerate(cases)}
    trial_column = {trial["id"]: column for column, trial in enumerate(trials)}
    judgements = np.zeros((len(cases), len(trials)))
    for line in path.read_text(encoding="utf-8").splitlines():
        case, trial, grade = line.split("\t")
        judgements[case_row[case], trial_column[trial]] = int(grade)
    return judgements


def ndcg(scores: np.ndarray, gains: np.ndarray, depth: int = DEPTH) -> float:
    """Normalised discounted cumulative gain of one ranking, the mean over all orders of tied scores."""
    discounts = np.array([1 / math.log2(place + 2) for place in range(depth)])
    order = np.argsort(-scores, kind="stable")
    _, group = np.unique(-scores[order], return_inverse=True)
    means = np.bincount(group, weights=gains[order]) / np.bincount(group)
    best = np.sort(gains)[::-1][:depth] @ discounts
    return float(means[group][:depth] @ discounts / best)


def ndcg_by_case(scorer: Scorer, judged: Judged, kind: str) -> np.ndarray:
    """One value for each case with a relevant trial: the mean over its queries of that kind."""
    values = []
    for queries, gains in zip(judged.queries[kind], judged.judgements, strict=True):
        if gains.any():
            values.append(np.mean([ndcg(scores, gains) for scores in scorer(queries)]))
    return np.array(values)


def by_plain_tfidf(judged: Judged) -> Scorer:
    vectorizer = TfidfVectorizer(stop_words="english")
    trials = vectorizer.fit_transform(judged.texts)
    return lambda queries: (vectorizer.transform(queries) @ trials.T).toarray()


def by_interest(judged: Judged, tagger: Tagger | None = None, with_text: bool = True) -> Scorer:
    """Our scorer, on texts, on tags or on both."""
    tags = tagger(judged.texts) if tagger else [()] * len(judged.texts)
    openings = [
        OpeningText(str(number), (text,) if with_text else (), frozenset(own))
        for number, (text, own) in enumerate(zip(judged.texts, tags, strict=True))
    ]
    ready = InterestIndex(openings)

    def score(queries: Sequence[str]) -> np.ndarray:
        wished = tagger(queries) if tagger else [()] * len(queries)
        return ready.scores([Interest(text, own) for text, own in zip(queries, wished, strict=True)])

    return score


def portfolio_tagger(rows: list[dict[str, str]], least_probability: float = 0.2) -> Tagger:
    """Learns from the portfolio's rows which specialties a text belongs to."""
    specialties = MultiLabelBinarizer()
    # Two names hold a comma, so a list is cut at the managing names, the longest first, and not at commas.
    known = sorted({row["Managing Specialty"] for row in rows}, key=len, reverse=True)
    labels = specialties.fit_transform([_named_in(row["All Specialties"], known) for row in rows])
    vectorizer = TfidfVectorizer(analyzer=words.mark_names, sublinear_tf=True)
    names = vectorizer.fit_transform([row["Short Name"] for row in rows])
    model = OneVsRestClassifier(LogisticRegression(C=10, max_iter=300)).fit(names, labels)

    def tag(texts: Sequence[str]) -> list[tuple[str, ...]]:
        chances = model.predict_proba(vectorizer.transform(texts))
        likeliest = np.argsort(-chances, axis=1, kind="stable")[:, :3]
        return [
            tuple(specialties.classes_[at] for at in best if row[at] >= least_probability)
            for row, best in zip(chances, likeliest, strict=True)
        ]

    return tag


def _named_in(text: str, known: Sequence[str]) -> list[str]:
    found = []
    for name in known:
        if name in text:
            found.append(name)
            text = text.replace(name, "")
    return found


def variants(tagger: Tagger | None) -> dict[str, tuple[Callable[[Judged], Scorer], AbstractContextManager]]:
    """The rows of the table: how the scorer is made, and what is switched off in ours meanwhile."""
    table: dict[str, tuple[Callable[[Judged], Scorer], AbstractContextManager]] = {
        "plain TF-IDF": (by_plain_tfidf, nullcontext()),
        "ours, on words": (by_interest, nullcontext()),
        "  without shared meanings": (by_interest, patch.dict(words.MEANINGS, clear=True)),
        "  with plain cosine": (by_interest, patch.object(lengths, "LENGTH_WEIGHT", 1.0)),
    }
    if tagger:
        tags_alone = (lambda judged: by_interest(judged, tagger, with_text=False), nullcontext())
        both = (lambda judged: by_interest(judged, tagger), nullcontext())
        table = {"specialty tags alone": tags_alone, **table, "ours, on words and tags": both}
    return table


def found_by_conditions(trials: Path, others: Sequence[str]) -> tuple[float, float]:
    """Each trial's title sought by its registered conditions, among `others`.

    Returns the mean reciprocal rank (ties in the middle) and the part of titles that share no word with them.
    """
    rows = _rows(trials)
    texts = [row["Study Title"] for row in rows] + sorted(set(others))
    ready = InterestIndex([OpeningText(str(number), (text,)) for number, text in enumerate(texts)])
    scores = ready.scores([Interest(row["Conditions"].replace("|", ". ")) for row in rows])
    sought = scores[np.arange(len(rows)), np.arange(len(rows))][:, None]
    ranks = (scores > sought).sum(axis=1) + ((scores == sought).sum(axis=1) + 1) / 2
    return float(np.mean(1 / ranks)), float(np.mean(sought == 0))


def print_judged(judged: Judged, tagger: Tagger | None) -> None:
    print(f"nDCG@{DEPTH} ± standard error, {len(judged.judgements)} cases, {len(judged.texts):,} trials")
    print(f"{'':28}" + "".join(f"{kind:>22}" for kind in KINDS))
    for name, (make, switched) in variants(tagger).items():
        with switched:
            scorer = make(judged)
            found = [ndcg_by_case(scorer, judged, kind) for kind in KINDS]
        cells = [f"{values.mean():.3f} ± {values.std(ddof=1) / math.sqrt(len(values)):.3f}" for values in found]
        print(f"{name:28}" + "".join(f"{cell:>22}" for cell in cells))


def print_sought(trials: Path, others: Sequence[str]) -> None:
    print(f"\n{'Titles by their conditions':28}{'mean reciprocal rank':>22}{'nothing shared':>22}")
    for name, (make, switched) in variants(None).items():
        if make is by_interest:
            with switched:
                rank, nothing = found_by_conditions(trials, others)
            print(f"{name:28}{rank:>22.3f}{nothing:>22.1%}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="holds corpus.jsonl, queries.jsonl and qrels.tsv")
    parser.add_argument("--portfolio", type=Path, help="the NIHR portfolio CSV, for the rows with tags")
    parser.add_argument("--trials", type=Path, help="a ClinicalTrials.gov CSV, to seek titles by conditions")
    given = parser.parse_args()
    portfolio = _rows(given.portfolio) if given.portfolio else []
    print_judged(Judged(given.folder), portfolio_tagger(portfolio) if portfolio else None)
    if given.trials:
        print_sought(given.trials, [row["Short Name"] for row in portfolio])


if __name__ == "__main__":
    main()
