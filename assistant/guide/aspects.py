"""Finds the aspects of a topic that a message names, and who is to hear them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from assistant.guide.denials import denied
from assistant.guide.schema import Aspect, Topic

# More would bury the answer; a line of kindness may stand beside them.
ASPECTS_SAID = 2
COMFORTS_SAID = 1

Words = Sequence["re.Match[str]"]

_WORD = re.compile(r"[a-z0-9'%]+")


def named(topic: Topic, asked: str, who: str | None, own: str | None) -> list[Aspect]:
    """Return what `topic` says of the aspects that are named in `asked`, in the order of the topic.

    `who` is whom it is about, where that is known; `own` the same where a text written for them alone stands instead
    of the answer: then only what is marked as holding for them is said.
    """
    words = list(_WORD.finditer(_plain(asked)))
    message = f" {' '.join(word[0] for word in words)} "
    holding = [aspect for aspect in topic.aspects if _holds(aspect, who, own)]
    heard = [aspect for aspect in holding if _is_named(aspect, asked, words, message)]
    kind = islice((aspect for aspect in heard if aspect.comforts), COMFORTS_SAID)
    answering = islice((aspect for aspect in heard if not aspect.comforts), ASPECTS_SAID)
    said = [*kind, *answering]
    return [aspect for aspect in heard if any(aspect is one for one in said)]


def _holds(aspect: Aspect, who: str | None, own: str | None) -> bool:
    if aspect.only_for:
        return who in aspect.only_for
    return own is None or own in aspect.also_for


def _is_named(aspect: Aspect, asked: str, words: Words, message: str) -> bool:
    cues = [cue for cue in map(_together, aspect.cues) if cue in message]
    return any(not denied(asked, start, end) for cue in cues for start, end in _places(cue.split(), words))


def _places(cue: Sequence[str], words: Words) -> Iterator[tuple[int, int]]:
    """Yield where the words of `cue` stand one after another: its first character, and the place after its last."""
    for first in range(len(words) - len(cue) + 1):
        found = words[first : first + len(cue)]
        if [word[0] for word in found] == cue:
            yield found[0].start(), found[-1].end()


@cache
def _together(cue: str) -> str:
    """Return the words of `cue` with a space around each, so that they are found as whole words."""
    return f" {' '.join(_WORD.findall(cue))} "


def _plain(text: str) -> str:
    """Return `text` in lower case, each character in its place: the lower case of a whole text may be longer."""
    return "".join(one.lower()[:1] for one in text.replace("’", "'"))
