"""What a message is, before Rasa decides what to do: urgent, a label, another language, a question about something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant import guide, ingredients, referral
from assistant.turn import languages

FALLBACK = "nlu_fallback"
LABEL_INTENT = "ingredient_check"
LANGUAGE_INTENT = "other_language"
CRISIS_INTENT = "crisis"

Parse = Callable[[str], dict[str, Any]]


@dataclass(frozen=True)
class Understanding:
    """What the assistant makes of one message.

    `entities` are {"entity", "value", "start", "end", "negated"}; `ranking` the best trained intents, never the
    fallback; `finding` what the red-flag detector says; `language` an ISO 639-1 code; `tapped`: the text is a choice's
    title, not the visitor's own words.
    """

    text: str
    intent: str
    confidence: float
    ranking: list[dict[str, Any]] = field(default_factory=list)
    entities: list[dict[str, Any]] = field(default_factory=list)
    language: str = languages.ENGLISH
    finding: referral.Finding = field(default_factory=lambda: referral.detect(""))
    tapped: bool = False

    @property
    def urgency(self) -> str:
        """Return the level of the scale; a crisis is an emergency however it was found."""
        return "emergency" if self.intent == CRISIS_INTENT and not self.tapped else self.finding.urgency

    @property
    def questions(self) -> list[dict[str, Any]]:
        """Return one entry a question: none for a label."""
        if ingredients.looks_like_label(self.text):
            return []
        return [{"text": self.text, "intent": self.intent, "confidence": self.confidence}]

    def parse_data(self) -> dict[str, Any]:
        """Return what Rasa is handed in place of its own parsing, and what actions read in `latest_message`.

        Only the first mention of each entity that is not negated may fill a slot.
        """
        mentioned: dict[str, dict[str, Any]] = {}
        for entity in self.entities:
            if not entity["negated"]:
                mentioned.setdefault(entity["entity"], entity)
        return {
            "text": self.text,
            "intent": {"name": self.intent, "confidence": self.confidence},
            "intent_ranking": self.ranking,
            "entities": list(mentioned.values()),
            "questions": self.questions,
            "language": self.language,
            "tapped": self.tapped,
            "urgency": self.urgency,
            "flags": self.finding.as_dict()["flags"],
        }


def understand(text: str, parse: Parse) -> Understanding:
    """Return what `text` is. `parse` runs the trained pipeline and is asked only where nothing simpler decides.

    Red flags come first and need no model; a label is told apart before anything slow looks at it.
    """
    finding = referral.detect(text)
    if finding.crisis:
        return Understanding(text, CRISIS_INTENT, 1.0, [_certain(CRISIS_INTENT)], finding=finding)
    if ingredients.looks_like_label(text):
        return Understanding(text, LABEL_INTENT, 1.0, [_certain(LABEL_INTENT)], finding=finding)
    language = languages.detect(text)
    if language != languages.ENGLISH:
        return Understanding(text, LANGUAGE_INTENT, 1.0, [_certain(LANGUAGE_INTENT)], [], language, finding)
    parsed = parse(text)
    ranking = [entry for entry in parsed["intent_ranking"] if entry["name"] != FALLBACK]
    return Understanding(
        text=text,
        intent=parsed["intent"]["name"] or FALLBACK,
        confidence=float(parsed["intent"]["confidence"]),
        ranking=ranking,
        entities=[_entity(text, entity) for entity in parsed["entities"]],
        finding=finding,
    )


def chosen(title: str, topic: str) -> Understanding:
    """Return what a tapped choice means: its topic, for certain."""
    return Understanding(title, topic, 1.0, [_certain(topic)], tapped=True)


def _certain(intent: str) -> dict[str, Any]:
    return {"name": intent, "confidence": 1.0}


def _entity(text: str, entity: Mapping[str, Any]) -> dict[str, Any]:
    start, end = entity["start"], entity["end"]
    return {
        "entity": entity["entity"],
        "value": guide.load().canonical(entity["entity"], entity["value"]),
        "start": start,
        "end": end,
        "negated": referral.negated(text, start, end),
    }
