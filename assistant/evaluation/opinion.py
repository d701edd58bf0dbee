"""Learns the weights of the second opinion (`assistant.referral.opinion`) and writes data/referral/opinion.tsv.

    python -m assistant.evaluation.opinion

It learns from data/referral/messages, whose authors gave each message its level, and from the phrases of the guide,
whose level is what the rules say of them. Prints what four parts of the messages come to, each read by weights learnt
from the other three, with the rules alone and with both.
"""

from __future__ import annotations

import hashlib
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from assistant.evaluation import data
from assistant.files import read_yaml
from assistant.nlu import follow_ups
from assistant.referral import LEVELS, opinion
from assistant.referral.detector import by_rules, sound
from assistant.referral.flags import FOLDER
from assistant.text import normalise

MESSAGES = FOLDER / "messages"
FOLDS = 4
# A gram that fewer messages have is chance; so is a weight below this, in parts of opinion.UNIT.
_FEWEST, _LEAST = 3, 20
# Where the slope is below this, more steps change no share by a hundredth.
_TOLERANCE = 0.1
# The shares of a message that says too little.
_NOTHING = (1.0, *[0.0] * (len(opinion.CLASSES) - 1))
# The inverse of the regularisation, and how much more a message with a sign counts than one without.
_STRENGTH, _FLAGGED = 30.0, 2.0


@dataclass(frozen=True)
class Example:
    """A message (normalised) and which of opinion.CLASSES it is."""

    text: str
    kind: str


def messages(folder: Path = MESSAGES) -> list[Example]:
    """Return the messages that people wrote for this, in the order of their files."""
    return [
        Example(normalise(entry["text"]), "crisis" if entry.get("crisis") else entry["level"])
        for path in sorted(folder.glob("*.yml"))
        for entry in read_yaml(path)
    ]


def digest(examples: Sequence[Example]) -> str:
    """Return the SHA-256 of `examples`, whatever order they come in."""
    lines = sorted(f"{example.kind}\0{example.text}" for example in examples)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def phrases() -> Iterator[Example]:
    """Yield what is asked of the guide, at the level that the rules find."""
    asked = (text for text, *_ in [*data.phrases(), *follow_ups.written()])
    for text in dict.fromkeys(map(normalise, asked)):
        found = by_rules(text)
        level = "crisis" if found.crisis else found.urgency
        yield Example(text, level)


def learn(examples: Sequence[Example]) -> opinion.Weights:
    """Return weights learnt from `examples`; the same ones give the same weights on one machine."""
    seen = [(opinion.parts(example.text), opinion.runs(example.text)) for example in examples]
    counts = Counter(gram for pair in seen for grams in pair for gram in grams)
    places = {gram: place for place, gram in enumerate(sorted(g for g, count in counts.items() if count >= _FEWEST))}
    classes = [opinion.CLASSES.index(example.kind) for example in examples]
    emphasis = {place: _FLAGGED if place else 1.0 for place in range(len(opinion.CLASSES))}
    model = LogisticRegression(C=_STRENGTH, max_iter=1000, tol=_TOLERANCE, class_weight=emphasis)
    model.fit(_rows(seen, places), classes)
    numbers = np.rint(model.coef_.T * opinion.UNIT).astype(int)
    kept = {gram: tuple(numbers[place].tolist()) for gram, place in places.items()}
    start = np.rint(model.intercept_ * opinion.UNIT).astype(int).tolist()
    return opinion.Weights(tuple(start), {gram: row for gram, row in kept.items() if max(map(abs, row)) >= _LEAST})


def _rows(seen: Sequence[tuple[set[str], set[str]]], places: dict[str, int]) -> csr_matrix:
    """Return a row a message: each of its grams weighs 1 by the root of how many of its kind there are."""
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for pair in seen:
        for grams in pair:
            known = sorted(places[gram] for gram in grams if gram in places)
            columns += known
            values += [1 / math.sqrt(len(grams) or 1)] * len(known)
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(seen), len(places)))


def crossed(examples: Sequence[Example], background: Sequence[Example]) -> list[tuple[float, ...]]:
    """Return the shares of each of `examples` by weights learnt from `background` and the other folds."""
    found: dict[int, tuple[float, ...]] = {}
    for fold in range(FOLDS):
        others = [example for place, example in enumerate(examples) if place % FOLDS != fold]
        weights = learn([*background, *others])
        for place in range(fold, len(examples), FOLDS):
            text = examples[place].text
            found[place] = opinion.shares(text, weights) if opinion.says_enough(text) else _NOTHING
    return [found[place] for place in range(len(examples))]


def report(examples: Sequence[Example], shares: Sequence[Sequence[float]]) -> str:
    """Return by kind how many of `examples` the rules reach, and both; of those without a sign, how many alarm."""
    lines = []
    rules = [LEVELS.index(by_rules(example.text).urgency) for example in examples]
    heard = [LEVELS.index(found.level) if (found := sound(share)) else 0 for share in shares]
    both = [max(pair) for pair in zip(rules, heard, strict=True)]
    for kind in opinion.CLASSES:
        of = [place for place, example in enumerate(examples) if example.kind == kind]
        least = max(1, LEVELS.index("emergency" if kind == "crisis" else kind))
        reached = [sum(found[place] >= least for place in of) for found in (rules, both)]
        lines.append(f"{kind}: {len(of)}, rules {reached[0]}, both {reached[1]}")
    return "\n".join(lines)


def main() -> None:
    """Measure, learn from everything and write the weights."""
    written, background = messages(), list(phrases())
    print(report(written, crossed(written, background)))
    weights = learn([*background, *written])
    notes = [
        "How much each part of a word (<swo) and each run of words ([swollen lip]) weighs, in hundredths, for a",
        "message to be: written by `python -m assistant.evaluation.opinion`, not by hand.",
        f"messages {len(written)} {digest(written)}",
    ]
    opinion.write(weights, notes)
    print(f"Wrote {opinion.FILE.name}: {len(weights.grams)} grams.", file=sys.stderr)


if __name__ == "__main__":
    main()
