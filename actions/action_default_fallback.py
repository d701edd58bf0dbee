"""Helps where a message was not understood: likely topics first, then an honest "I don't know"."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.base import Answer, GuideAction, words
from assistant import guide

SUGGESTIONS = 3
# After this many messages that were not understood a person helps more than another guess.
PATIENCE = 1


class ActionDefaultFallback(GuideAction):
    """Offers the likeliest topics under their human titles; the second time it says how to reach a person."""

    def name(self) -> str:
        """Return the action's name in the domain; Rasa falls back to this name by itself, too."""
        return "action_default_fallback"

    def answer(self, tracker: Tracker) -> Answer:
        """Return the suggestions or the way to a person."""
        library = guide.load()
        misunderstood = int(tracker.get_slot("misunderstood") or 0)
        likely = _likely(tracker, library)
        name = "fallback_second"
        if misunderstood < PATIENCE:
            name = "fallback_first" if likely else "fallback_unclear"
        reply = guide.Reply(guide.fill(library.system[name], words()), guide.choices(library, likely))
        return reply, [SlotSet("misunderstood", misunderstood + 1)]


def _likely(tracker: Tracker, library: guide.Guide) -> list[str]:
    ranking = tracker.latest_message.get("intent_ranking") or []
    topics = [entry["name"] for entry in ranking if library.kinds.get(entry["name"]) == "guide"]
    return topics[:SUGGESTIONS]
