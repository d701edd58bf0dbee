"""Says what the triage form comes to, and what to take along to the appointment."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import triage, triage_memory
from actions.base import Answer, Event, GuideAction, answered, say, words
from actions.message import urgency
from assistant import guide, referral

SOURCES_SHOWN = 6


class ActionTriageResult(GuideAction):
    """How soon, why and whom to see; where the visitor stopped, that the form is over."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_triage_result"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Event]:
        """Say the result, then a message to take along: not after an emergency, nor after urgent advice alone."""
        result, topic = _result(tracker), referral.triage().topic
        if triage.is_back(tracker) or urgency(tracker) != referral.highest([urgency(tracker), result.level]):
            # Its advice was given with the answer in between, or the result is more urgent and must not come after it.
            tracker.latest_message["urgency"] = "none"
        events = super().run(dispatcher, tracker, domain)
        said = dispatcher.messages[-1]["custom"]
        if triage.heard(tracker)[1] != "stop" and said["topics"] and said["urgency"] != "emergency":
            choices = guide.choices(guide.load(), result.next)
            say(dispatcher, guide.Reply(referral.companion_text(result, words()), choices, topics=[topic]), "none")
        return [*events, *triage_memory.emptied()]

    def answer(self, tracker: Tracker) -> Answer:
        """Return the result, with the facets that it leaves for later questions."""
        topic, library, assumed = referral.triage().topic, guide.load(), triage_memory.assumed(tracker)
        if triage.heard(tracker)[1] == "stop":
            reached = referral.highest([referral.level(triage.given(tracker)), triage.floor(tracker)])
            text = referral.stopped_text(reached, words())
            reply = guide.Reply(text, guide.choices(library, [topic]), topics=[topic])
            reply = reply if reached in referral.CALM else replace(reply, urgency=reached)
        else:
            result = _result(tracker)
            sources = guide.cite(library, result.sources)[:SOURCES_SHOWN]
            text = referral.result_text(result, words(), advised=urgency(tracker) == result.level)
            reply = guide.Reply(text, (), sources, [topic], assumed, result.level)
        return reply, [*answered(topic), *(SlotSet(name, value) for name, value in assumed.items())]


def _result(tracker: Tracker) -> referral.Result:
    return referral.conclude(triage.given(tracker), triage.floor(tracker))
