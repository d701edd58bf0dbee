"""What all actions share: urgent advice goes ahead of whatever an action answers."""

from __future__ import annotations

import uuid
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.message import intent, typed, urgency
from actions.several import answered_last, completed
from assistant import guide, referral, site

Event = dict[str, Any]
Answer = tuple[guide.Reply, list[Event]]


class GuideAction(Action, ABC):
    """An action that says one reply. `answer` composes it; everything said goes through `run`."""

    @abstractmethod
    def answer(self, tracker: Tracker) -> Answer:
        """Return the reply and the events that remember it."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Event]:
        """Say urgent advice first, alone in an emergency; then what `answer` composed."""
        # Where the turn has looked already and found nothing, the detector is not asked again.
        finding = referral.detect("" if tracker.latest_message.get("urgency") == "none" else typed(tracker))
        advice = referral.advice(finding, words())
        if advice is not None and advice.alone:
            topics = [intent(tracker)] if finding.crisis else []
            say(dispatcher, _advised(guide.Reply("", topics=topics), advice), finding.urgency)
            return [SlotSet("misunderstood", 0)]
        reply, events = self.answer(tracker)
        reply = completed(tracker, reply, words())
        last = answered_last(reply)
        level = referral.highest([urgency(tracker), reply.urgency])
        say(dispatcher, _advised(reply, advice) if advice else reply, level, **self.effects())
        return [SlotSet("misunderstood", 0), *events, *(answered(last) if last else [])]

    def effects(self) -> dict[str, str]:
        """Return what the turn still has to do once this action was said."""
        return {}


def words() -> dict[str, str]:
    """Return what fills the placeholders of prepared texts for this site."""
    return site.load().words


def answered(topic: str) -> list[Event]:
    """Return the events that remember what was answered."""
    return [SlotSet("topic", topic)]


def say(dispatcher: CollectingDispatcher, reply: guide.Reply, urgency: str, **effects: str) -> None:
    """Utter `reply` with its choices, sources and topics."""
    dispatcher.utter_message(
        text=reply.text,
        buttons=[{"title": choice.title, "payload": f"{choice.id}|{choice.topic}"} for choice in reply.choices],
        json_message={
            "id": uuid.uuid4().hex,
            "sources": list(reply.sources),
            "topics": list(reply.topics),
            "assumed": dict(reply.assumed),
            "urgency": urgency,
            **effects,
        },
    )


def _advised(reply: guide.Reply, advice: referral.Advice) -> guide.Reply:
    text = "\n\n".join(part for part in (advice.text, reply.text) if part)
    return replace(reply, text=text, sources=[*guide.cite(guide.load(), advice.sources), *reply.sources])
