"""What the actions share that answer from the ingredient lists of a conversation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from assistant import guide, ingredients
from assistant.ingredients import Checked

TOPIC = "ingredient_check"
CHOICES = 3
SLOT = "label"
SHOWN = ("title", "publisher", "url")


def checked(tracker: Tracker) -> Checked:
    """Return what was checked in this conversation."""
    return Checked.of(tracker.get_slot(SLOT))


def is_last(tracker: Tracker) -> bool:
    """Return whether a list is what was answered last."""
    return tracker.get_slot("topic") == TOPIC and checked(tracker).is_list


def remembered(now: Checked) -> list[dict[str, Any]]:
    """Return the events that remember what was checked."""
    return [SlotSet(SLOT, now.as_dict())]


def answer(asks: Sequence[str], now: Checked, of: str = "") -> guide.Reply:
    """Return the answer to what is asked about what was checked."""
    said = ingredients.answer(asks, now, of)
    return reply(said.text, said.sources, now, asks)


def reply(text: str, sources: Iterable[Mapping[str, Any]], now: Checked, answered: Sequence[str] = ()) -> guide.Reply:
    """Return `text` with its sources and what can be asked next, beside what was `answered` in it."""
    library = guide.load()
    asks = ingredients.to_ask(now).items() if now.current else ()
    offered = [guide.Choice(f"label.{ask}", title, TOPIC) for ask, title in asks if ask not in answered]
    return guide.Reply(
        text=text,
        choices=[*offered, *guide.choices(library, library.topics[TOPIC].next)][:CHOICES],
        sources=[{name: source[name] for name in SHOWN} for source in sources],
        topics=[TOPIC],
    )
