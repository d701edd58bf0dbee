"""Has the conversation erased, because its visitor said so."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop

from actions.base import Answer, GuideAction, words
from actions.message import intent
from assistant import guide


class ActionEraseMyData(GuideAction):
    """Says that the chat is erased; the turn erases it once everything of it is stored."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_erase_my_data"

    def answer(self, tracker: Tracker) -> Answer:
        """Return the confirmation; a form ends, as it would ask on."""
        return guide.compose(guide.load(), intent(tracker), {}, words()), [ActiveLoop(None)]

    def effects(self) -> dict[str, str]:
        """Ask the turn to erase the conversation (assistant/turn)."""
        return {"effect": "erase"}
