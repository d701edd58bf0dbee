"""Finds what a message asks: one question mostly, up to three, each with its intent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from assistant import guide
from assistant.turn import follow_ups
from assistant.turn.pieces import Piece, halves, pieces
from assistant.turn.reading import FALLBACK, NOTHING, Before, Parse, Ranking, read

Entities = Sequence[Mapping[str, Any]]

MOST = 3
# Below this confidence a piece of a message is no question of its own. Chosen on development messages
# (docs/understanding.md): lower, stories fall apart into questions that nobody asked.
SURE = 0.25
# A piece that is as sure as this is read without the story, which would make all pieces ask the same.
SURE_ALONE = 0.8
# "Or is it just luck" is about nothing by itself, and yet belongs to the question before it.
SURE_NOT_OURS = 0.6
# Two halves of a message that its grammar does not part are two questions where each is as sure as this by itself and
# the message as a whole is as likely about one of the two.
SURE_FIRST = 0.6
SURE_SECOND = 0.5
SURE_TOGETHER = 0.5
# A second piece that is as surely about the first one's topic does ask the same again ("the price, is it covered").
SAME = 0.5
# How many places to cut at are tried, the last ones: each costs two readings.
CUTS = 4
LONGEST_CUT = 400  # characters
# Small talk as sure as this is no follow-up, however alike the wordings ("what did you just say", "in what way").
SURE_OF_TALK = 0.95


@dataclass(frozen=True)
class Question:
    """One thing that is asked. `follow_up`: it leans on what was answered or asked before."""

    text: str
    intent: str
    confidence: float
    follow_up: bool = False


def find(
    text: str, whole: Question, ranking: Ranking, entities: Entities, parse: Parse, before: Before = NOTHING
) -> list[Question]:
    """Return the questions of `text` in order, one at least.

    `whole` is the message read as one question, `ranking` its likely topics, `entities` what it names, `before` what it
    may lean on.
    """
    cut = pieces(text)
    asking = [piece for piece in cut if piece.asks]
    if len(asking) < 2:
        resolved = None if _is_talk(whole) else follow_ups.resolve(text, entities, before.topic)
        if resolved:
            return [Question(text, resolved, 1.0, follow_up=True)]
        return _in_two(text, whole, ranking, parse, before)
    story = " ".join(piece.text for piece in cut if not piece.asks)
    found: dict[str, Question] = {}
    for piece in asking:
        previous = list(found)[-1] if found else None
        reads = _other_than(previous, parse) if previous else parse
        lean_on = replace(before, topic=previous) if previous else before
        question = _read(piece, story, _within(piece, entities), reads, lean_on)
        if _is_own(question):
            found.setdefault(question.intent, question)
    return list(found.values())[:MOST] if len(found) > 1 else _in_two(text, whole, ranking, parse, before)


def _in_two(text: str, whole: Question, ranking: Ranking, parse: Parse, before: Before) -> list[Question]:
    """Return the surest two halves of `text` that ask different things of the guide, or `whole` alone."""
    kinds = guide.load().kinds
    if kinds.get(whole.intent) != "guide" or len(text) > LONGEST_CUT:
        return [whole]
    likely = {entry["name"]: float(entry["confidence"]) for entry in ranking}
    best, surest = [whole], 0.0
    for left, right in islice(halves(text), CUTS):
        first = read(left, parse, before)
        if first.confidence < SURE_FIRST or kinds.get(first.intent) != "guide":
            continue
        second = read(right, parse, replace(before, topic=first.intent))
        sure = first.confidence * second.confidence
        if (
            sure > surest
            and first.intent != second.intent
            and kinds.get(second.intent) == "guide"
            and second.confidence >= SURE_SECOND
            and likely.get(first.intent, 0.0) + likely.get(second.intent, 0.0) >= SURE_TOGETHER
        ):
            # The second half may lean on the first, which is no leaning on what was answered before.
            halved = ((left, first), (right, second))
            best = [Question(part, one.intent, one.confidence, first.in_context) for part, one in halved]
            surest = sure
    return best


def _other_than(topic: str, parse: Parse) -> Parse:
    """Return `parse` for what stands behind a question about `topic`: it neither asks the same again nor is small talk.

    The share of `topic` is given to the others; that of small talk ("if not" alone is a no) is not, so that what is
    hardly anything else stays unsure.
    """
    kinds = guide.load().kinds

    def parse_other(text: str) -> Mapping[str, Any]:
        parsed = parse(text)
        shares = {entry["name"]: float(entry["confidence"]) for entry in parsed["intent_ranking"]}
        rest = 1 - shares.get(topic, 0.0)
        if rest <= 1 - SAME:
            return parsed
        ranking = [
            {"name": name, "confidence": share / rest}
            for name, share in shares.items()
            if name not in {topic, FALLBACK} and kinds.get(name) != "conversation"
        ]
        return {**parsed, "intent": ranking[0], "intent_ranking": ranking} if ranking else parsed

    return parse_other


def _is_talk(question: Question) -> bool:
    return question.confidence >= SURE_OF_TALK and guide.load().kinds.get(question.intent) == "conversation"


def _read(piece: Piece, story: str, entities: Entities, parse: Parse, before: Before) -> Question:
    topic = before.topic
    resolved = follow_ups.resolve(piece.text, entities, topic)
    if resolved:
        # "Tell me more" is no answer beside another one; the topic itself is.
        of_topic = topic if topic and guide.load().kinds[resolved] == "conversation" else resolved
        return Question(piece.text, of_topic, 1.0, follow_up=True)
    reading = read(piece.text, parse, before)
    if story and reading.confidence < SURE_ALONE:
        reading = read(f"{story} {piece.text}", parse, before)
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
