"""Answers a message in another language in that language: one prepared sentence."""

from __future__ import annotations

from functools import lru_cache

from rasa_sdk import Tracker

from actions.base import Answer, GuideAction, words
from actions.message import intent
from assistant import guide
from assistant.files import DATA, read_yaml


class ActionAnswerLanguage(GuideAction):
    """Says in the visitor's language that the assistant speaks English, and whom to ask."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_answer_language"

    def answer(self, tracker: Tracker) -> Answer:
        """Return the prepared sentence; in English for a language that has none."""
        prepared = _languages().get(tracker.latest_message.get("language", ""))
        if prepared is None:
            return guide.compose(guide.load(), intent(tracker), {}, words()), []
        return guide.Reply(guide.fill(prepared["text"], words()), topics=[intent(tracker)]), []


@lru_cache(maxsize=1)
def _languages() -> dict[str, dict[str, str]]:
    languages: dict[str, dict[str, str]] = read_yaml(DATA / "language" / "languages.yml")
    return languages
