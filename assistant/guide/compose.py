"""Composes replies from prepared texts. Nothing is generated: every sentence stands in `data/`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from assistant.guide.library import Guide
from assistant.guide.schema import Facet, Topic

# A reply names this many sources at most, the topic's first ones; "where does that come from" names them all.
SOURCES_SHOWN = 6

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Choice:
    """Something to tap. `topic` is the intent that a tap stands for."""

    id: str
    title: str
    topic: str


@dataclass(frozen=True)
class Reply:
    """One message of the assistant: text in the small markdown subset, and what goes with it."""

    text: str
    choices: Sequence[Choice] = ()
    sources: Sequence[Mapping[str, Any]] = ()
    topics: Sequence[str] = ()
    assumed: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the reply as plain data."""
        return asdict(self)


def compose(
    guide: Guide, topic_id: str, facets: Mapping[str, str], words: Mapping[str, str], variant: int = 0
) -> Reply:
    """Return the answer to `topic_id` for the facets that are known, headed by what was assumed.

    `words` fills the placeholders ({contact} ...); `variant` chooses among the wordings of small talk.
    Raises KeyError for a topic that does not exist.
    """
    topic = guide.topics[topic_id]
    used = {name: value for name, value in facets.items() if value in topic.facets.get(name, {})}
    chosen = {name: topic.facets[name][value] for name, value in used.items()}
    # The most particular text answers; what is only added follows the answer.
    instead = [name for name, facet in chosen.items() if facet.instead]
    added = [name for name, facet in chosen.items() if not facet.instead]
    parts = [_headed(guide, name, used[name], chosen[name]) for name in instead] or [_wording(topic, variant)]
    parts += [_headed(guide, name, used[name], chosen[name]) for name in added]
    cited = [source for facet in chosen.values() for source in facet.sources]
    cited += [] if instead and cited else topic.sources
    return Reply(
        text=fill("\n\n".join(parts), words),
        choices=choices(guide, topic.next),
        sources=cite(guide, cited)[:SOURCES_SHOWN],
        topics=[topic_id],
        assumed=used,
    )


def details(guide: Guide, topic_id: str, words: Mapping[str, str]) -> Reply | None:
    """Return what "tell me more" says of a topic, or None where nothing more was written."""
    return _part(guide, topic_id, guide.topics[topic_id].more, words)


def plain(guide: Guide, topic_id: str, words: Mapping[str, str]) -> Reply | None:
    """Return the topic in the plainest words, or None where they were not written."""
    return _part(guide, topic_id, guide.topics[topic_id].simple, words)


def cite(guide: Guide, source_ids: Sequence[str]) -> list[dict[str, Any]]:
    """Return title, publisher and address of each source, once each, in order."""
    found = [guide.sources[source_id] for source_id in dict.fromkeys(source_ids)]
    return [{"title": source.title, "publisher": source.publisher, "url": source.url} for source in found]


def fill(text: str, words: Mapping[str, str]) -> str:
    """Return `text` with its placeholders filled from `words`; raise KeyError for one that is not known."""
    return _PLACEHOLDER.sub(lambda match: words[match[1]], text)


def _part(guide: Guide, topic_id: str, text: str | None, words: Mapping[str, str]) -> Reply | None:
    if not text:
        return None
    topic = guide.topics[topic_id]
    return Reply(fill(text, words), choices(guide, topic.next), cite(guide, topic.sources)[:SOURCES_SHOWN], [topic_id])


def _wording(topic: Topic, variant: int) -> str:
    return topic.answer if isinstance(topic.answer, str) else topic.answer[variant % len(topic.answer)]


def _headed(guide: Guide, name: str, value: str, facet: Facet) -> str:
    return f"**{guide.says(name, value)}:** {facet.text}"


def choices(guide: Guide, topic_ids: Sequence[str]) -> list[Choice]:
    """Return one choice a topic, under its human title."""
    return [Choice(f"topic.{topic_id}", guide.topics[topic_id].title, topic_id) for topic_id in topic_ids]
