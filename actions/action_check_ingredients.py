"""Reads a label or a single ingredient and says how what is in it relates to milia."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions import labels
from actions.base import Answer, GuideAction, answered, words
from actions.facets import facets, forgotten
from actions.message import asked, intent
from assistant import ingredients


class ActionCheckIngredients(GuideAction):
    """Says the label reader's summary, or what is asked about it; the topic's answer where nothing is named."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_check_ingredients"

    def answer(self, tracker: Tracker) -> Answer:
        """Return the summary of what was named or pasted, or the answer about what was checked before."""
        topic, label = intent(tracker), tracker.latest_message.get("label") or {}
        now, asks, text = labels.checked(tracker), label.get("asks") or (), tracker.latest_message["text"]
        parted = label.get("parted", False)
        if parted:
            now = now.parted()
        elif label.get("pasted") or not asks:
            now = now.after(label.get("listed") or text, label.get("continues", False))
        if asks:
            reply = labels.answer(asks, now, label["of"])
        else:
            result = (now.result() if now.current else None) or ingredients.check(text)
            reply = labels.summed_up(result, facets(tracker, topic), words(), asked(tracker), now)
            if parted or label.get("continues"):
                said = ingredients.says_parted() if parted else ingredients.says_continued()
                reply = replace(reply, text=f"{said}\n\n{reply.text}")
        return reply, [*answered(topic), SlotSet(labels.SLOT, now.as_dict()), *forgotten(tracker, topic)]
