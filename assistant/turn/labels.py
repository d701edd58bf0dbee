"""Tells what a message has to do with the lists of its conversation: a list, the rest of one, a question about one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from assistant import ingredients
from assistant.files import DATA, read_yaml
from assistant.ingredients import Checked
from assistant.turn.pieces import pieces

TOPIC = "ingredient_check"
# A choice with this in front of its id asks about the list that was read last.
CHOICE = "label."
# What is asked about something that the message itself names, not about a list before it.
NAMED = "named"
# The message before was no rest of the list before it, but another product's list.
PARTED = "parted"
# Whose skin it is changes nothing of what a product's list is needed for.
AUDIENCE = "audience"
# The words before a pasted list that may ask to compare it ("compare it with this one: ...").
LONGEST_OPENING = 80

_WORD = re.compile(r"[a-z0-9']+")


@dataclass(frozen=True)
class OfLabel:
    """What is asked about lists: `asks` (of `ingredients.ASKS`, none for a list that is only to be read), `of` which.

    `of` is "first", "last" or "" (what was answered last). `pasted`: the message itself is a list; `continues`: it is
    the rest of the one before it; `parted`: what was taken for such a rest was none. `rest` is what else the message
    asks. `listed` is the list without the words that ask to compare it, which are no product's name; "" where it is the
    whole message.
    """

    asks: tuple[str, ...] = ()
    of: str = ""
    pasted: bool = False
    continues: bool = False
    parted: bool = False
    rest: str = ""
    listed: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return what actions read of it."""
        return {name: value for name, value in asdict(self).items() if name != "rest"}


@dataclass(frozen=True)
class _Kind:
    """One kind of question: what tells it, and whether it needs two lists, or one that came in parts."""

    kind: str
    cues: Sequence[Sequence[re.Pattern[str]]]
    unless: re.Pattern[str]
    lists: bool
    joined: bool

    def fits(self, words: str) -> bool:
        return any(all(group.search(words) for group in cue) for cue in self.cues) and not self.unless.search(words)


@dataclass(frozen=True)
class _Wordings:
    """data/labels/follow_ups.yml."""

    longest: int
    other_entities: frozenset[str]
    same_entities: frozenset[str]
    elsewhere: re.Pattern[str]
    not_compared: re.Pattern[str]
    determiners: frozenset[str]
    the_list: re.Pattern[str]
    first: re.Pattern[str]
    last: re.Pattern[str]
    kinds: Sequence[_Kind]


def pasted(text: str, checked: Checked) -> OfLabel | None:
    """Return what is to be done with `text` where it is a list, or the rest of the last one; None for anything else."""
    goes_on = checked.current and bool(checked.labels) and ingredients.continues(checked.labels[-1], text)
    if not goes_on and not ingredients.looks_like_label(text):
        return None
    opening, *_ = re.split(r"[:\n]", text[:LONGEST_OPENING], maxsplit=1)
    compares = not goes_on and bool(checked.labels) and _kind(_plain(opening)) == "compare"
    if compares:
        return OfLabel(asks=("compare",), pasted=True, listed=text[len(opening) + 1 :].strip())
    return OfLabel(pasted=True, continues=goes_on)


def asked(text: str, entities: Sequence[Mapping[str, Any]], checked: Checked) -> OfLabel | None:
    """Return what `text` asks about the lists that were `checked`, or of what it names; None where it asks neither.

    With no `asks` it names what is to be looked up: a brand's product, or two things that are compared.

    `entities` are those of the message, {"entity", "value", "start", "end", "negated"}, with their places in `text`.
    """
    asking = [piece for piece in pieces(text) if piece.asks or _parts(text[piece.start : piece.end], checked)]
    spans = [(piece.start, piece.end) for piece in asking] or [(0, len(text))]
    found = {span: ask for span in spans if (ask := _asked(text, span, entities, checked)) is not None}
    if not found:
        return None
    words = _plain(text)
    of = "first" if _wordings().first.search(words) else "last" if _wordings().last.search(words) else ""
    rest = " ".join(text[start:end] for start, end in spans if (start, end) not in found)
    asks = tuple(dict.fromkeys(ask for ask in found.values() if ask not in (NAMED, PARTED)))
    parted = PARTED in found.values()
    # "That was the other product" tells of the list that is now the last.
    return OfLabel(asks=asks, of="" if parted else of, parted=parted, rest=rest)


