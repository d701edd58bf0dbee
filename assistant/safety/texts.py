"""Every prepared text that a visitor may read, with the place where an editor finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import guide
from assistant.files import read_yaml
from assistant.safety.schema import Rules, Said

_SENTENCE = re.compile(r"(?<=[.!?:])(?<!\bDr\.)[\"*)]*\s+|\n+")


@dataclass(frozen=True)
class Text:
    """One text. `file` is its file below data/, `at` that file and the place in it."""

    file: str
    at: str
    words: str


def prepared(data: Path, library: guide.Guide, rules: Rules) -> Iterator[Text]:
    """Yield every text of the guide, the assistant's own sentences, then those of the files that `rules` name."""
    for topic in library.topics.values():
        file = f"guide/{library.families[topic.id]}.yml"
        for place, words in {"title": topic.title, **topic.texts()}.items():
            yield Text(file, f"{file}, topic {topic.id}, {place}", words)
    for name, words in library.system.items():
        yield Text("guide/system.yml", f"guide/system.yml, {name}", words)
    for said in rules.said:
        yield from _of_files(data, said)


def sentences(words: str) -> list[str]:
    """Return the sentences of a text, without its markup for strong words."""
    return [sentence for sentence in _SENTENCE.split(words.replace("**", "")) if sentence.strip()]


def _of_files(data: Path, said: Said) -> Iterator[Text]:
    for path in sorted(data.glob(said.files)):
        file = path.relative_to(data).as_posix()
        for place, words in _leaves(read_yaml(path), said, "", not said.keys):
            yield Text(file, f"{file}, {place}", words)


def _leaves(node: Any, said: Said, place: str, read: bool) -> Iterator[tuple[str, str]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if str(key) not in said.but:
                yield from _leaves(value, said, f"{place}.{key}".lstrip("."), read or str(key) in said.keys)
    elif isinstance(node, list):
        for number, value in enumerate(node):
            name = str(value.get("id") or value.get("inci") or number) if isinstance(value, Mapping) else str(number)
            yield from _leaves(value, said, f"{place}[{name}]", read)
    elif read and isinstance(node, str):
        yield place, node
