"""Loads the guide's content once and looks things up in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError, parse_obj_as

from assistant.files import DATA, read_yaml
from assistant.guide.schema import Facet, Family, Lexicon, Source, Topic

SYSTEM_FILE = "system.yml"
# What stands in data/guide beside the families: the assistant's own sentences, and what no text may say.
NOT_FAMILIES = frozenset({SYSTEM_FILE, "forbidden.yml", "denials.yml"})


class BrokenContent(Exception):
    """A content file does not fit the schema; the message names the file and the place."""


@dataclass(frozen=True)
class Guide:
    """Everything that the assistant can say, by name.

    `kinds` and `families` tell of each topic what it is and in which file it stands; `system` holds the assistant's own
    sentences.
    """

    topics: Mapping[str, Topic]
    kinds: Mapping[str, str]
    families: Mapping[str, str]
    sources: Mapping[str, Source]
    lexicons: Mapping[str, Lexicon]
    system: Mapping[str, str]

    def canonical(self, entity: str, phrase: str) -> str:
        """Return the value that `phrase` stands for, or `phrase` itself where the entity has no lexicon."""
        return _values_by_phrase(self, entity).get(phrase.lower(), phrase)

    def facet(self, topic_id: str, name: str, value: str) -> Facet | None:
        """Return what the topic says for this value of a facet, or for the value that it is like; None for nothing."""
        texts = self.topics[topic_id].facets.get(name, {})
        if value in texts or name not in self.lexicons or value not in self.lexicons[name].values:
            return texts.get(value)
        return texts.get(self.lexicons[name].values[value].like)

    def is_within(self, entity: str, value: str, wider: str) -> bool:
        """Return whether `value` is a part of `wider`, so that what is said of `wider` adds little to it."""
        lexicon = self.lexicons.get(entity)
        return lexicon is not None and value in lexicon.values and lexicon.values[value].within == wider

    def rank(self, entity: str, value: str) -> int:
        """Return how early `value` counts among several values of its entity: 0 where the first named one counts."""
        lexicon = self.lexicons.get(entity)
        if lexicon is None or not lexicon.ranked or value not in lexicon.values:
            return 0
        return list(lexicon.values).index(value)

    def says(self, entity: str, value: str) -> str:
        """Return how a paragraph written for `value` is headed."""
        return str(self.lexicons[entity].values[value].says)


@cache
def load(data: Path = DATA) -> Guide:
    """Return the guide that stands in the folder `data`; raise BrokenContent where a file does not fit."""
    topics: dict[str, Topic] = {}
    kinds: dict[str, str] = {}
    families: dict[str, str] = {}
    for path in sorted((data / "guide").glob("*.yml")):
        if path.name in NOT_FAMILIES:
            continue
        family = _read(Family, path)
        for topic in family.topics:
            if topic.id in topics:
                raise BrokenContent(f"{path.name}: the topic {topic.id} stands in {families[topic.id]} already")
            topics[topic.id], kinds[topic.id], families[topic.id] = topic, family.kind, path.stem
    lexicons = [_read(Lexicon, path) for path in sorted((data / "entities").glob("*.yml"))]
    sources = _read(list[Source], data / "sources.yml")
    return Guide(
        topics=topics,
        kinds=kinds,
        families=families,
        sources={source.id: source for source in sources},
        lexicons={lexicon.entity: lexicon for lexicon in lexicons},
        system=_read(dict[str, str], data / "guide" / SYSTEM_FILE),
    )


def _read(model: Any, path: Path) -> Any:
    try:
        return parse_obj_as(model, read_yaml(path))
    except ValidationError as error:
        raise BrokenContent(f"{path.name}: {error}") from error


# Guides are few and never change; a hash of a whole guide would read all of it, so the key is its identity.
_PHRASES: dict[tuple[int, str], dict[str, str]] = {}


def _values_by_phrase(guide: Guide, entity: str) -> dict[str, str]:
    key = (id(guide), entity)
    if key not in _PHRASES:
        lexicon = guide.lexicons.get(entity)
        values = lexicon.values.items() if lexicon else ()
        _PHRASES[key] = {phrase.lower(): value for value, entry in values for phrase in entry.phrases}
    return _PHRASES[key]
