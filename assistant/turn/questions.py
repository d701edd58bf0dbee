"""Finds what a message asks: one question mostly, up to three, each with its intent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant import guide
from assistant.turn import follow_ups
from assistant.turn.pieces import Piece, pieces
from assistant.turn.reading import Parse, read

Entities = Sequence[Mapping[str, Any]]

MOST = 3
# Below this confidence a piece of a message is no question of its own. Chosen on development messages
# (docs/understanding.md): lower, stories fall apart into questions that nobody asked.
SURE = 0.25
# A piece that is as sure as this is read without the story, which would make all pieces ask the same.
SURE_ALONE = 0.8
# "Or is it just luck" is about nothing by itself, and yet belongs to the question before it.
SURE_NOT_OURS = 0.6
# Small talk as sure as this is no follow-up, however alike the wordings ("what did you just say", "in what way").
SURE_OF_TALK = 0.95


@dataclass(frozen=True)
class Question:
    """One thing that is asked. `follow_up`: it leans on what was answered or asked before."""

    text: str
    intent: str
    confidence: float
    follow_up: bool = False


def find(text: str, whole: Question, entities: Entities, parse: Parse, topic: str | None) -> list[Question]:
    """Return the questions of `text` in order, one at least.

    `whole` is the message read as one question, `entities` what it names, `topic` what was answered last.
    """
    cut = pieces(text)
    asking = [piece for piece in cut if piece.asks]
    if len(asking) < 2:
        resolved = None if _is_talk(whole) else follow_ups.resolve(text, entities, topic)
        return [Question(text, resolved, 1.0, follow_up=True)] if resolved else [whole]
    story = " ".join(piece.text for piece in cut if not piece.asks)
    found: dict[str, Question] = {}
    for piece in asking:
        question = _read(piece, story, _within(piece, entities), parse, list(found)[-1] if found else topic)
        if _is_own(question):
            found.setdefault(question.intent, question)
    return list(found.values())[:MOST] if len(found) > 1 else [whole]


def _is_talk(question: Question) -> bool:
    return question.confidence >= SURE_OF_TALK and guide.load().kinds.get(question.intent) == "conversation"


def _read(piece: Piece, story: str, entities: Entities, parse: Parse, topic: str | None) -> Question:
    resolved = follow_ups.resolve(piece.text, entities, topic)
    if resolved:
        # "Tell me more" is no answer beside another one; the topic itself is.
        of_topic = topic if topic and guide.load().kinds[resolved] == "conversation" else resolved
        return Question(piece.text, of_topic, 1.0, follow_up=True)
    reading = read(piece.text, parse, topic)
    if story and reading.confidence < SURE_ALONE:
        reading = read(f"{story} {piece.text}", parse, topic)
    return Question(piece.text, reading.intent, reading.confidence, reading.in_context)


def _is_own(question: Question) -> bool:
    """Return whether a piece asks something that is answered beside something else: no small talk."""
    least = {"guide": SURE, "not_ours": SURE_NOT_OURS}.get(guide.load().kinds.get(question.intent, ""))
    return least is not None and question.confidence >= least


def _within(piece: Piece, entities: Entities) -> list[dict[str, Any]]:
    """Return the entities of the message that stand in `piece`, with their places in it."""
    return [
        {**entity, "start": entity["start"] - piece.start, "end": entity["end"] - piece.start}
        for entity in entities
        if piece.start <= entity["start"] and entity["end"] <= piece.end
    ]
