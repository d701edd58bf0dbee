"""Cuts a message into sentences and clauses, and tells the questions among them from the story around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import spacy
from spacy.language import Language

from assistant.files import DATA, read_yaml

# Where a sentence ends for people who leave out the space, or end a line, or trail off ...
_BREAK = re.compile(r"(?<=[?!])\s*(?=\w)|\s*\n+\s*|(?<=\w)\.{2,}\s*|…\s*")
_WORD = re.compile(r"[\w']+")
# A piece of fewer words asks nothing by itself ("right?", "please?").
SHORTEST = 2
# Where two questions may be joined, however the second begins: "cost and recovery time", "alone? also if they spread".
_JOINT = re.compile(
    r"\s*[,;/:&.+]+\s+(?:(?:and|also|or|plus|but)\s+)*|\s+(?:and|also|plus|or|but)\s+(?:also\s+)?|\s*[/&;,]\s*|\s+-\s+",
    re.IGNORECASE,
)
# More words without a question are a story, not what is typed into a search box ("milia causes, treatment").
LONGEST_SEARCH = 12


@dataclass(frozen=True)
class Piece:
    """A sentence or clause of a message: where it stands, in characters, and whether it asks something."""

    text: str
    start: int
    end: int
    asks: bool


@dataclass(frozen=True)
class _Asking:
    """data/language/asking.yml."""

    begins: frozenset[str]
    leading: frozenset[str]
    pleas: re.Pattern[str]
    joint: re.Pattern[str]
    joint_in_story: re.Pattern[str]


def pieces(text: str) -> list[Piece]:
    """Return the sentences and clauses of `text` in order."""
    found = []
    for sentence in _language()(text).sents:
        for start, end in _cut(text, sentence.start_char, sentence.end_char, _BREAK):
            # Within a story only what is plainly a question of its own is cut off.
            joint = _asking().joint if _asks(text[start:end]) else _asking().joint_in_story
            found += [_piece(text, *span) for span in _cut(text, start, end, joint)]
    return [piece for piece in found if piece.text]


def halves(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to cut `text` in two where the first part asks something, the last places first.

    `text` as a whole counts as asking where it is short and holds no question, as what is typed into a search box.
    """
    search = not any(piece.asks for piece in pieces(text)) and len(text.split()) <= LONGEST_SEARCH
    for joint in reversed(list(_JOINT.finditer(text))):
        left, right = text[: joint.start()].strip(), text[joint.end() :].strip()
        if _WORD.search(left) and _WORD.search(right) and (search or any(piece.asks for piece in pieces(left))):
            yield left, right


def _cut(text: str, start: int, end: int, where: re.Pattern[str]) -> list[tuple[int, int]]:
    spans, begin = [], start
    for match in where.finditer(text, start, end):
        spans.append((begin, match.start()))
        begin = match.end()
    return [*spans, (begin, end)]


def _piece(text: str, start: int, end: int) -> Piece:
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    return Piece(inner.strip(), start, start + len(inner.strip()), _asks(inner))


def _asks(sentence: str) -> bool:
    lower = sentence.lower().replace("’", "'")
    words = _WORD.findall(lower)
    if len(words) < SHORTEST:
        return False
    first = next((word for word in words if word not in _asking().leading), "")
    return lower.rstrip().endswith("?") or first in _asking().begins or bool(_asking().pleas.search(lower))


@cache
def _asking() -> _Asking:
    read = read_yaml(DATA / "language" / "asking.yml")
    joined = _either(read["joined"])
    return _Asking(
        begins=frozenset(read["begins"].split()),
        leading=frozenset(read["leading"].split()),
        pleas=re.compile(rf"\b(?:{_either(read['pleas'])})\b"),
        joint=re.compile(
            rf"(?:[\s,;-]+(?:{_either(read['joints'])})\s+(?:(?:{_either(read['leads'])}),?\s+)*|\s*[:,;-]\s+)(?=(?:{joined})\b)",
            re.IGNORECASE,
        ),
        joint_in_story=re.compile(
            rf"(?:[\s,;-]+(?:{_either(read['joints'])})|\s*[:,;-])\s+(?=(?:{_either(read['helpers'])})\s+"
            rf"(?:{_either(read['subjects'])})\b|(?:{_either(read['openers'])})\b)|\s*:\s+(?=(?:{joined})\b)",
            re.IGNORECASE,
        ),
    )


def _either(words: str | Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in (words.split() if isinstance(words, str) else words))


@lru_cache(maxsize=1)
def _language() -> Language:
    language = spacy.blank("en")
    language.add_pipe("sentencizer")
    return language
