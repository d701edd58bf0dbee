"""Holds every text and every reply against the rules of medical safety."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from assistant import guide
from assistant.files import DATA, read_yaml
from assistant.safety.replies import Answer, answers, summaries
from assistant.safety.schema import Companion, Rules, load
from assistant.safety.texts import Text, prepared, sentences


def problems(data: Path = DATA) -> list[str]:
    """Return where a text or a reply in the folder `data` breaks a rule, one sentence a problem.

    Raises FileNotFoundError where a file is missing and guide.BrokenContent or pydantic.ValidationError where one does
    not fit its schema.
    """
    rules, library = load(data), guide.load(data)
    texts = said(data)
    replies = [*answers(library), *summaries(data)]
    return [
        *never(texts, rules),
        *forbidden(texts, data),
        *unspoken(library, rules),
        *unsourced(library, rules),
        *uncited(replies, library),
        *alone(replies, rules),
        *unused(texts, rules),
    ]


def said(data: Path = DATA) -> list[Text]:
    """Return every prepared text in the folder `data` that a visitor may read, with where it stands."""
    return list(prepared(data, guide.load(data), load(data)))


def never(texts: Iterable[Text], rules: Rules) -> Iterator[str]:
    """Yield the sentences that say what no sentence may say."""
    allowed = {(entry.rule, entry.sentence) for entry in rules.allowed}
    for text in texts:
        for sentence in sentences(text.words):
            for rule in rules.never:
                if text.file in rule.but_in or not rule.pattern.search(sentence):
                    continue
                if (rule.unless and rule.unless.search(sentence)) or (rule.id, sentence) in allowed:
                    continue
                yield f"{text.at}: {sentence!r} {rule.reason} ({rule.id}), so word it another way."


def forbidden(texts: Iterable[Text], data: Path) -> Iterator[str]:
    """Yield what the guide's own check (guide/forbidden.yml) would not let pass in texts that are not the guide's."""
    entries = read_yaml(data / "guide" / "forbidden.yml")
    patterns = [(re.compile(entry["pattern"], re.IGNORECASE), entry["reason"]) for entry in entries]
    for text in texts:
        for pattern, reason in patterns:
            found = pattern.search(" ".join(text.words.replace("**", "").split()))
            if found and not text.file.startswith("guide/"):
                yield f"{text.at}: {found[0]!r} {reason}, so word it another way."


def unspoken(library: guide.Guide, rules: Rules) -> Iterator[str]:
    """Yield the topics that have no words of their own for somebody to whom the general answer does not apply."""
    for rule in rules.own_words:
        for topic in library.topics.values():
            if library.families[topic.id] not in rule.families or topic.id in rule.but:
                continue
            facet = topic.facets.get(rule.facet, {}).get(rule.value)
            if facet is None or (rule.instead and not facet.instead):
                at = f"guide/{library.families[topic.id]}.yml, topic {topic.id}, facets.{rule.facet}.{rule.value}"
                yield f"{at}: it {rule.reason} ({rule.id}), so write it."


def unsourced(library: guide.Guide, rules: Rules) -> Iterator[str]:
    """Yield the aspects and the facets in place of an answer that claim something of milia and name no source."""
    for topic in library.topics.values():
        if library.kinds[topic.id] != "guide":
            continue
        parts = [(f"aspect {aspect.cues[0]!r}", aspect.text, aspect.sources) for aspect in topic.aspects]
        for name, values in topic.facets.items():
            instead = [(value, facet) for value, facet in values.items() if facet.instead]
            parts += [(f"facets.{name}.{value}", facet.text, facet.sources) for value, facet in instead]
        for place, text, sources in parts:
            if not sources and not rules.sources.nothing_claimed.search(text):
                at = f"guide/{library.families[topic.id]}.yml, topic {topic.id}, {place}"
                yield f"{at}: it claims something and names no source, so name one."


def uncited(replies: Iterable[Answer], library: guide.Guide) -> Iterator[str]:
    """Yield the replies of the guide that go without any source."""
    ours = {f"guide/{library.families[topic]}.yml" for topic, kind in library.kinds.items() if kind == "guide"}
    for reply in replies:
        if not reply.cites and reply.at.split(",")[0] in ours:
            yield f"{reply.at}: the reply has no source, so name one."


def alone(replies: Iterable[Answer], rules: Rules) -> Iterator[str]:
    """Yield the replies that lack what must be said with something they say, one a rule and sentence."""
    seen = set()
    for reply in replies:
        for rule in rules.companions:
            if any(reply.facets.get(name) not in values for name, values in rule.facets.items()):
                continue
            sentence = _left_alone(rule, reply.text)
            # The same sentence stands in many replies, and an editor mends it once.
            if sentence and (rule.id, sentence) not in seen:
                seen.add((rule.id, sentence))
                yield f"{reply.at}: {sentence!r} {rule.reason} ({rule.id}), so add it."


def _left_alone(rule: Companion, text: str) -> str:
    """Return the sentence of `text` whose companion is missing, or nothing."""
    if not rule.sentence and rule.needs.search(text):
        return ""
    for paragraph in text.split("\n\n"):
        for sentence in _sentences(paragraph):
            if rule.calls(sentence, text) and not (rule.sentence and rule.needs.search(sentence)):
                return sentence
    return ""


@lru_cache(maxsize=100_000)
def _sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph; the same ones stand in thousands of replies."""
    return sentences(paragraph)


def unused(texts: Iterable[Text], rules: Rules) -> Iterator[str]:
    """Yield the exceptions that nothing needs any more."""
    said = {sentence for text in texts for sentence in sentences(text.words)}
    for entry in rules.allowed:
        if entry.sentence not in said:
            yield f"safety/rules.yml: nothing says {entry.sentence!r} any more, so remove it from `allowed`."
