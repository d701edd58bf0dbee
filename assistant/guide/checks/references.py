"""Whether what the content names exists: next topics, facets, titles, and the phrases of the lexicons."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.guide.checks.content import Content
from assistant.guide.compose import AUDIENCE, GENERAL
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
    """What a value is like, and what it is a part of, stands in the same lexicon."""
    for lexicon in content.guide.lexicons.values():
        for value, entry in lexicon.values.items():
            for other in (entry.like, entry.within):
                if other is not None and other not in lexicon.values:
                    yield f"entities, {lexicon.entity}.{value}: {other} is no value of it, so name another."


def hearers(content: Content) -> Iterator[str]:
    """Whom a text is marked for has a text of their own in that topic; else the mark would change nothing."""
    for topic in content.guide.topics.values():
        at = f"{content.file_of(topic.id)}, topic {topic.id}"
        own = topic.facets.get(AUDIENCE, {})
        instead = {who for who, facet in own.items() if facet.instead} - GENERAL
        parts = [(f"aspects[{place}]", aspect.also_for) for place, aspect in enumerate(topic.aspects)]
        for name, values in topic.facets.items():
            parts += [(f"facets.{name}.{value}", facet.also_for) for value, facet in values.items()]
        for place, marked in parts:
            for who in sorted(set(marked) - instead):
                yield f"{at}, {place}: also_for names {who}, who has no answer of their own there, so leave it out."
        for number, aspect in enumerate(topic.aspects):
            for who in sorted(set(aspect.only_for) - set(own)):
                yield f"{at}, aspects[{number}]: only_for names {who}, of whom the topic says nothing, so write it."


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
