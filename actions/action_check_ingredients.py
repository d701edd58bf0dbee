"""Reads a label or a single ingredient and says how what is in it relates to milia."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker

from actions import labels
from actions.base import Answer, GuideAction, answered, words
from actions.facets import facets, forgotten
from actions.message import intent
from assistant import guide, ingredients


class ActionCheckIngredients(GuideAction):
    """Says the label reader's summary, or what is asked about it; the topic's answer where nothing is named."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_check_ingredients"

    def answer(self, tracker: Tracker) -> Answer:
        """Return the summary of what was named or pasted, or the answer about what was checked before."""
        topic, label = intent(tracker), tracker.latest_message.get("label") or {}
        now, asks, text = labels.checked(tracker), label.get("asks") or (), tracker.latest_message["text"]
        if label.get("pasted") or not asks:
            now = now.after(text, label.get("continues", False))
        if asks:
            reply = labels.answer(asks, now, label["of"])
        else:
            reply = _summed_up(tracker, now, label.get("continues", False))
        return reply, [*answered(topic), *labels.remembered(now), *forgotten(tracker, topic)]


def _summed_up(tracker: Tracker, now: ingredients.Checked, continues: bool) -> guide.Reply:
    """Return the summary of what was checked, with what the guide adds for the visitor's facets."""
    library, topic = guide.load(), intent(tracker)
    known = facets(tracker, topic)
    result = (now.result() if now.current else None) or ingredients.check(tracker.latest_message["text"])
    if result.kind == "no_list" and not result.branded:
        return guide.compose(library, topic, known, words())
    head = ingredients.says_continued() if continues else ""
    parts = [head, result.summary, guide.beside(library, topic, known, words())]
    said = labels.reply("\n\n".join(part for part in parts if part), result.sources, now)
    return replace(said, assumed={name: value for name, value in known.items() if library.facet(topic, name, value)})
