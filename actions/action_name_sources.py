"""Names the sources of what was answered last."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from actions.base import Answer, GuideAction, words
from actions.message import intent
from assistant import guide


class ActionNameSources(GuideAction):
    """Lists the sources of the last topic in the reply's text, for channels that show no folded sources."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_name_sources"

    def answer(self, tracker: Tracker) -> Answer:
        """Return a list of the sources; where nothing was answered yet, the topic's own answer."""
        library, topic = guide.load(), tracker.get_slot("topic")
        cited = [*_shown(tracker), *guide.cite(library, library.topics[topic].sources)] if topic else []
        cited = [source for place, source in enumerate(cited) if source not in cited[:place]]
        if not cited:
            return guide.compose(library, intent(tracker), {}, words()), []
        lines = [f"- {source['title']}, {source['publisher']}" for source in cited]
        text = "\n".join([f"{library.system['sources_title']}:", *lines])
        return guide.Reply(text=text, sources=cited, topics=[topic]), []


def _shown(tracker: Tracker) -> list[dict[str, Any]]:
    """Return the sources that the last message went with: those of a facet's paragraph or of a label are its own."""
    said = [event for event in tracker.events if event["event"] == "bot" and event.get("text")]
    return list((said[-1]["data"].get("custom") or {}).get("sources") or []) if said else []
