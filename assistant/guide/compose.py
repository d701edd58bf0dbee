"""Composes replies from prepared texts. Nothing is generated: every sentence stands in `data/`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from assistant.guide.aspects import named
from assistant.guide.library import Guide
from assistant.guide.repeats import once
from assistant.guide.schema import Aspect, Facet, Topic

# A reply names this many sources at most, the topic's first ones; "where does that come from" names them all.
SOURCES_SHOWN = 6
CHOICES_SHOWN = 3
# The facet that tells whom it is about.
AUDIENCE = "audience"
# Whom the general texts are written for; for others (a baby, in pregnancy) only what was written for them is sure to
# hold.
GENERAL = frozenset({"adult", "teenager", "darker_skin", "sensitive_skin"})

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
    # How urgent the answer itself makes it, on the scale of assistant/referral.
    urgency: str = "none"

    def as_dict(self) -> dict[str, Any]:
        """Return the reply as plain data."""
        return asdict(self)


def compose(
    guide: Guide, topic_id: str, facets: Mapping[str, str], words: Mapping[str, str], variant: int = 0, asked: str = ""
) -> Reply:
    """Return the answer to `topic_id` for the facets that are known, headed by what was assumed.

    `words` fills the placeholders ({contact} ...); `variant` chooses among the wordings of small talk; what the topic
    says of an aspect that is named in `asked`, the visitor's words, comes first.
    Raises KeyError for a topic that does not exist.
    """
    topic = guide.topics[topic_id]
    chosen = _chosen(guide, topic, facets)
    used = {name: facets[name] for name in chosen}
    # The most particular text answers; what is only added follows the answer.
    instead = [name for name, facet in chosen.items() if facet.instead]
    added = [name for name, facet in chosen.items() if not facet.instead]
    aspects = named(topic, asked, facets.get(AUDIENCE), _with_own_answer(topic, facets))
    parts = [aspect.text for aspect in aspects]
    parts += [_headed(guide, name, used[name], chosen[name]) for name in instead] or [_wording(topic, variant)]
    parts += [_headed(guide, name, used[name], chosen[name]) for name in added]
    return Reply(
        text=fill(once(parts), words),
        choices=choices(guide, topic.next),
        sources=cite(guide, [*_sources(aspects), *_cited(topic, chosen.values())])[:SOURCES_SHOWN],
        topics=[topic_id],
        assumed=used,
    )


def together(guide: Guide, replies: Sequence[Reply]) -> Reply:
    """Return one reply that holds several answers, each under its topic's title, in order, and no sentence twice."""
    replies = _without_repeats(replies)
    topics = list(dict.fromkeys(topic for reply in replies for topic in reply.topics))
    offered = {choice.topic: choice for reply in replies for choice in reply.choices if choice.topic not in topics}
    sources = [source for reply in replies for source in reply.sources]
    return Reply(
        text="\n\n".join(_titled(guide, reply) for reply in replies if reply.text),
        choices=leading_first(guide, list(offered.values())[:CHOICES_SHOWN]),
        sources=[source for place, source in enumerate(sources) if source not in sources[:place]][:SOURCES_SHOWN],
        topics=topics,
        assumed={name: value for reply in replies for name, value in reply.assumed.items()},
    )


def _without_repeats(replies: Sequence[Reply]) -> list[Reply]:
    """Return `replies` without the sentences that an earlier one holds; one that says nothing new has no text left."""
    said: set[str] = set()
    return [replace(reply, text=once([reply.text], said)) for reply in replies]


def _titled(guide: Guide, reply: Reply) -> str:
    titles = [guide.topics[topic].title for topic in reply.topics]
    # "Around the eyes" needs no title where the text has that head already.
    heads = [f"**{title}**" for title in titles if not reply.text.startswith(f"**{title}:**")]
    return "\n\n".join([*heads, reply.text])


def details(guide: Guide, topic_id: str, facets: Mapping[str, str], words: Mapping[str, str]) -> Reply | None:
    """Return what "tell me more" says of a topic for the facets that are known, or None where nothing was written.

    Only what stands in place of the answer is said again: the rest was said with the answer and stays true.
    """
    chosen = _chosen(guide, guide.topics[topic_id], facets)
    kept = {name: facets[name] for name, facet in chosen.items() if facet.instead}
    return _part(guide, topic_id, guide.topics[topic_id].more, kept, words)


def plain(guide: Guide, topic_id: str, facets: Mapping[str, str], words: Mapping[str, str]) -> Reply | None:
    """Return the topic in the plainest words for the facets that are known, or None where they were not written."""
    return _part(guide, topic_id, guide.topics[topic_id].simple, facets, words)


