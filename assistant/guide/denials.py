"""Tells whether a message says of something it names that it is not there."""

from __future__ import annotations

import re
from functools import cache

from assistant import referral
from assistant.files import DATA, read_yaml

DENIALS_FILE = DATA / "guide" / "denials.yml"

_ENDS = re.compile(r"[.!?\n]")
_CLAUSES = re.compile(r"[,;:()]")
# "So they aren't catching, right?": with a question mark at most two words behind, what is denied is asked.
_QUESTION_NEAR = re.compile(r"(?:[^\w.;:!?]+[\w'’]+){0,2}\s*\?")


def denied(text: str, start: int, end: int) -> bool:
    """Return whether `text` states that there is none of what it names from character `start` up to `end`.

    What is asked ("isn't it cancer?") or wished ("I don't want a scar") is denied in words alone, and stays named.
    """
    if not (text[:start].strip() or text[end:].strip()):
        return False
    return referral.negated(text, start, end) and not (_is_asked(text, start, end) or _is_wished(text, start))


def _is_asked(text: str, start: int, end: int) -> bool:
    lists = _lists()
    clause = lists["joints"].split(_CLAUSES.split(_before(text, start))[-1])[-1].strip()
    inverted = lists["verbs"].match(clause)
    return bool(
        _QUESTION_NEAR.match(text, end)
        or lists["asks"].match(clause)
        or (inverted and lists["subjects"].match(clause[inverted.end() :].strip()))
    )


def _is_wished(text: str, start: int) -> bool:
    return bool(_lists()["wishes"].search(_before(text, start)))


def _before(text: str, start: int) -> str:
    """Return what stands before `start` in its sentence, in lower case."""
    return _ENDS.split(text[:start])[-1].replace("’", "'").lower()


@cache
def _lists() -> dict[str, re.Pattern[str]]:
    """Return the lists of data/guide/denials.yml, each as a pattern that finds any of its phrases as whole words."""
    lists = read_yaml(DENIALS_FILE)
    return {name: re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b(?!')") for name, phrases in lists.items()}
