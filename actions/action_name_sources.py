"""Names the sources of what was answered last."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.base import Answer, GuideAction, intent, words
from assistant import guide


class ActionNameSources(GuideAction):
    """Lists the sources of the last topic in the reply's text, for channels that show no folded sources."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_name_sources"

    def answer(self, tracker: Tracker) -> Answer:
        """Return a list of the sources; where nothing was answered yet, the topic's own answer."""
        library, topic = guide.load(), tracker.get_slot("topic")
        cited = guide.cite(library, library.topics[topic].sources) if topic else []
        if not cited:
            return guide.compose(library, intent(tracker), {}, words()), []
        lines = [f"- {source['title']}, {source['publisher']}" for source in cited]
        text = "\n".join([f"{library.system['sources_title']}:", *lines])
        return guide.Reply(text=text, sources=cited, topics=[topic]), []
