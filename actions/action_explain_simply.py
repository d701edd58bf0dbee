"""Says what was answered last in the plainest words."""

from __future__ import annotations

from actions.base import words
from actions.last_topic import LastTopicAction
from assistant import guide


class ActionExplainSimply(LastTopicAction):
    """Says the prepared plain wording of the last topic, or of a list that was read last."""

    of_label = "simply"

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_explain_simply"

    def part(self, topic: str, known: dict[str, str]) -> guide.Reply | None:
        """Return the plain wording of `topic`."""
        return guide.plain(guide.load(), topic, known, words())
