"""Says again what was said last."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.base import Answer, GuideAction, intent, words
from assistant import guide


class ActionRepeat(GuideAction):
    """Repeats the assistant's last message with its choices and sources."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_repeat"

    def answer(self, tracker: Tracker) -> Answer:
        """Return the last message; where nothing was said yet, the topic's own answer."""
        said = [event for event in tracker.events if event["event"] == "bot" and event.get("text")]
        if not said:
            return guide.compose(guide.load(), intent(tracker), {}, words()), []
        custom = said[-1]["data"].get("custom") or {}
        topics = custom.get("topics") or []
        reply = guide.Reply(
            text=said[-1]["text"],
            choices=guide.choices(guide.load(), [topic for name in topics for topic in _next(name)]),
            sources=custom.get("sources") or [],
            topics=topics,
            assumed=custom.get("assumed") or {},
        )
        return reply, []


def _next(topic: str) -> list[str]:
    return list(guide.load().topics[topic].next)
