"""Adds to a reply what else was asked in the message, and offers the topics that were nearly chosen instead."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker

from actions import labels
from actions.facets import facets
from actions.message import asked
from assistant import guide, ingredients, referral

CHOICES = 3
# The second topic must be this much as likely as the first for the reply to say that it was a close call.
NEARLY = 0.6


def completed(tracker: Tracker, reply: guide.Reply, words: dict[str, str]) -> guide.Reply:
    """Return `reply` with the answers to the further questions of the message, and with the near misses as choices.

    Where one of them is for the triage form, the form is offered: it asks questions of its own.
    """
    library = guide.load()
    if tracker.latest_message.get("triage"):
        return reply  # what the form asks or says has choices of its own
    places = range(1, len(tracker.latest_message.get("questions") or []))
    further = [_answer(library, tracker, place, words) for place in places]
    if further:
        together = guide.together(library, [reply, *further])
        form = [topic for topic in together.topics if topic == referral.triage().topic]
        return replace(together, choices=[*guide.choices(library, form), *together.choices][:CHOICES])
    return _with_close(library, reply, tracker.latest_message)


def _answer(library: guide.Guide, tracker: Tracker, place: int, words: dict[str, str]) -> guide.Reply:
    question = tracker.latest_message["questions"][place]
    topic, known = question["intent"], facets(tracker, question["intent"])
    if topic == labels.TOPIC:
        return labels.summed_up(ingredients.check(question["text"]), known, words, asked(tracker, place))
    return guide.compose(library, topic, known, words, asked=asked(tracker, place))


def answered_last(reply: guide.Reply) -> str | None:
    """Return the guide's topic that `reply` answers last, where it answers several."""
    kinds = guide.load().kinds
    ours = [topic for topic in reply.topics if kinds[topic] == "guide"]
    return ours[-1] if len(reply.topics) > 1 and ours else None


def _with_close(library: guide.Guide, reply: guide.Reply, message: dict[str, Any]) -> guide.Reply:
    near = [entry for entry in message.get("close") or [] if entry["intent"] not in reply.topics]
    if not near or not reply.topics:
        return reply
    offered = [entry["intent"] for entry in near]
    is_close = near[0]["confidence"] >= NEARLY * message["intent"]["confidence"]
    text = f"{reply.text}\n\n{library.system['close_call']}" if is_close else reply.text
    choices = [*guide.choices(library, offered), *(one for one in reply.choices if one.topic not in offered)]
    return replace(reply, text=text, choices=guide.leading_first(library, choices[:CHOICES]))
