"""Everything that the checks look at, read once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import referral
from assistant.files import read_yaml
from assistant.guide.library import SYSTEM_FILE, Guide, load

# Under these keys of the triage form's file stands what a visitor reads.
SPOKEN = frozenset({"says", "asks", "explain", "fact", "title", "unknown", "label", "net", "noted", "search"})


@dataclass(frozen=True)
class Phrase:
    """One training phrase: its words, its intent, and the family (file name without ending) that it stands in."""

    words: str
    intent: str
    family: str


@dataclass(frozen=True)
class Text:
    """One text that a visitor reads. `place` is where an editor finds it within `file`."""

    file: str
    topic: str
    place: str
    words: str

    @property
    def at(self) -> str:
        """Return where the text stands, as every problem begins."""
        return f"{self.file}, topic {self.topic}, {self.place}" if self.topic else f"{self.file}, {self.place}"


@dataclass(frozen=True)
class Content:
    """The guide with the files around it: what is trained, what is ruled, and what the domain knows.

    `asked` are the intents of the domain, `ruled` those that stand in a rule.
    """

    data: Path
    guide: Guide
    asked: Sequence[str]
    ruled: frozenset[str]
    phrases: Sequence[Phrase]
    follow_ups: Mapping[str, Any]
    triage: Mapping[str, Any]

    def file_of(self, topic: str) -> str:
        """Return the name of the file that `topic` stands in."""
        return f"{self.guide.families[topic]}.yml"

    def texts(self) -> Iterator[Text]:
        """Yield every text of every topic, then the assistant's own sentences and those of the triage form."""
        for topic in self.guide.topics.values():
            for place, words in {"title": topic.title, "asks": topic.asks, **topic.texts()}.items():
                yield Text(self.file_of(topic.id), topic.id, place, words)
        for name, words in self.guide.system.items():
            yield Text(SYSTEM_FILE, "", name, words)
        for place, words in _said(self.triage):
            yield Text(referral.TRIAGE_FILE, "", place, words)

    def prose(self) -> Iterator[Text]:
        """Yield the texts that are read as prose: all but the labels of buttons."""
        labels = {"title", "asks"}
        yield from (text for text in self.texts() if not text.topic or text.place not in labels)


def read(data: Path) -> Content:
    """Return the content of the folder `data`; raise BrokenContent where a file does not fit the schema."""
    triage = data / "referral" / referral.TRIAGE_FILE
    return Content(
        data=data,
        # What was loaded before may not be what stands there now.
        guide=load.__wrapped__(data),
        asked=[_name(intent) for intent in read_yaml(data.parent / "domain.yml")["intents"]],
        ruled=frozenset(_ruled(read_yaml(data / "rules.yml")["rules"])),
        phrases=[phrase for path in sorted((data / "nlu").glob("*.yml")) for phrase in _phrases(path)],
        follow_ups=read_yaml(data / "follow_ups.yml"),
        triage=read_yaml(triage) if triage.exists() else {},
    )


def _said(node: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield (place, words) of everything in the triage form's file that a visitor reads."""
    if isinstance(node, Mapping):
        for name, value in node.items():
            at = f"{place}.{name}".lstrip(".")
            if isinstance(value, str) and (name in SPOKEN or place == "says"):
                yield at, value
            elif not isinstance(value, str):
                yield from _said(value, at)
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _said(value, f"{place}[{number}]")


def _name(intent: Any) -> str:
    # An intent with settings is a mapping of its name to them.
    return str(next(iter(intent))) if isinstance(intent, Mapping) else str(intent)


def _ruled(rules: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for rule in rules:
        for step in rule["steps"]:
            yield from (one["intent"] for one in step.get("or", [step]) if "intent" in one)


def _phrases(path: Path) -> Iterator[Phrase]:
    for entry in read_yaml(path).get("nlu", []):
        for line in str(entry.get("examples", "")).splitlines():
            if line.strip().startswith("- "):
                yield Phrase(line.strip()[2:].strip(), str(entry.get("intent", "")), path.stem)
