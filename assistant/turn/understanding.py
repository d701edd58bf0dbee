"""What a message is, before Rasa decides what to do: urgent, a label, another language, a question about something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from assistant import guide, ingredients, referral
from assistant.ingredients import Checked
from assistant.turn import follow_ups, labels, languages, questions, triage
from assistant.turn.labels import OfLabel
from assistant.turn.pieces import pieces
from assistant.turn.questions import Question
from assistant.turn.reading import NOTHING, SURE_NOT_OURS, Before, Parse, Reading, read

LABEL_INTENT = labels.TOPIC
LANGUAGE_INTENT = "other_language"
CRISIS_INTENT = "crisis"

NOTHING_CHECKED = Checked()

# A message read with this confidence needs no other topic offered. Chosen on development messages: a right topic must
# be answered or among the choices (docs/understanding.md).
SURE = 0.95
CLOSE = 2  # topics beside the answered one
LEAST = 0.02  # a topic less likely than that is no near miss


@dataclass(frozen=True)
class Understanding:
    """What the assistant makes of one message.

    `entities` are {"entity", "value", "start", "end", "negated"}; `ranking` the best trained intents, never the
    fallback; `finding` what the red-flag detector says; `language` an ISO 639-1 code; `tapped`: the text is a choice's
    title, not the visitor's own words; `label` what it has to do with the lists of the conversation; `heard` what it
    says to the triage form, where it has to do with it.
    """

    text: str
    intent: str
    confidence: float
    ranking: list[dict[str, Any]] = field(default_factory=list)
    entities: list[dict[str, Any]] = field(default_factory=list)
    language: str = languages.ENGLISH
    finding: referral.Finding = field(default_factory=lambda: referral.detect(""))
    tapped: bool = False
    asked: Sequence[Question] = ()
    label: OfLabel | None = None
    heard: referral.Heard | None = None

    @property
    def urgency(self) -> str:
        """Return the level of the scale; a crisis is an emergency however it was found."""
        return "emergency" if self.intent == CRISIS_INTENT and not self.tapped else self.finding.urgency

    @property
    def questions(self) -> list[dict[str, Any]]:
        """Return {"text", "intent", "confidence"} of each question: none for a label."""
        return [{"text": one.text, "intent": one.intent, "confidence": one.confidence} for one in self.asked]

    @property
    def story(self) -> str:
        """Return what a message with several questions says beside them; "" where there is one question or none."""
        if len(self.asked) < 2:
            return ""
        questions = [question.text for question in self.asked]
        told = [piece.text for piece in pieces(self.text) if not piece.asks]
        return " ".join(part for part in told if not any(part in text or text in part for text in questions))

    @property
    def close(self) -> list[dict[str, Any]]:
        """Return the topics of the guide that were nearly chosen instead, {"intent", "confidence"}, best first.

        None where the message was read with certainty or holds several questions.
        """
        if len(self.asked) != 1 or (self.confidence >= SURE and not self.asked[0].follow_up):
            return []
        others = [entry for entry in self.ranking if entry["name"] != self.intent and _is_ours(entry["name"])]
        return [
            {"intent": entry["name"], "confidence": entry["confidence"]}
            for entry in others[:CLOSE]
            if entry["confidence"] >= LEAST
        ]

    def parse_data(self) -> dict[str, Any]:
        """Return what Rasa is handed in place of its own parsing, and what actions read in `latest_message`.

        `mentions` are one mention of each entity that is not negated; `entities`, which fill slots, are the same
        where the guide answers: what a message that is not ours names is not remembered.
        """
        mentions = _mentions(self.entities)
        return {
            "text": self.text,
            "intent": {"name": self.intent, "confidence": self.confidence},
            "intent_ranking": self.ranking,
            "entities": mentions if any(_is_ours(question.intent) for question in self.asked) else [],
            "mentions": mentions,
            "further": _further(self.entities, mentions),
            "of_oneself": follow_ups.of_oneself(self.text),
            "follow_up": any(question.follow_up for question in self.asked),
            "close": self.close,
            "questions": self.questions,
            "story": self.story,
            "language": self.language,
            "tapped": self.tapped,
            "label": self.label.as_dict() if self.label else None,
            "urgency": self.urgency,
            "flags": self.finding.as_dict()["flags"],
            "triage": self.heard and {"answers": dict(self.heard.answers), "does": self.heard.does},
        }


@dataclass(frozen=True)
class Context:
    """What a message may lean on.

    `before` is what was said, `audience` is whom the talk is about, `checked` the lists that were read, `form_asks` the
    open question of the triage form.
    """

    before: Before = NOTHING
    audience: str | None = None
    checked: Checked = NOTHING_CHECKED
    form_asks: str | None = None


NOTHING_BEFORE = Context()


def understand(text: str, parse: Parse, context: Context = NOTHING_BEFORE) -> Understanding:
    """Return what `text` is. `parse` runs the trained pipeline and is asked only where nothing simpler decides.

    Red flags come first and need no model; a label is told apart before anything slow looks at it.
    """
    finding = referral.detect(text)
    if finding.crisis:
        return _certainly(CRISIS_INTENT, text, finding)
    label = labels.pasted(text, context.checked)
    if label:
        return replace(_certainly(LABEL_INTENT, text, finding), asked=[], label=label)
    heard = triage.hear(text, context.form_asks) if context.form_asks else None
    if heard and heard.does not in {"asks", "nothing"}:
        return replace(_certainly(referral.triage().topic, text, finding), heard=heard)
    language = languages.detect(text)
    if language != languages.ENGLISH:
        return replace(_certainly(LANGUAGE_INTENT, text, finding), language=language)
    return _read(text, parse, context, finding, heard)


def _read(
    text: str, parse: Parse, context: Context, finding: referral.Finding, heard: referral.Heard | None
) -> Understanding:
    """Return what the trained pipeline makes of `text`; `heard` is what its words alone say to the triage form."""
    parse = cache(parse)  # parts of a message are read more than once on the way to its questions
    reading = read(text, parse, context.before)
    entities = follow_ups.about(text, context.audience, [_entity(text, entity) for entity in reading.entities])
    label = None if _is_elsewhere(reading, context) else labels.asked(text, entities, context.checked)
    if label:
        return _of_label(text, label, entities, finding, parse, context)
    whole = Question(text, reading.intent, reading.confidence, reading.in_context)
    asked = (
        [whole]
        if whole.intent == CRISIS_INTENT
        else questions.find(text, whole, reading.ranking, entities, parse, context.before)
    )
    asked = triage.after_the_rest(asked)
    if heard:
        heard = triage.settled(text, heard, asked[0].intent, asked[0].confidence)
    elif asked[0].intent == referral.triage().topic:
        heard = triage.begun(text)
    return Understanding(
        text=text,
        intent=asked[0].intent,
        confidence=asked[0].confidence,
        ranking=[dict(entry) for entry in reading.ranking],
        entities=entities,
        finding=finding,
        asked=asked,
        heard=heard,
    )


def _is_elsewhere(reading: Reading, context: Context) -> bool:
    """Return whether what is named is not to be looked up: in a crisis, or in what is surely not about bumps.

    "Retinol or squalane for dandruff" is such a message. Where a list was checked, what follows may be about
    it, whatever it sounds like.
    """
    not_ours = guide.load().kinds.get(reading.intent) == "not_ours" and reading.confidence >= SURE_NOT_OURS
    return reading.intent == CRISIS_INTENT or (not_ours and context.checked == NOTHING_CHECKED)


def _mentions(entities: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one of the mentions of each entity: the first, or the one that ranks first ("my face, near the eyes")."""
    library, mentioned = guide.load(), dict[str, dict[str, Any]]()
    for entity in entities:
        name, value = entity["entity"], entity["value"]
        best = mentioned.get(name)
        if not entity["negated"] and (best is None or library.rank(name, value) < library.rank(name, best["value"])):
            mentioned[name] = entity
    return list(mentioned.values())


