"""Forgets what was spoken of, because the visitor wants to start over."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset

from actions.base import Answer, GuideAction, words
from actions.message import intent
from assistant import guide


class ActionStartOver(GuideAction):
    """Resets every slot and ends a form; the messages stay in the history until they are erased or expire."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_start_over"

    def answer(self, tracker: Tracker) -> Answer:
        """Return the confirmation."""
        return guide.compose(guide.load(), intent(tracker), {}, words()), [ActiveLoop(None), AllSlotsReset()]
