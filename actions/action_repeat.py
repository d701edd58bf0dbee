"""Says again what was said last."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.base import Answer, GuideAction, words
from actions.message import intent
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
        reply = guide.Reply(
            text=said[-1]["text"],
            choices=[_choice(button) for button in said[-1]["data"].get("buttons") or []],
            sources=custom.get("sources") or [],
            topics=custom.get("topics") or [],
            assumed=custom.get("assumed") or {},
        )
        return reply, []


def _choice(button: dict[str, str]) -> guide.Choice:
    identity, _, topic = button["payload"].partition("|")
    return guide.Choice(identity, button["title"], topic)
