"""Finds groups of words and phrases, kept as data, in the words of a message.

A group is a list of terms. A term is words with a space between them, and of these:
`bleed*` a word that begins so · `~` one word or none, `..` up to three words of the same sentence, `...` up to six ·
`{eye}` a term of another group · `hot/warm/{fever}` one of these · `<38-42>` a number in that range (`<.38-42>`:
written with a decimal) · `!area` the next word is not that one · `|` the clause ends here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assistant.referral.words import Word

_GAPS = {"~": 1, "..": 3, "...": 6}
_NUMBER = re.compile(r"<(\.?)(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)>")
# No word of the data is longer; a longer "word" is noise and is not compared letter by letter.
_LONGEST_WORD = 20
# What a term begins with: the kind of its first element and, but for a number, its text.
_Key = tuple[str, str]
_FINDABLE = frozenset({"word", "stem", "number", "group"})


@dataclass(frozen=True)
class Hit:
    """A term found: `first` and `last` number its outer words, `own` are the words that it names itself."""

    group: str
    first: int
    last: int
    own: frozenset[int]


@dataclass(frozen=True)
class _Element:
    kind: str  # word, stem, number, group, gap, not or end
    text: str = ""
    low: float = 0
    high: float = 0
    decimal: bool = False
    other: _Element | None = None


@dataclass(frozen=True)
class _Term:
    """The elements of a term and what must stand somewhere in a message for the term to be in it."""

    elements: tuple[_Element, ...]
    needs: frozenset[_Key]


@dataclass
class Lexicon:
    """Groups of terms, ready to be looked for.

    `groups` maps a group's name to its terms; a term may name a group that stands before its own.
    `understood` are the words that are understood with one letter wrong, `real` those never taken for one of them.
    Raises ValueError for a term that is no text, begins with no word, or names a group not defined before it.
    """

    groups: Mapping[str, Sequence[str]]
    understood: frozenset[str] = frozenset()
    real: frozenset[str] = frozenset()
    _terms: dict[str, list[_Term]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for name, terms in self.groups.items():
            self._terms[name] = [self._term(name, term) for term in terms]

    def find(self, words: Sequence[Word]) -> dict[str, list[Hit]]:
        """Return the hits of each group in `words`, in order; one inside another of its group is left out."""
        forms = {text: self._forms(text) for text in {word.text for word in words}}
        row = _Row(words, [forms[word.text] for word in words], self._stems)
        for name, terms in self._by_start.items():
            hits = {
                Hit(name, start, max(own), frozenset(own))
                for key in terms.keys() & row.places.keys()
                for term in terms[key]
                if term.needs <= row.places.keys()
                for start in row.places[key]
                for own in _match(term.elements, row, start)
            }
            row.add(name, _outermost(hits))
        return {name: row.hits[name] for name in self.groups}

    def _term(self, name: str, term: str) -> _Term:
        if not isinstance(term, str):
            raise ValueError(f"the term {term!r} of {name} is no text: write it in quotation marks")
        elements = tuple(self._one_of(name, part) if "/" in part else _element(part) for part in term.split())
        for element in elements:
            if element.kind == "group" and element.text not in self._terms:
                raise ValueError(f"the term {term!r} of {name} names {element.text!r}, which is not defined before it")
        if not elements or elements[0].kind in {"gap", "not", "end"}:
            raise ValueError(f"the term {term!r} of {name} begins with no word")
        needs = frozenset((element.kind, element.text) for element in elements if element.kind in _FINDABLE)
        return _Term(elements, needs)

    def _one_of(self, name: str, part: str) -> _Element:
        """Return `part` ("hot/warm/{fever}") as a group of its own, which bears its text as its name."""
        if part not in self._terms:
            self._terms[part] = [self._term(name, choice) for choice in part.split("/")]
        return _Element("group", part)

    @cached_property
    def _by_start(self) -> dict[str, dict[_Key, list[_Term]]]:
        """The terms of each group by what they begin with, so that few are tried at each word."""
        index: dict[str, dict[_Key, list[_Term]]] = {name: {} for name in self._terms}
        for name, terms in self._terms.items():
            for term in terms:
                first = term.elements[0]
                index[name].setdefault((first.kind, first.text), []).append(term)
        return index

    @cached_property
    def _stems(self) -> frozenset[str]:
        terms = (term for terms in self._terms.values() for term in terms)
        return frozenset(element.text for term in terms for element in term.elements if element.kind == "stem")

    @cached_property
    def _shortened(self) -> dict[str, list[str]]:
        """The words that are understood misspelt, under each of their forms that lack one letter."""
        index: dict[str, list[str]] = {}
        for word in sorted(self.understood):
            for form in _lacking_one(word):
                index.setdefault(form, []).append(word)
        return index

    def _forms(self, text: str) -> frozenset[str]:
        """Return `text` and what it may be a misspelling of."""
        if len(text) > _LONGEST_WORD or text in self.understood or text in self.real:
            return frozenset([text])
        near = {word for form in _lacking_one(text) for word in self._shortened.get(form, ())}
        return frozenset([text, *(word for word in near if word[0] == text[0] and _one_edit(word, text))])


class _Row:
    """The words of one message with what was found in them so far.

    `places` gives for each thing that a term may begin with (a word, a stem, a number, a group) where it stands.
    """

    def __init__(self, words: Sequence[Word], forms: list[frozenset[str]], stems: frozenset[str]) -> None:
        self.words, self.forms = words, forms
        self.hits: dict[str, list[Hit]] = {}
        self.places: dict[_Key, list[int]] = {}
        self._starting: dict[tuple[str, int], list[Hit]] = {}
        for place, word in enumerate(words):
            for key in _keys(word, forms[place], stems):
                self.places.setdefault(key, []).append(place)

    def add(self, name: str, hits: list[Hit]) -> None:
        self.hits[name] = hits
        for hit in hits:
            self._starting.setdefault((name, hit.first), []).append(hit)
        if hits:
            self.places["group", name] = sorted({hit.first for hit in hits})

    def starting(self, name: str, place: int) -> list[Hit]:
        return self._starting.get((name, place), [])


def _keys(word: Word, forms: frozenset[str], stems: frozenset[str]) -> set[_Key]:
    keys = {("word", form) for form in forms}
    starts = {form[:length] for form in forms for length in range(1, min(len(form), _LONGEST_WORD) + 1)}
    keys.update(("stem", start) for start in starts & stems)
    return keys | {("number", "")} if word.number is not None else keys


def _element(part: str) -> _Element:
    number = _NUMBER.fullmatch(part)
    if number:
        decimal, low, high = number.groups()
        return _Element("number", low=float(low), high=float(high), decimal=bool(decimal))
    if part in _GAPS:
        return _Element("gap", high=_GAPS[part])
    if part.startswith("{") and part.endswith("}"):
        return _Element("group", part[1:-1])
    if part == "|":
        return _Element("end")
    if part.startswith("!"):
        return _Element("not", other=_element(part[1:]))
    return _Element("stem", part[:-1]) if part.endswith("*") else _Element("word", part)


def _match(term: tuple[_Element, ...], row: _Row, start: int) -> Iterator[tuple[int, ...]]:
    """Yield the words that `term` names itself, once for each way in which it stands at `start`."""
    open_ways: list[tuple[int, int, tuple[int, ...]]] = [(0, start, ())]
    while open_ways:
        done, place, own = open_ways.pop()
        if done == len(term):
            yield own
            continue
        for after, more in _step(term[done], row, place, start):
            open_ways.append((done + 1, after, own + more))


def _step(element: _Element, row: _Row, place: int, start: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    if element.kind == "not":
        assert element.other is not None
        if not (_inside(row, place, start) and _is(element.other, row, place)):
            yield place, ()
    elif element.kind == "end":
        if place == len(row.words) or row.words[place].clause != row.words[place - 1].clause:
            yield place, ()
    elif element.kind == "gap":
        for skipped in range(int(element.high) + 1):
            if not _inside(row, place + skipped, start):
                break
            yield place + skipped, ()
    elif not _inside(row, place, start):
        return
    elif element.kind == "group":
        for hit in row.starting(element.text, place):
            yield hit.last + 1, tuple(hit.own)
    elif _is(element, row, place):
        yield place + 1, (place,)


def _inside(row: _Row, place: int, start: int) -> bool:
    return place < len(row.words) and row.words[place].sentence == row.words[start].sentence


def _is(element: _Element, row: _Row, place: int) -> bool:
    if element.kind == "number":
        value = row.words[place].number
        decimal = not element.decimal or "." in row.words[place].text
        return value is not None and decimal and element.low <= value <= element.high
    if element.kind == "word":
        return element.text in row.forms[place]
    return any(form.startswith(element.text) for form in row.forms[place])


def _outermost(hits: set[Hit]) -> list[Hit]:
    """Return `hits` in order, without those whose words all belong to another of them."""
    kept: dict[int, list[Hit]] = {}
    outermost: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (-len(hit.own), hit.last, hit.first)):
        if not any(hit.own <= other.own for other in kept.get(hit.first, ())):
            outermost.append(hit)
            for place in hit.own:
                kept.setdefault(place, []).append(hit)
    return sorted(outermost, key=lambda hit: (hit.first, hit.last))


def _lacking_one(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _one_edit(one: str, other: str) -> bool:
    """Whether one letter added, dropped, changed or swapped with its neighbour makes `one` into `other`."""
    if abs(len(one) - len(other)) > 1:
        return False
    i = 0
    while i < min(len(one), len(other)) and one[i] == other[i]:
        i += 1
    if len(one) == len(other):
        swapped = one[i : i + 2] == other[i : i + 2][::-1] and one[i + 2 :] == other[i + 2 :]
        return one[i + 1 :] == other[i + 1 :] or swapped
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[i + 1 :] == shorter[i:]
