"""Whether texts are short enough to be read, and replies small enough for every platform."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.guide.checks.content import Content
from assistant.guide.checks.platforms import PLATFORMS, Platform
from assistant.guide.compose import AUDIENCE, Reply, compose, details, plain
from assistant.guide.schema import Topic

# How many characters a part of a topic may have; who reads on a phone should not have to scroll far.
LIMITS = {"asks": 60, "answer": 600, "simple": 300, "more": 800, "facets": 450, "aspects": 280}
# How long an owner's words may be that fill a placeholder: replies are measured with the longest.
PLACEHOLDERS = {
    "name": 40,
    "contact": 120,
    "provider_link": 200,
    "retention_days": 4,
    "emergency_number": 20,
    "crisis_line": 160,
    "urgent_line": 160,
}


def lengths(content: Content) -> Iterator[str]:
    """Every part of a topic keeps to its length."""
    for text in content.texts():
        limit = LIMITS.get(text.place.split(".")[0].split("[")[0]) if text.topic else None
        if limit is not None and len(text.words) > limit:
            yield f"{text.at}: it has {len(text.words)} characters and may have {limit}, so shorten it."


def replies(content: Content) -> Iterator[str]:
    """Every reply fits every platform: the answer, with each facet by itself, the detail and the plain wording."""
    for at, reply in composed(content):
        yield from (f"{at}: the reply {reason}." for reason in unfit(reply))


def composed(content: Content) -> Iterator[tuple[str, Reply]]:
    """Yield (where its parts stand, reply) of every topic, with the longest words that an owner may have set."""
    words = {name: "x" * length for name, length in PLACEHOLDERS.items()}
    for topic in content.guide.topics.values():
        if _composable(content, topic):
            for place, reply in _replies(content, topic, words):
                yield f"{content.file_of(topic.id)}, topic {topic.id}, {place}", reply


def unfit(reply: Reply) -> Iterator[str]:
    """Yield what each platform would refuse of a reply, as the end of a sentence that begins with "the reply"."""
    for platform in PLATFORMS:
        yield from _unfit(reply, platform)


def _composable(content: Content, topic: Topic) -> bool:
    # What is missing or misnamed here is a problem of its own, told by another check.
    sources = {source for values in topic.facets.values() for facet in values.values() for source in facet.sources}
    known = {value for name in topic.facets if name in content.guide.lexicons for value in _values(content, name)}
    named = {value for values in topic.facets.values() for value in values}
    cited = sources | set(topic.sources)
    return cited <= set(content.guide.sources) and named <= known and set(topic.next) <= set(content.guide.topics)


def _values(content: Content, entity: str) -> set[str]:
    return set(content.guide.lexicons[entity].values)


def _replies(content: Content, topic: Topic, words: dict[str, str]) -> Iterator[tuple[str, Reply]]:
    safe = _Lenient(words)
    for variant in range(1 if isinstance(topic.answer, str) else len(topic.answer)):
        yield "answer", compose(content.guide, topic.id, {}, safe, variant)
    for aspect in topic.aspects:
        hearers: list[dict[str, str]] = [{AUDIENCE: who} for who in (*aspect.also_for, *aspect.only_for)]
        for facets in hearers if aspect.only_for else [{}, *hearers]:
            place = "".join(f" with facets.{name}.{value}" for name, value in facets.items())
            yield (
                f"answer{place} with the aspect {aspect.cues[0]!r}",
                compose(content.guide, topic.id, facets, safe, asked=aspect.cues[0]),
            )
    known: list[dict[str, str]] = [{}, *({name: value} for name, values in topic.facets.items() for value in values)]
    for facets in known:
        place = "".join(f" with facets.{name}.{value}" for name, value in facets.items())
        if facets:
            yield f"answer{place}", compose(content.guide, topic.id, facets, safe)
        for part, reply in (
            ("more", details(content.guide, topic.id, facets, safe)),
            ("simple", plain(content.guide, topic.id, facets, safe)),
        ):
            if reply is not None:
                yield f"{part}{place}", reply


class _Lenient(dict[str, str]):
    """Fills a placeholder that nobody knows with nothing; that it is unknown is told by another check."""

    def __missing__(self, name: str) -> str:
        return ""


def _unfit(reply: Reply, platform: Platform) -> Iterator[str]:
    text = reply.text
    if platform.numbered:
        text += "".join(f"\n{place}. {choice.title}" for place, choice in enumerate(reply.choices, start=1))
    if len(text) > platform.text:
        yield f"has {len(text)} characters, and {platform.name} takes {platform.text}, so shorten one of its parts"
    if platform.choices is not None and len(reply.choices) > platform.choices:
        yield f"offers {len(reply.choices)} choices, and {platform.name} takes {platform.choices}, so offer fewer"
    for choice in reply.choices:
        if platform.title is not None and len(choice.title) > platform.title:
            yield f"offers {choice.title!r}, and {platform.name} takes {platform.title} characters, so shorten it"
        if platform.payload is not None and len(choice.id.encode()) > platform.payload:
            yield f"offers {choice.topic}, and {platform.name} takes {platform.payload} bytes, so rename that topic"