def beside(guide: Guide, topic_id: str, facets: Mapping[str, str], words: Mapping[str, str]) -> str:
    """Return only what the topic says for the facets that are known: nothing where it says nothing of them."""
    chosen = _chosen(guide, guide.topics[topic_id], facets)
    return fill("\n\n".join(_headed(guide, name, facets[name], facet) for name, facet in chosen.items()), words)


def with_one_more(
    guide: Guide, reply: Reply, topic_id: str, others: Sequence[Mapping[str, str]], words: Mapping[str, str]
) -> Reply:
    """Return `reply` with what the topic says of one of `others` behind it, the first that is not said yet.

    `others` are facets of a kind of which the visitor named several ("honey and lemon"), one each.
    """
    who = {name: value for name, value in reply.assumed.items() if name == AUDIENCE}
    for other in others:
        if any(guide.is_within(name, reply.assumed.get(name, ""), value) for name, value in other.items()):
            continue
        holding = _chosen(guide, guide.topics[topic_id], {**who, **other})
        chosen = {name: facet for name, facet in holding.items() if name in other}
        parts = [fill(_headed(guide, name, other[name], facet), words) for name, facet in chosen.items()]
        text = once([reply.text, *parts])
        if text != reply.text:
            cited = cite(guide, _sources(chosen.values()))
            sources = [*reply.sources, *(source for source in cited if source not in reply.sources)]
            return replace(reply, text=text, sources=sources)
    return reply


def cite(guide: Guide, source_ids: Sequence[str]) -> list[dict[str, Any]]:
    """Return title, publisher and address of each source, once each, in order."""
    found = [guide.sources[source_id] for source_id in dict.fromkeys(source_ids)]
    return [{"title": source.title, "publisher": source.publisher, "url": source.url} for source in found]


def fill(text: str, words: Mapping[str, str]) -> str:
    """Return `text` with its placeholders filled from `words`; raise KeyError for one that is not known."""
    return _PLACEHOLDER.sub(lambda match: words[match[1]], text)


def _part(
    guide: Guide, topic_id: str, text: str | None, facets: Mapping[str, str], words: Mapping[str, str]
) -> Reply | None:
    if not text:
        return None
    topic = guide.topics[topic_id]
    chosen = _chosen(guide, topic, facets)
    # What is different for a baby stays true in other words, and a text for everybody must not contradict it.
    parts = [text, *(_headed(guide, name, facets[name], facet) for name, facet in chosen.items())]
    return Reply(
        text=fill(once(parts), words),
        choices=choices(guide, topic.next),
        sources=cite(guide, _cited(topic, chosen.values()))[:SOURCES_SHOWN],
        topics=[topic_id],
        assumed={name: facets[name] for name in chosen},
    )


def _chosen(guide: Guide, topic: Topic, facets: Mapping[str, str]) -> dict[str, Facet]:
    found = {name: guide.facet(topic.id, name, value) for name, value in facets.items()}
    chosen = {name: facet for name, facet in found.items() if facet is not None}
    own = _with_own_answer(topic, facets)
    if own is None:
        return chosen
    # "None" for a baby, and "look for a gel" beside it: what is written for everybody would contradict their answer.
    return {name: facet for name, facet in chosen.items() if name == AUDIENCE or own in facet.also_for}


def _with_own_answer(topic: Topic, facets: Mapping[str, str]) -> str | None:
    """Return whom it is about, where a text written for them alone stands instead of the general answer."""
    who = facets.get(AUDIENCE, "")
    own = topic.facets.get(AUDIENCE, {}).get(who)
    return who if own is not None and own.instead and who not in GENERAL else None


def _cited(topic: Topic, chosen: Collection[Facet]) -> list[str]:
    """Return the sources of the facets' texts; the topic's own follow unless such a text stands in its place."""
    cited = _sources(chosen)
    return cited if cited and any(facet.instead for facet in chosen) else [*cited, *topic.sources]


def _sources(parts: Collection[Facet] | Collection[Aspect]) -> list[str]:
    return [str(source) for part in parts for source in part.sources]


def _wording(topic: Topic, variant: int) -> str:
    return topic.answer if isinstance(topic.answer, str) else topic.answer[variant % len(topic.answer)]


def _headed(guide: Guide, name: str, value: str, facet: Facet) -> str:
    return f"**{guide.says(name, value)}:** {facet.text}"


def choices(guide: Guide, topic_ids: Sequence[str]) -> list[Choice]:
    """Return one choice a topic, under its human title; a topic that leads comes first."""
    offered = [Choice(f"topic.{topic_id}", guide.topics[topic_id].title, topic_id) for topic_id in topic_ids]
    return leading_first(guide, offered)


def leading_first(guide: Guide, offered: Sequence[Choice]) -> list[Choice]:
    """Return `offered` with what leads ahead of the rest, each in its order."""
    return sorted(offered, key=lambda choice: not (choice.topic in guide.topics and guide.topics[choice.topic].leads))
