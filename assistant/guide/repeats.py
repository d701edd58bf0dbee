"""Says once what stands in several texts of one reply."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PARAGRAPHS = "\n\n"
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?]) +")
# How a paragraph is headed for one value of a facet; two values may share one text.
_HEAD = re.compile(r"^\*\*[^*]+:\*\* ")


def once(texts: Iterable[str], said: set[str] | None = None) -> str:
    """Return `texts` as paragraphs of one text, without the sentences that stand in a paragraph before.

    `said` holds the sentences that were said ahead of it, and takes in those of `texts`. A list is kept whole, or left
    out where the same one stands before.
    """
    said = set() if said is None else said
    kept = []
    for paragraph in _PARAGRAPHS.join(texts).split(_PARAGRAPHS):
        head = _HEAD.match(paragraph)
        body = paragraph[head.end() :] if head else paragraph
        sentences = [body] if "\n" in body else _BETWEEN_SENTENCES.split(body)
        fresh = [sentence for sentence in sentences if sentence not in said]
        said.update(sentences)
        if fresh:
            kept.append((head[0] if head else "") + " ".join(fresh))
    return _PARAGRAPHS.join(kept)
