"""Whether every intent can be asked, is trained, is ruled and is answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from assistant.guide.checks.content import Content

# Fewer phrases than this and an intent is mistaken for its neighbours.
FEWEST_PHRASES = 25
# Another language is told by its words before the classifier sees them (assistant/turn), so nothing trains it.
UNTRAINED = frozenset({"other_language"})
# Rasa's own intent for what fits nothing: it stands in a rule, but in no domain.
FALLBACK = "nlu_fallback"


def intents_and_topics(content: Content) -> Iterator[str]:
    """Every intent of the domain has a topic, and every topic is an intent."""
    for intent in content.asked:
        if intent not in content.guide.topics:
            yield f"domain.yml: the intent {intent} has no topic, so write one in data/guide or remove the intent."
    for topic in content.guide.topics:
        if topic not in content.asked:
            yield f"{content.file_of(topic)}, topic {topic}: it is no intent, so add it to domain.yml or remove it."


def rules(content: Content) -> Iterator[str]:
    """Every intent stands in a rule, and rules name no other."""
    for intent in content.asked:
        if intent not in content.ruled:
            yield f"rules.yml: no rule answers the intent {intent}, so add it to one."
    for intent in sorted(content.ruled - set(content.asked) - {FALLBACK}):
        yield f"rules.yml: a rule names {intent}, which is no intent, so add it to domain.yml or remove it."


def training_phrases(content: Content) -> Iterator[str]:
    """Every intent has enough phrases, each stands once, and none could be taken for a command."""
    count: dict[str, int] = defaultdict(int)
    first: dict[str, str] = {}
    for phrase in content.phrases:
        count[phrase.intent] += 1
        at = f"nlu/{phrase.family}.yml, intent {phrase.intent}: the phrase {phrase.words!r}"
        if phrase.words.startswith("/"):
            yield f"{at} begins with a slash, so take it off."
        key = " ".join(phrase.words.lower().split())
        other = first.setdefault(key, phrase.intent)
        if other != phrase.intent:
            yield f"{at} stands under {other} too, so keep it under one of them."
    for intent in content.asked:
        if intent not in UNTRAINED and count[intent] < FEWEST_PHRASES:
            missing = f"{count[intent]} training phrases and needs {FEWEST_PHRASES}"
            yield f"domain.yml: the intent {intent} has {missing}, so add some to data/nlu."


def families(content: Content) -> Iterator[str]:
    """A topic and its training phrases stand in files of the same name."""
    seen = {(phrase.intent, phrase.family) for phrase in content.phrases}
    for intent, family in sorted(seen):
        if intent not in content.guide.topics:
            yield f"nlu/{family}.yml, intent {intent}: it has no topic, so write one or remove its phrases."
        elif content.guide.families[intent] != family:
            yield (
                f"nlu/{family}.yml, intent {intent}: its topic stands in {content.file_of(intent)}, "
                "so move its phrases to the file of that name."
            )
