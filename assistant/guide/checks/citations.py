"""Whether every answer rests on sources that exist and that a visitor can tell apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.files import read_yaml
from assistant.guide.checks.content import Content

# Folders whose files cite ids of data/sources.yml. The ingredient files cite codes of a table of their own.
CITING = ("guide", "referral", "entities")
INGREDIENTS, ORIGINS = "ingredients", "_origins.yml"


def known_and_used(content: Content) -> Iterator[str]:
    """Every source that is cited exists, and every one that exists is cited."""
    used = set()
    for file, source in sorted(set(_cited(content))):
        used.add(source)
        if source not in content.guide.sources:
            at = _place(content, file, source)
            yield f"{at}: it cites the source {source}, which sources.yml does not have, so add it or cite another."
    for source in content.guide.sources:
        if source not in used:
            yield f"sources.yml: nothing cites the source {source}, so cite it or remove it."
    yield from _unknown_codes(content)


def told_apart(content: Content) -> Iterator[str]:
    """No two sources look the same to a visitor."""
    seen: dict[tuple[str, str, int | None], str] = {}
    for source in content.guide.sources.values():
        other = seen.setdefault((source.title, source.publisher, source.year), source.id)
        if other != source.id:
            yield f"sources.yml: a visitor cannot tell {source.id} from {other}, so make one of them or tell more."


def complete_topics(content: Content) -> Iterator[str]:
    """Every topic of the guide has sources, a plain wording, and detail for who asks for more."""
    for topic in content.guide.topics.values():
        if content.guide.kinds[topic.id] != "guide":
            continue
        for part in ("sources", "simple", "more"):
            if not getattr(topic, part):
                yield f"{content.file_of(topic.id)}, topic {topic.id}: `{part}` is missing, so write it."


def _cited(content: Content) -> Iterator[tuple[str, str]]:
    for folder in CITING:
        for path in sorted((content.data / folder).glob("*.yml")):
            yield from ((path.name, source) for source in _under("sources", read_yaml(path)))
    for name, origin in _origins(content).items():
        if origin is not None:
            yield f"{INGREDIENTS}/{ORIGINS}, code {name}", origin


def _origins(content: Content) -> dict[str, str | None]:
    path = content.data / INGREDIENTS / ORIGINS
    if not path.exists():
        return {}
    return {origin["code"]: origin.get("also") for origin in read_yaml(path)["origins"]}


def _unknown_codes(content: Content) -> Iterator[str]:
    known = _origins(content)
    for path in sorted((content.data / INGREDIENTS).glob("*.yml")):
        for code in sorted(set(_under("sources", read_yaml(path)))):
            if code not in known:
                yield f"{INGREDIENTS}/{path.name}: the source {code} is not in {ORIGINS}, so add it or cite another."


def _place(content: Content, file: str, source: str) -> str:
    topics = (topic for topic in content.guide.topics.values() if content.file_of(topic.id) == file)
    citing = [topic.id for topic in topics if source in set(_under("sources", topic.dict()))]
    return f"{file}, topic {citing[0]}" if citing else file


def _under(key: str, node: Any) -> Iterator[str]:
    """Yield every word of every list that stands under `key`, however deep."""
    if isinstance(node, Mapping):
        for name, value in node.items():
            if name == key and isinstance(value, list):
                yield from (str(one) for one in value)
            else:
                yield from _under(key, value)
    elif isinstance(node, (list, tuple)):
        for value in node:
            yield from _under(key, value)
