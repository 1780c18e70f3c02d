"""Scores texts for wishes with the `matching` that stands first on the path: JSON in, JSON out.

A process of its own, so that `benchmarks.wishes` can ask another checkout of this repository the same.
"""

import json
import sys

from matching.interest import Interest, InterestIndex, OpeningText


def main() -> None:
    asked = json.load(sys.stdin)
    index = InterestIndex([OpeningText(str(number), (text,)) for number, text in enumerate(asked["texts"])])
    json.dump(index.scores([Interest(wish) for wish in asked["wishes"]]).tolist(), sys.stdout)


if __name__ == "__main__":
    main()
