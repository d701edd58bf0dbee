"""What the actions share that answer from the ingredient lists of a conversation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker

from assistant import guide, ingredients
from assistant.ingredients import Checked, CheckResult

TOPIC = "ingredient_check"
CHOICES = 3
SLOT = "label"
NOTHING = Checked()
SHOWN = ("title", "publisher", "url")


def checked(tracker: Tracker) -> Checked:
    """Return what was checked in this conversation."""
    return Checked.of(tracker.get_slot(SLOT))


def is_last(tracker: Tracker) -> bool:
    """Return whether a list is what was answered last."""
    return tracker.get_slot("topic") == TOPIC and checked(tracker).is_list


def answer(asks: Sequence[str], now: Checked, of: str = "") -> guide.Reply:
    """Return the answer to what is asked about what was checked."""
    said = ingredients.answer(asks, now, of)
    return reply(said.text, said.sources, now, asks)


def summed_up(
    result: CheckResult, known: Mapping[str, str], words: Mapping[str, str], asked: str = "", now: Checked = NOTHING
) -> guide.Reply:
    """Return the summary of a check, with what the guide adds for the visitor's facets; the topic's answer for none."""
    library = guide.load()
    if result.kind == "no_list" and not result.branded:
        return guide.compose(library, TOPIC, known, words, asked=asked)
    parts = [result.summary, guide.beside(library, TOPIC, known, words)]
    said = reply("\n\n".join(part for part in parts if part), result.sources, now)
    return replace(said, assumed={name: value for name, value in known.items() if library.facet(TOPIC, name, value)})


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
