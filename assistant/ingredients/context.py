"""Reads from the words around a list, or from a question, how a product is used: rinsed off, left on, near the eyes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter
from typing import Literal

from assistant.ingredients.names import lowered, words_of
from assistant.ingredients.reader import Product
from assistant.ingredients.schema import Reading

_WORD = re.compile(r"\w")

Context = Literal["rinse_off", "leave_on", "eye_area"]


def contexts(text: str, reading: Reading) -> tuple[Context, ...]:
    """Return the uses of a product that a text tells of; neither "rinse_off" nor "leave_on" where it tells of both."""
    if not _WORD.search(text):
        return ()
    words, text = reading.contexts, lowered(text)
    rinsed, left = words_of(words["rinse_off"]), words_of(words["leave_on"])
    found: list[Context] = []
    # What is left on is looked for in the rest: a cleansing balm is rinsed off.
    off = rinsed.search(text)
    on = left.search(rinsed.pattern.sub(" ", text) if off else text)
    if off and not on:
        found.append("rinse_off")
    if on and not off:
        found.append("leave_on")
    if words_of(words["eye_area"]).search(text):
        found.append("eye_area")
    return tuple(found)


def around(text: str, products: Sequence[Product]) -> str:
    """Return the text without the names that were read from it; the products' places are those of `text`."""
    kept: list[str] = []
    after = 0
    for item in sorted((item for product in products for item in product.items), key=attrgetter("start")):
        between = text[after : item.start]
        # Most of it is commas: only the first of several in a row tells that something stood between.
        if kept[-1:] != [", "] or between != ", ":
            kept.append(between)
        after = max(after, item.end)
    return " ".join([*kept, text[after:]])
