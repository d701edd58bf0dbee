"""Reads what understanding is measured on: development, evaluation and outside sets, and the training phrases."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.files import DATA, ROOT, read_yaml

DEVELOPMENT = ROOT / "tests" / "nlu" / "dev"
EVALUATION = ROOT / "tests" / "nlu" / "evaluation"
PHRASES = DATA / "nlu"
ENCODER_PHRASES = DATA / "encoder" / "phrases"

# What files of further sets are called (`--extra`), and what parts their lists.
QUESTIONS_FILE = "dev_questions.csv"
OUT_OF_SCOPE_FILE = "dev_out_of_scope.csv"
SEPARATOR = "|"

Kind = Literal["question", "small_talk", "out_of_scope"]
# What a message is, by the kind of the topic that answers it best (data/guide).
KIND_OF_TOPIC: Mapping[str, Kind] = {
    "guide": "question",
    "conversation": "small_talk",
    "not_ours": "out_of_scope",
}


class NoData(Exception):
    """There is nothing to measure on; the message names the place that was looked at."""


@dataclass(frozen=True)
class Sample:
    """One message and the intents that are a right reading of it, best first.

    `lenient` marks a message that is not ours, yet may be answered by the guide as well; `questions` says how many
    questions the message asks, None where nobody has counted.
    """

    text: str
    accepted: tuple[str, ...]
    kind: Kind
    lenient: bool = False
    questions: int | None = None

    @property
    def best(self) -> str:
        """Return the best reading."""
        return self.accepted[0]


def development(kinds: Mapping[str, str], folder: Path = DEVELOPMENT) -> list[Sample]:
    """Return the development set: every {text, intents, questions?} of the YAML files in `folder`.

    `kinds` tells of each topic what it is (guide, conversation, not_ours). Raises NoData where there are no messages.
    """
    samples = list(_entries(folder, kinds))
    if not samples:
        raise NoData(f"No messages to measure on in {folder}")
    return samples


def evaluation(kinds: Mapping[str, str], folder: Path = EVALUATION) -> list[Sample]:
    """Return the evaluation set, written like the development set; an entry without `questions` asks one.

    The set is blind: whoever improves the assistant must not see its texts, so nothing may print or write them. Raises
    NoData where the folder does not exist; one that is still empty holds no messages.
    """
    if not folder.is_dir():
        raise NoData(f"The folder of the evaluation set is missing: {folder}")
    return list(_entries(folder, kinds, questions=1))


def kind_of(intent: str, kinds: Mapping[str, str]) -> Kind:
    """Return what a message of this intent is; an intent without a topic (`nlu_fallback`) is out of scope."""
    return KIND_OF_TOPIC[kinds.get(intent, "not_ours")]


def extra(folder: Path) -> list[Sample]:
    """Return the messages of the two CSV files in `folder`; raise NoData where one of them is missing.

    Questions have the columns `text`, `intents` and `questions`, the others `text`, `accept` and `milia_ok`.
    """
    questions = [
        Sample(row["text"], tuple(row["intents"].split(SEPARATOR)), "question", questions=int(row["questions"]))
        for row in _rows(folder / QUESTIONS_FILE)
    ]
    others = [
        Sample(
            row["text"],
            tuple(row["accept"].split(SEPARATOR)),
            "out_of_scope",
            lenient=row["milia_ok"] == "yes",
        )
        for row in _rows(folder / OUT_OF_SCOPE_FILE)
    ]
    return questions + others


def phrases(folder: Path = PHRASES) -> list[tuple[str, str]]:
    """Return (phrase, intent) of every training phrase in `folder`, in the order of the files.

    Raises NoData where there are none.
    """
    found = [
        (line[2:].strip(), entry["intent"])
        for path in sorted(folder.glob("*.yml"))
        for entry in read_yaml(path)["nlu"]
        if "intent" in entry
        for line in entry["examples"].splitlines()
        if line.startswith("- ")
    ]
    if not found:
        raise NoData(f"No training phrases in {folder}")
    return found


def encoder_phrases(folder: Path = ENCODER_PHRASES) -> list[tuple[str, str]]:
    """Return (phrase, intent) of every phrase that only the encoder is adapted to, in the order of the files."""
    return [
        (phrase, intent)
        for path in sorted(folder.glob("*.yml"))
        for intent, phrases in read_yaml(path).items()
        for phrase in phrases
    ]


def _entries(folder: Path, kinds: Mapping[str, str], questions: int | None = None) -> Iterator[Sample]:
    for path in sorted(folder.glob("*.yml")):
        for entry in read_yaml(path) or ():
            accepted = tuple(entry["intents"])
            yield Sample(
                entry["text"], accepted, kind_of(accepted[0], kinds), questions=entry.get("questions", questions)
            )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if not path.is_file():
        raise NoData(f"{path} is missing")
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