def tapped(choice: str) -> OfLabel | None:
    """Return what a tapped choice asks about the last list, None for a choice that asks something else."""
    ask = choice.removeprefix(CHOICE)
    return OfLabel(asks=(ask,)) if choice.startswith(CHOICE) and ask in ingredients.ASKS else None


def _asked(text: str, span: tuple[int, int], entities: Sequence[Mapping[str, Any]], checked: Checked) -> str | None:
    start, end = span
    wordings, words = _wordings(), _plain(text[start:end])
    within = [entity for entity in entities if start <= entity["start"] and entity["end"] <= end]
    others = {entity["entity"] for entity in within if _is_of_something_else(text, entity)}
    if _asks_of_named(text[start:end], words, others):
        return NAMED
    if wordings.elsewhere.search(words):
        return None
    if others or any(entity["entity"] == "ingredient" for entity in within) or len(words.split()) > wordings.longest:
        return None
    if not (checked.labels or checked.question) or not (checked.current or wordings.the_list.search(words)):
        return None
    kind = _kind(words, checked)
    # "Should I use sunscreen instead" asks about sunscreen.
    return None if kind == "instead" and any(_is_another_product(text, entity) for entity in within) else kind


def _parts(text: str, checked: Checked) -> bool:
    """Return whether a statement takes the last list apart."""
    return bool(checked.joined_at) and _kind(_plain(text), checked) == PARTED


def _asks_of_named(text: str, words: str, others: set[str]) -> bool:
    """Return whether `text` compares two ingredients or kinds of product by name, or asks about a brand's product."""
    if others <= {AUDIENCE} and ingredients.asks_of_brand(text):
        return True
    wordings = _wordings()
    if (
        others
        or len(words.split()) > wordings.longest
        or wordings.not_compared.search(words)
        or wordings.elsewhere.search(words)
    ):
        return False
    return ingredients.compares(text)


def _is_of_something_else(text: str, entity: Mapping[str, Any]) -> bool:
    wordings = _wordings()
    if entity["entity"] not in wordings.other_entities or entity["value"] in wordings.same_entities:
        return False
    # Castor oil is a home remedy and an ingredient.
    return ingredients.inci(text[entity["start"] : entity["end"]]) is None


def _is_another_product(text: str, entity: Mapping[str, Any]) -> bool:
    before = _plain(text[: entity["start"]]).split()[-1:]
    return entity["entity"] == "product_type" and not set(before) & _wordings().determiners


def _kind(words: str, checked: Checked | None = None) -> str | None:
    """Return the first kind whose cues stand in `words` and, where it is given, can be asked of what was `checked`."""
    for kind in _wordings().kinds:
        if kind.fits(words) and (checked is None or _can_be_asked(kind, checked)):
            return kind.kind
    return None


def _can_be_asked(kind: _Kind, checked: Checked) -> bool:
    if kind.joined and not checked.joined_at:
        return False
    # Lists are read only where a kind needs two.
    return not kind.lists or sum(len(result.products) for result in checked.results()) > 1


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.lower().replace("’", "'")))


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted((_plain(phrase) for phrase in phrases), key=len, reverse=True)
    # Nothing is found where there is no phrase.
    return re.compile(
        rf"(?<![\w'])(?:{'|'.join(map(re.escape, longest_first))})(?![\w'])" if longest_first else r"(?!)"
    )


@cache
def _wordings() -> _Wordings:
    read = read_yaml(DATA / "labels" / "follow_ups.yml")
    groups = {name: _any_of(phrases) for name, phrases in read["groups"].items()}
    kinds = [
        _Kind(
            kind=entry["kind"],
            cues=[[groups[name] for name in cue] for cue in entry["cues"]],
            unless=_any_of(entry.get("unless", ())),
            lists=entry.get("lists", False),
            joined=entry.get("joined", False),
        )
        for entry in read["kinds"]
    ]
    return _Wordings(
        longest=read["longest"],
        other_entities=frozenset(read["other_entities"]),
        same_entities=frozenset(read["same_entities"]),
        elsewhere=_any_of(read["elsewhere"]),
        not_compared=_any_of(read["not_compared"]),
        determiners=frozenset(read["determiners"]),
        the_list=_any_of(read["the_list"]),
        first=_any_of(read["first"]),
        last=_any_of(read["last"]),
        kinds=kinds,
    )
