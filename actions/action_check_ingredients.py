"""Reads a label or a single ingredient and says how what is in it relates to milia."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.base import Answer, GuideAction, answered, words
from actions.facets import facets, forgotten
from actions.message import intent
from assistant import guide, ingredients

SHOWN = ("title", "publisher", "url")


class ActionCheckIngredients(GuideAction):
    """Says the label reader's summary; a question that names nothing to check gets the topic's answer."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_check_ingredients"

    def answer(self, tracker: Tracker) -> Answer:
        """Return the summary of what was named or pasted."""
        library, topic = guide.load(), intent(tracker)
        result = ingredients.check(tracker.latest_message["text"])
        known = facets(tracker, topic)
        if result.kind == "no_list":
            reply = guide.compose(library, topic, known, words())
        else:
            parts = [result.summary, guide.beside(library, topic, known, words())]
            reply = guide.Reply(
                text="\n\n".join(part for part in parts if part),
                choices=guide.choices(library, library.topics[topic].next),
                sources=[{name: source[name] for name in SHOWN} for source in result.sources],
                topics=[topic],
                assumed={name: value for name, value in known.items() if library.facet(topic, name, value)},
            )
        return reply, [*answered(topic), *forgotten(tracker, topic)]
