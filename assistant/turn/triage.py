"""The triage form within a turn: what a message answers, what it only asks in between, and how an emergency ends it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.events import ActiveLoop, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from assistant import guide, referral
from assistant.referral import Heard
from assistant.turn.pieces import pieces
from assistant.turn.questions import Question

# A statement that is no answer is a question in between where it was read as surely as this, by what it was read as:
# "milia removal at home" is one, "the lighter one by my temple" is not.
SURE = {"guide": 0.8, "conversation": 0.65, "not_ours": 0.9}
# So few words ("hmm", "blue banana") that look like what is not ours are an answer that was not understood.
BRIEF = 3

_WORD = re.compile(r"[\w'-]+")


def open_question(tracker: DialogueStateTracker) -> str | None:
    """Return the question of the form that is open in the conversation, None where the form is not running."""
    asked = tracker.get_slot(REQUESTED_SLOT)
    return referral.question_of(asked) if tracker.active_loop_name == referral.FORM and asked else None


async def end(store: TrackerStore, conversation: str) -> None:
    """End the form where it is running: an emergency stands alone, and an active form would beat every rule."""
    tracker = await store.retrieve(conversation)
    if tracker is not None and tracker.active_loop_name == referral.FORM:
        tracker.update_with_events([ActiveLoop(None), SlotSet(REQUESTED_SLOT, None)], None)
        await store.save(tracker)


def hear(text: str, asked: str) -> Heard:
    """Return what `text` says to the open question, by its words alone.

    `does` is "asks" for a message that asks something, whatever else it answers, "nothing" where a model must say.
    """
    cut = pieces(text)
    told = _without_questions(text, [piece.text for piece in cut if piece.asks])
    whole = referral.read_answers(text, named(text), asked)
    if whole.does not in {"answer", "nothing"} or told == text:
        return whole
    return Heard(referral.read_answers(told, named(told), asked).answers, "asks")


def settled(text: str, heard: Heard, intent: str, confidence: float) -> Heard:
    """Return what the message `text` does that its words did not settle, now that a model has read it as `intent`."""
    triage = referral.triage()
    if intent == triage.topic:
        return Heard(heard.answers, "answer" if heard.answers else "explain")
    if intent in triage.no_questions:
        return Heard(heard.answers, "answer" if heard.answers else "unclear")
    by_chance = intent in triage.doubtful and len(text.split()) <= BRIEF
    asks = heard.does == "asks" or (confidence >= SURE[guide.load().kinds[intent]] and not by_chance)
    return Heard(heard.answers, "asks" if asks else "unclear")


def begun(text: str) -> Heard:
    """Return what a message answers that starts the form: what it tells, not what it asks."""
    told = _without_questions(text, [piece.text for piece in pieces(text) if piece.asks])
    return Heard(referral.read_answers(told, named(told)).answers, "start")


def tapped(choice: str, topic: str) -> Heard | None:
    """Return what a tapped choice says to the form, None where it belongs to something else."""
    match choice.split("."):
        case ["triage", "stop"]:
            return Heard({}, "stop")
        case ["triage", question, referral.SKIPPED]:
            return Heard({question: [referral.SKIPPED]}, "answer")
        case ["triage", question, name]:
            return Heard({question: [name]}, "answer")
    return Heard({}, "start") if topic == referral.triage().topic else None


def is_over(heard: Heard | None, asked: str | None) -> bool:
    """Return whether a tapped "Stop" or "Skip" belongs to a form that has ended, or to a question that is not open."""
    if heard is None or heard.does == "start":
        return False
    skipped = [question for question, names in heard.answers.items() if list(names) == [referral.SKIPPED]]
    return (asked is None and heard.does == "stop") or any(question != asked for question in skipped)


def after_the_rest(asked: Sequence[Question]) -> list[Question]:
    """Return the questions of one message with the form's own last: beside another it is offered, not started."""
    topic = referral.triage().topic
    return sorted(asked, key=lambda question: question.intent == topic)


def named(text: str) -> list[dict[str, Any]]:
    """Return what `text` names of the lexicons, {"entity", "value", "start", "end", "negated"}, the longest first."""
    words = [(match.group().lower(), match.start(), match.end()) for match in _WORD.finditer(text)]
    found, place = [], 0
    while place < len(words):
        hit = _longest_at(words, place)
        if hit:
            (entity, value), last = hit
            start, end = words[place][1], words[last][2]
            negated = referral.negated(text, start, end)
            found.append({"entity": entity, "value": value, "start": start, "end": end, "negated": negated})
        place = hit[1] + 1 if hit else place + 1
    return found


def _longest_at(words: Sequence[tuple[str, int, int]], place: int) -> tuple[tuple[str, str], int] | None:
    for last in range(min(len(words), place + _longest()) - 1, place - 1, -1):
        phrase = " ".join(word for word, _, _ in words[place : last + 1])
        if phrase in _phrases():
            return _phrases()[phrase], last
    return None


def _without_questions(text: str, asking: Sequence[str]) -> str:
    """Return `text` with its questions blanked, so that places in it stay the same."""
    for piece in asking:
        text = text.replace(piece, " " * len(piece), 1)
    return text


@cache
def _phrases() -> Mapping[str, tuple[str, str]]:
    """Return the wordings of the values that stand for a choice of the form."""
    wanted = {
        (entity, value)
        for question in referral.triage().questions
        for choice in question.choices
        for entity, values in choice.named.items()
        for value in values
    }
    lexicons = guide.load().lexicons
    return {
        " ".join(_WORD.findall(phrase.lower())): (entity, value)
        for entity, value in sorted(wanted)
        for phrase in lexicons[entity].values[value].phrases
    }


@cache
def _longest() -> int:
    return max(len(phrase.split()) for phrase in _phrases())
