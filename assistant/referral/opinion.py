"""A second opinion beside the rules: how urgent a message is by what its words and their parts weigh.

The weights are learnt (`assistant.evaluation.opinion`) from messages that many people wrote, and stand in
`data/referral/opinion.tsv`: one line a gram, whole numbers, to be read and compared. Plain Python, no model, no chance.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.referral.cues import read
from assistant.referral.flags import FOLDER
from assistant.referral.negation import denials
from assistant.referral.standing import over, supposed

FILE = FOLDER / "opinion.tsv"
# What a message may be. A crisis is an emergency of its own: a person may harm themselves.
CLASSES = ("none", "soon", "today", "emergency", "crisis")
# Weights are written in this part of one.
UNIT = 100
# Lengths of the parts of a word, its ends marked, and of runs of words.
_PARTS = range(3, 6)
_RUNS = range(1, 3)
# A sign stands in the first words, or in none: what is longer is a pasted page.
_LONGEST = 300
# Fewer words answer a question of the check ("small, white, firm"), and are the rules' to read: of 2,700 messages with
# a sign it found one so short that they had missed.
_SHORTEST = 6


@dataclass(frozen=True)
class Weights:
    """What each gram weighs for each of CLASSES, and what each weighs before a word is read, in parts of UNIT."""

    start: tuple[int, ...]
    grams: Mapping[str, tuple[int, ...]]


def shares(text: str, weights: Weights | None = None) -> tuple[float, ...]:
    """Return how likely `text` is each of CLASSES, by `weights` or those of the file; the shares sum to 1.

    Words that are denied, past or only supposed are left out. Linear in the text's length.
    """
    known = weights or load()
    scores = [float(number) for number in known.start]
    for grams in (parts(text), runs(text)):
        found = [known.grams[gram] for gram in grams if gram in known.grams]
        for place, weight in enumerate(map(sum, zip(*found, strict=True))):
            scores[place] += weight / math.sqrt(len(grams))
    highest = max(scores)
    powers = [math.exp((score - highest) / UNIT) for score in scores]
    total = sum(powers)
    return tuple(power / total for power in powers)


def says_enough(text: str) -> bool:
    """Return whether `text` holds words enough that are said to be so for an opinion on it."""
    return len([word for word in _told(text) if word]) >= _SHORTEST


def parts(text: str) -> set[str]:
    """Return the parts of the words of `text`: "<swo", "ollen", "len>"."""
    marked = {f"<{word}>" for word in _told(text) if word}
    return {word[at : at + size] for word in marked for size in _PARTS for at in range(len(word) - size + 1)}


def runs(text: str) -> set[str]:
    """Return the words of `text` and the pairs of them that stand together: "[lip]", "[swollen lip]"."""
    told = _told(text)
    windows = (told[at : at + size] for size in _RUNS for at in range(len(told) - size + 1))
    return {f"[{' '.join(words)}]" for words in windows if all(words)}


@lru_cache(maxsize=4)
def _told(text: str) -> Sequence[str]:
    """Return the words of `text`, an empty one for each that is denied, past or only supposed."""
    hidden = {*denials(text), *over(text), *supposed(text)}
    return ["" if place in hidden else word.text for place, word in enumerate(read(text).words[:_LONGEST])]


@lru_cache(maxsize=1)
def load(file: Path = FILE) -> Weights:
    """Return the weights in `file`; raise FileNotFoundError where it is missing and ValueError where it is not one."""
    rows = dict(_rows(file))
    return Weights(rows.pop(""), rows)


def write(weights: Weights, notes: Sequence[str], file: Path = FILE) -> None:
    """Write `weights` below a head of `notes`; equal weights give the same file."""
    head = [f"# {note}" for note in notes] + ["\t".join(("#", *CLASSES))]
    lines = ["\t".join((gram, *map(str, numbers))) for gram, numbers in sorted(weights.grams.items())]
    start = "\t".join(("", *map(str, weights.start)))
    file.write_text("\n".join([*head, start, *lines]) + "\n", encoding="utf-8")


def _rows(file: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            gram, *numbers = line.split("\t")
            if len(numbers) != len(CLASSES):
                raise ValueError(f"{file.name}: {gram!r} has not {len(CLASSES)} weights")
            yield gram, tuple(map(int, numbers))
