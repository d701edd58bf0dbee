"""Tells more of what was answered last."""

from __future__ import annotations

from actions.base import words
from actions.last_topic import LastTopicAction
from assistant import guide


class ActionTellMore(LastTopicAction):
    """Says the prepared detail of the last topic, or each name that matters on a list that was read last."""

    of_label = "more"

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_tell_more"

    def part(self, topic: str, known: dict[str, str]) -> guide.Reply | None:
        """Return the detail of `topic`."""
        return guide.details(guide.load(), topic, known, words())
