"""Whether short questions after an answer (data/follow_ups.yml) lead to topics that exist, by kinds that exist."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.guide.checks.content import Content


def kinds(content: Content) -> Iterator[str]:
    """A topic names only kinds of follow-ups that there are, and every kind is answered by a topic."""
    known = {entry["kind"]: entry["answers"] for entry in content.follow_ups["kinds"]}
    for kind, target in known.items():
        if target not in content.guide.topics:
            yield f"follow_ups.yml, {kind}: there is no topic {target}, so name another."
    for topic in content.guide.topics.values():
        at = f"{content.file_of(topic.id)}, topic {topic.id}, follow_ups"
        for kind, target in topic.follow_ups.items():
            if kind not in known:
                yield f"{at}: follow_ups.yml has no kind {kind}, so add it or rename it."
            if target not in content.guide.topics:
                yield f"{at}: there is no topic {target}, so name another."


def homes(content: Content) -> Iterator[str]:
    """What may be named in a follow-up is at home in a topic."""
    for entity, home in content.follow_ups["homes"].items():
        lexicon = content.guide.lexicons.get(entity)
        for value, topic in {"": home["topic"], **home.get("values", {})}.items():
            at = f"follow_ups.yml, homes, {entity} {value}".rstrip()
            if topic not in content.guide.topics:
                yield f"{at}: there is no topic {topic}, so name another."
            if value and lexicon and value not in lexicon.values:
                yield f"{at}: it stands in no file of data/entities, so add it there or rename it."
        for topic in {one for pair in home.get("after", {}).items() for one in pair} - set(content.guide.topics):
            yield f"follow_ups.yml, homes, {entity} after: there is no topic {topic}, so name another."
