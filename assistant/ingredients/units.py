"""Cuts a text into units, which end at a line break, at the end of a sentence or before a mark such as "Ingredients:".

Every step is one pass over the text, and every pattern is bounded, so that the time grows with the length alone.
Nothing is removed: what is masked keeps its length, so that a place in the masked text is the same place in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from re import Pattern
from typing import Literal

from assistant.ingredients.lexicon import Lexicon
from assistant.ingredients.names import key
from assistant.ingredients.recognise import recognise_exactly
from assistant.ingredients.schema import MarkRole, Reading

Role = Literal["ingredients", "inactive", "active", "may_contain", "blurb"]

# A bracket that does not close within so many characters is taken for a stray one, and does not swallow the list. Of
# 13,925 brackets in 3,000 labels, 999 in a thousand hold at most 158 characters.
LONGEST_BRACKET = 250
# How far before "ingredients" the word "key" or "star" may stand.
HEAD_REACH = 24

_TAG = re.compile(r"<[^<>\n]{1,200}>")
_OPEN = {"(": ")", "[": "]", "{": "}"}
_CLOSE = frozenset(_OPEN.values())
_END = re.compile(r"\n|[.!?](?=\s|$)")
_LAST_WORD = re.compile(r"[a-z]{1,12}$")
_AFTER_MARK = r"(?:[ ]?\([^()\n]{0,30}\))?[ ]{0,2}(?P<sign>[:=])?"


@dataclass(frozen=True)
class Unit:
    """A stretch of text.

    `role` is what the mark before it says, `line` whether it starts a line, `blank` whether a blank line stands before
    it, `wraps` whether it ends at a line break.
    """

    start: int
    end: int
    role: Role | None
    line: bool
    blank: bool
    wraps: bool


def mask_tags(text: str) -> str:
    """Return the text with every HTML tag turned into a line break of the same length."""
    return _TAG.sub(lambda tag: "\n" + " " * (len(tag.group()) - 1), text)


def inside_brackets(text: str, reading: Reading) -> list[bool]:
    """Return for each character whether it stands in a bracket that closes. A "may contain" bracket does not count."""
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for place, character in enumerate(text):
        if character in _OPEN:
            opened.append(place)
        elif character in _CLOSE and opened and _OPEN[text[opened[-1]]] == character:
            pairs.append((opened.pop(), place))
    changes = [0] * (len(text) + 1)
    may_contain = tuple(reading.marks["may_contain"])
    for start, end in pairs:
        if end - start <= LONGEST_BRACKET and not text[start + 1 : end].strip().lower().startswith(may_contain):
            changes[start] += 1
            changes[end] -= 1
    inside, depth = [], 0
    for change in changes[:-1]:
        depth += change
        inside.append(depth > 0)
    return inside


def cut(text: str, inside: list[bool], lexicon: Lexicon) -> list[Unit]:
    """Return the units of a text in order; marks themselves and empty stretches belong to none."""
    cuts = sorted([*_marks(text, lexicon), *_ends(text, inside, lexicon.reading)])
    units: list[Unit] = []
    start, role, lines = 0, None, 2
    for cut_start, cut_end, next_role, kind in [*cuts, (len(text), len(text), None, "end")]:
        if cut_start < start:
            continue
        if text[start:cut_start].strip():
            units.append(Unit(start, cut_start, role, lines > 0, lines > 1, kind == "line"))
            role, lines = None, 0
        lines += kind == "line"
        start, role = cut_end, next_role or role
    return units


def _ends(text: str, inside: list[bool], reading: Reading) -> list[tuple[int, int, Role | None, str]]:
    found: list[tuple[int, int, Role | None, str]] = []
    for match in _END.finditer(text):
        place = match.start()
        if inside[place]:
            continue
        if match.group() == "\n":
            found.append((place, place + 1, None, "line"))
        elif not _abbreviates(text, place, reading):
            found.append((place, place + 1, None, "sentence"))
    return found


def _abbreviates(text: str, place: int, reading: Reading) -> bool:
    word = _LAST_WORD.search(text[max(0, place - 12) : place].lower())
    return text[place] == "." and word is not None and word.group() in reading.abbreviations


def _marks(text: str, lexicon: Lexicon) -> list[tuple[int, int, Role | None, str]]:
    pattern, roles = _mark_pattern(lexicon)
    found: list[tuple[int, int, Role | None, str]] = []
    for match in pattern.finditer(text):
        role: Role = roles[match.group("mark").lower()]
        if not _is_mark(text, match.start(), match.end(), role, bool(match.group("sign")), lexicon):
            continue
        before = key(text[max(0, match.start() - HEAD_REACH) : match.end()])
        if role == "ingredients" and any(before.endswith((head, head + "s")) for head in lexicon.reading.blurb_heads):
            role = "blurb"
        found.append((match.start(), match.end(), role, "mark"))
    return found


def _is_mark(text: str, start: int, end: int, role: Role, sign: bool, lexicon: Lexicon) -> bool:
    if sign or role == "may_contain":
        return True
    line_start = text.rfind("\n", max(0, start - HEAD_REACH), start) + 1 or max(0, start - HEAD_REACH)
    if text[line_start:start].strip(" -*•#") and role == "ingredients":
        return False
    rest = text[end : end + LONGEST_BRACKET].split("\n", 1)[0]
    return not rest.strip() or recognise_exactly(rest.split(",", 1)[0].strip(" -"), lexicon) is not None


@cache
def _mark_pattern_of(phrases: tuple[tuple[str, Role], ...]) -> tuple[Pattern[str], dict[str, Role]]:
    longest_first = sorted((phrase for phrase, _ in phrases), key=len, reverse=True)
    alternatives = "|".join(re.escape(phrase) for phrase in longest_first)
    pattern = re.compile(rf"(?<![^\W\d_])(?P<mark>{alternatives})(?![^\W\d_]){_AFTER_MARK}", re.IGNORECASE)
    return pattern, dict(phrases)


def _mark_pattern(lexicon: Lexicon) -> tuple[Pattern[str], dict[str, Role]]:
    marks: dict[MarkRole, list[str]] = dict(lexicon.reading.marks)
    return _mark_pattern_of(tuple((phrase, role) for role, phrases in marks.items() for phrase in phrases))
