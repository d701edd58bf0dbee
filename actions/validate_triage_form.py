"""Takes what a message answers, asks what is still open, and lets a question in between be answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecutionRejected, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import triage, triage_memory
from actions.base import Answer, Event, GuideAction, answered
from assistant import guide, referral


class ValidateTriageForm(GuideAction):
    """Rasa calls it when the form starts, after each message, and when the form goes on after another answer."""

    def name(self) -> str:
        """Return the action's name in the domain, by which Rasa finds it."""
        return f"validate_{referral.FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Event]:
        """Keep the answers; then reject (a question in between), end (enough is known, or stopped), or ask on."""
        running, back, (_, does) = triage.open_question(tracker), triage.is_back(tracker), triage.heard(tracker)
        if not back:
            triage_memory.keep(tracker)
        events = [SlotSet(name, tracker.get_slot(name)) for name in triage_memory.SLOTS]
        if running and does == "asks" and not back:
            return [*events, ActionExecutionRejected(referral.FORM)]
        if does == "stop" or referral.enough(triage.given(tracker), triage.floor(tracker)):
            return [*events, SlotSet(triage.REQUESTED, None)]
        if back:
            tracker.latest_message["urgency"] = "none"  # its advice was given with the answer
        events += super().run(dispatcher, tracker, domain)
        return [*events, SlotSet(triage.REQUESTED, referral.slot(triage.missing(tracker)))]

    def answer(self, tracker: Tracker) -> Answer:
        """Return the next question with its choices, after what leads to it."""
        question, (_, does) = triage.missing(tracker), triage.heard(tracker)
        leads, topic, running = [], referral.triage().topic, triage.open_question(tracker)
        if not running:
            leads.append(referral.opening(triage.given(tracker)))
        elif tracker.get_slot(triage.FAILED):
            leads.append(referral.unclear(question, int(tracker.get_slot(triage.FAILED))))
        elif does == "explain":
            leads.append(referral.explained(question))
        choices = [guide.Choice(*choice, topic) for choice in referral.choices(question)]
        reply = guide.Reply(referral.question_text(question, *leads), choices, topics=[topic])
        if running:
            return reply, []
        return replace(reply, assumed=triage_memory.assumed(tracker)), answered(topic)
