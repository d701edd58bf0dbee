"""Whether what the content names exists: next topics, facets, titles, and the phrases of the lexicons."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.guide.checks.content import Content
from assistant.guide.schema import TITLE_LIMIT


def next_topics(content: Content) -> Iterator[str]:
    """A topic leads to others that exist, each once, and never to itself."""
    for topic in content.guide.topics.values():
        at = f"{content.file_of(topic.id)}, topic {topic.id}, next"
        named = {str(topic.id)}
        for other in map(str, topic.next):
            if other not in content.guide.topics:
                yield f"{at}: there is no topic {other}, so name another."
            elif other in named:
                yield f"{at}: {other} leads nowhere new, so name another."
            named.add(other)


def facets(content: Content) -> Iterator[str]:
    """Facets are entities that have a lexicon, and their values stand in it."""
    lexicons = content.guide.lexicons
    for topic in content.guide.topics.values():
        at = f"{content.file_of(topic.id)}, topic {topic.id}, facets"
        for name, values in topic.facets.items():
            if name not in lexicons:
                yield f"{at}: no file of data/entities is for {name}, so write one or rename the facet."
                continue
            for value in values:
                if value not in lexicons[name].values:
                    yield f"{at}: {value} is no value of {name}, so add it to data/entities or rename it."


def likenesses(content: Content) -> Iterator[str]:
    """What a value is like stands in the same lexicon."""
    for lexicon in content.guide.lexicons.values():
        for value, entry in lexicon.values.items():
            if entry.like is not None and entry.like not in lexicon.values:
                yield f"entities, {lexicon.entity}.{value}: {entry.like} is no value of it, so name another."


def titles(content: Content) -> Iterator[str]:
    """Every topic has a title of its own that fits on a button."""
    seen: dict[str, str] = {}
    for topic in content.guide.topics.values():
        at = f"{content.file_of(topic.id)}, topic {topic.id}, title"
        other = seen.setdefault(topic.title.lower(), topic.id)
        if other != topic.id:
            yield f"{at}: {topic.title!r} is the title of {other} too, so choose another."
    for name in ("something_else", "more_title"):
        label = content.guide.system.get(name, "")
        if len(label) > TITLE_LIMIT:
            yield f"system.yml, {name}: {label!r} has more than {TITLE_LIMIT} characters, so shorten it."


def lexicon_phrases(content: Content) -> Iterator[str]:
    """A phrase stands for one value of one entity."""
    seen: dict[str, str] = {}
    for lexicon in content.guide.lexicons.values():
        for value, entry in lexicon.values.items():
            name = f"{lexicon.entity}.{value}"
            for phrase in entry.phrases:
                other = seen.setdefault(phrase.lower(), name)
                if other != name:
                    yield f"entities, {name}: the phrase {phrase!r} stands for {other} too, so keep one of them."
