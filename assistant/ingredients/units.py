"""Cuts a text into units, which end at a line break, at the end of a sentence or before a mark such as "Ingredients:".

Every step is one pass over the text, and every pattern is bounded, so that the time grows with the length alone.
Nothing is removed: what is masked keeps its length, so that a place in the masked text is the same place in the text.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import unescape
from string import ascii_lowercase
from typing import Literal, NamedTuple

from assistant.ingredients.lexicon import Lexicon
from assistant.ingredients.names import Phrases, key, lowered
from assistant.ingredients.schema import Reading
from assistant.ingredients.written import name_of
from assistant.text import normalise

Role = Literal["ingredients", "inactive", "active", "may_contain", "blurb"]

# A bracket that does not close within so many characters is taken for a stray one, and does not swallow the list. Of
# 13,925 brackets in 3,000 labels, 999 in a thousand hold at most 158 characters.
LONGEST_BRACKET = 250
# How far before "ingredients" the word "key" or "star" may stand.
HEAD_REACH = 24
# The longest abbreviation has no more letters.
LONGEST_ABBREVIATION = 12

_TAG = re.compile(r"</?[a-zA-Z!][^<>\n]{0,2000}>")
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#[0-9]{1,6}|#x[0-9a-f]{1,5});", re.IGNORECASE)
_OPEN = {"(": ")", "[": "]", "{": "}"}
_BRACKET = re.compile(r"[()\[\]{}]")
_END = re.compile(r"\n|[.!?](?=\s|$)")
_AFTER_MARK = r"(?:[ ]?\([^()\n]{0,30}\))?[ ]{0,2}(?P<sign>[:=])?"


class Unit(NamedTuple):
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

    def within(self, start: int, end: int, line: bool | None = None) -> Unit:
        """Return a part of the unit, which starts a line where `line` or the unit itself says so."""
        return Unit(start, end, self.role, self.line if line is None else line, self.blank, self.wraps)


def mask_tags(text: str) -> str:
    """Return the text with HTML tags turned into line breaks and entities into what they stand for, none shorter."""
    if "&" in text:
        text = _ENTITY.sub(lambda entity: _meant(entity.group()), text)
    return _TAG.sub(lambda tag: "\n" + " " * (len(tag.group()) - 1), text) if "<" in text else text


# A text holds few different ones; a made-up one may hold hundreds.
@lru_cache(maxsize=1_024)
def _meant(entity: str) -> str:
    meant = normalise(unescape(entity))
    return meant.ljust(len(entity)) if len(meant) < len(entity) else entity


class Text(NamedTuple):
    """A text in three forms of one length, so that a place is the same in each.

    `written`: as it stands, its tags masked. `low`: that in lower case. `flat`: that with underscores in place of what
    stands within brackets that close.
    """

    written: str
    low: str
    flat: str


def in_forms(masked: str, reading: Reading) -> Text:
    """Return the forms of a text whose tags are masked."""
    low = lowered(masked)
    return Text(masked, low, _flat(masked, low, tuple(reading.marks["may_contain"])))


def _flat(text: str, low: str, may_contain: tuple[str, ...]) -> str:
    """Blot out what stands within brackets. Those around "may contain", and what never closes, do not count."""
    opened: list[int] = []
    closed: list[tuple[int, int]] = []
    for match in _BRACKET.finditer(text):
        place, character = match.start(), match.group()
        if character in _OPEN:
            opened.append(place)
        elif opened and _OPEN[text[opened[-1]]] == character:
            start = opened.pop()
            if place - start <= LONGEST_BRACKET and not low[start + 1 : place].strip().startswith(may_contain):
                while closed and closed[-1][0] > start:
                    closed.pop()
                closed.append((start, place))
    parts: list[str] = []
    after = 0
    for start, end in closed:
        parts += (text[after : start + 1], "_" * (end - start - 1))
        after = end
    return "".join([*parts, text[after:]])


def cut(text: Text, lexicon: Lexicon) -> list[Unit]:
    """Return the units of a text in order; marks themselves and empty stretches belong to none."""
    cuts = sorted([*_marks(text, lexicon), *_ends(text, lexicon.reading)])
    units: list[Unit] = []
    start, role, lines = 0, None, 2
    for cut_start, cut_end, next_role, kind in [*cuts, (len(text.written), len(text.written), None, "end")]:
        if cut_start < start:
            continue
        if text.written[start:cut_start].strip():
            units.append(Unit(start, cut_start, role, lines > 0, lines > 1, kind == "line"))
            role, lines = None, 0
        lines += kind == "line"
        start, role = cut_end, next_role or role
    return units


def _ends(text: Text, reading: Reading) -> list[tuple[int, int, Role | None, str]]:
    found: list[tuple[int, int, Role | None, str]] = []
    for match in _END.finditer(text.flat):
        place = match.start()
        if match.group() == "\n":
            found.append((place, place + 1, None, "line"))
        elif match.group() != "." or not _abbreviates(text.low, place, reading):
            found.append((place, place + 1, None, "sentence"))
    return found


def _abbreviates(low: str, place: int, reading: Reading) -> bool:
    before = low[max(0, place - LONGEST_ABBREVIATION - 1) : place]
    return before[len(before.rstrip(ascii_lowercase)) :] in reading.abbreviations


def _marks(text: Text, lexicon: Lexicon) -> list[tuple[int, int, Role | None, str]]:
    phrases, roles = _mark_phrases(lexicon)
    found: list[tuple[int, int, Role | None, str]] = []
    for match in phrases.finditer(text.low):
        role: Role = roles[match.group("phrase")]
        sign = bool(match.group("sign"))
        if not (sign or _is_mark(text, match, role, lexicon)):
            continue
        start = match.start()
        head = _blurb_head(text.low, match, lexicon.reading) if role == "ingredients" else None
        if head:
            role = "blurb"
            start = max(start - HEAD_REACH, 0) + text.low[max(start - HEAD_REACH, 0) : start].rfind(head.split()[0])
        found.append((start, match.end(), role, "mark"))
    return found


def _blurb_head(text: str, match: re.Match[str], reading: Reading) -> str | None:
    """The heading that ends with the word "ingredients" found, such as "key ingredients", or None."""
    before = key(text[max(0, match.start() - HEAD_REACH) : match.end("phrase")])
    heads = (
        head
        for head in reading.blurb_heads
        if before.endswith((f" {head}", f" {head}s")) or before in (head, f"{head}s")
    )
    return next((head for head in heads if " " in head), None)


def _is_mark(text: Text, match: re.Match[str], role: Role, lexicon: Lexicon) -> bool:
    """Whether a word with no colon behind it stands over a list; "active" alone never does ("active charcoal")."""
    start, end = match.start(), match.end()
    if role == "may_contain":
        return True
    if role in ("active", "inactive") and " " not in match.group("phrase"):
        return False
    line_start = text.low.rfind("\n", max(0, start - HEAD_REACH), start) + 1 or max(0, start - HEAD_REACH)
    before = text.low[line_start:start].rstrip(" -*•#\"'")
    if before and not before.endswith(":") and role == "ingredients":
        return False
    rest = text.written[end : end + LONGEST_BRACKET].split("\n", 1)[0]
    return not rest.strip() or name_of(rest.split(",", 1)[0].strip(" -"), lexicon).ingredient is not None


@cache
def _mark_phrases(lexicon: Lexicon) -> tuple[Phrases, dict[str, Role]]:
    roles: dict[str, Role] = {
        lowered(phrase): role for role, phrases in lexicon.reading.marks.items() for phrase in phrases
    }
    return Phrases(roles, before=r"(?<![^\W\d_])", after=rf"(?![^\W\d_]){_AFTER_MARK}"), roles
