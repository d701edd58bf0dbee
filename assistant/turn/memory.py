"""What was said before, as the conversation stores it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from rasa.shared.core.events import BotUttered, Event, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant import guide
from assistant.turn.message import from_event
from assistant.turn.reading import Before

# How many answers back a follow-up may lean on, within how many turns, and on how many topics of them beside the last
# one: each costs a reading.
ANSWERS = 2
TURNS = 5
EARLIER = 3


def before(tracker: DialogueStateTracker) -> Before:
    """Return what a message may lean on that comes next in this session."""
    topic, turns = tracker.get_slot("topic"), list(islice(_turns_back(tracker.events), TURNS))
    kinds = guide.load().kinds
    answered = [found for _, topics in turns if (found := [one for one in topics if kinds.get(one) == "guide"])]
    earlier = dict.fromkeys(one for topics in answered[:ANSWERS] for one in topics if one != topic)
    return Before(topic, tuple(earlier)[:EARLIER], turns[0][0] if turns else "")


def _turns_back(events: Sequence[Event]) -> Iterator[tuple[str, list[str]]]:
    """Yield (what the visitor said, the topics that were answered) of the turns of this session, the last one first."""
    topics: list[str] = []
    for event in reversed(events):
        if isinstance(event, SessionStarted):
            return
        if isinstance(event, BotUttered):
            topics = [*from_event(event).topics, *topics]
        elif isinstance(event, UserUttered):
            yield event.text or "", topics
            topics = []
