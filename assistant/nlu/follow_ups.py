"""Phrases of follow-ups: a short question beside what was answered before it, in the form in which both are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from assistant.files import DATA, read_yaml

_MARK = " (after: "


def beside(text: str, asks: str) -> str:
    """Return `text` as it is read after an answer to the topic that `asks` names in words."""
    return f"{text}{_MARK}{asks})"


def is_beside(text: str) -> bool:
    """Return whether `text` has the form of `beside`."""
    return _MARK in text


def phrases(asks: Mapping[str, str], data: Path = DATA) -> Iterator[tuple[str, str]]:
    """Yield (phrase beside its topic, intent) of everything in data/follow_ups; `asks` names each topic in words."""
    yield from ((beside(text, asks[after]), intent) for text, after, intent in written(data))


def written(data: Path = DATA) -> Iterator[tuple[str, str, str]]:
    """Yield (phrase, topic answered before, intent) of everything in data/follow_ups, as it stands there."""
    for path in sorted((data / "follow_ups").glob("[a-z]*.yml")):
        for entry in read_yaml(path):
            for intent, texts in entry["asked"].items():
                yield from ((text, entry["after"], intent) for text in texts)


def write(asks: Mapping[str, str], file: Path, data: Path = DATA) -> None:
    """Write the phrases as NLU training data that Rasa reads; intents and phrases keep their order."""
    found: dict[str, list[str]] = {}
    for phrase, intent in phrases(asks, data):
        found.setdefault(intent, []).append(phrase)
    nlu = [
        {"intent": intent, "examples": "".join(f"- {phrase}\n" for phrase in texts)} for intent, texts in found.items()
    ]
    file.write_text(
        yaml.safe_dump({"version": "3.1", "nlu": nlu}, sort_keys=False, allow_unicode=True), encoding="utf-8"
    )