def _further(entities: Sequence[dict[str, Any]], mentions: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what else is named and not negated, beside `mentions`, each value once."""
    known = {one["value"] for one in mentions}
    told = [one for one in entities if not one["negated"] and one["value"] not in known]
    others = {(one["entity"], one["value"]): one for one in told}
    return list(others.values())


def _certainly(intent: str, text: str, finding: referral.Finding) -> Understanding:
    return Understanding(text, intent, 1.0, [_certain(intent)], finding=finding, asked=[Question(text, intent, 1.0)])


def _of_label(
    text: str, label: OfLabel, entities: list[dict[str, Any]], finding: referral.Finding, parse: Parse, context: Context
) -> Understanding:
    """Return a message that asks about a list, and what else it asks behind it."""
    about = Question(text.removesuffix(label.rest).strip() or text, LABEL_INTENT, 1.0, follow_up=bool(label.asks))
    others = understand(label.rest, parse, context).asked if label.rest else ()
    asked = [about, *(question for question in others if question.intent != LABEL_INTENT)]
    return replace(_certainly(LABEL_INTENT, text, finding), entities=entities, asked=asked, label=label)


def chosen(title: str, topic: str, heard: referral.Heard | None = None, label: OfLabel | None = None) -> Understanding:
    """Return what a tapped choice means: its topic, for certain.

    `heard` is what it says to the triage form, `label` what it asks about the lists of the conversation.
    """
    asked = [Question(title, topic, 1.0)]
    return Understanding(title, topic, 1.0, [_certain(topic)], tapped=True, asked=asked, heard=heard, label=label)


def _is_ours(intent: str) -> bool:
    return guide.load().kinds.get(intent) == "guide"


def _certain(intent: str) -> dict[str, Any]:
    return {"name": intent, "confidence": 1.0}


def _value(entity: str, phrase: str) -> str:
    """Return what the content calls `phrase`: an ingredient by its INCI name, anything else as the lexicons do."""
    if entity == "ingredient":
        return ingredients.inci(phrase) or phrase
    return guide.load().canonical(entity, phrase)


def _entity(text: str, entity: Mapping[str, Any]) -> dict[str, Any]:
    start, end = entity["start"], entity["end"]
    return {
        "entity": entity["entity"],
        "value": _value(entity["entity"], entity["value"]),
        "start": start,
        "end": end,
        "negated": referral.negated(text, start, end),
    }
