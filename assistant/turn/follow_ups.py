"""Resolves messages that mean nothing without the last answer: "and for my baby?", "how long does it take?", "why?"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from rapidfuzz import fuzz, process

from assistant import guide
from assistant.files import DATA, read_yaml

# A message of more words has a subject of its own: as a fixed wording, and as words to be read beside the last topic.
LONGEST = 10
LONGEST_WITHOUT_SUBJECT = 12
# Of 100: as alike must two wordings be, so that a slip of the pen in a word of six letters is forgiven.
ALIKE = 90

_WORD = re.compile(r"[a-z0-9']+")
_SENTENCE_END = re.compile(r"[.!?\n]")


@dataclass(frozen=True)
class _Wordings:
    """data/follow_ups.yml, with the wordings in the form in which they are compared."""

    leading: re.Pattern[str]
    oneself: re.Pattern[str]
    subjects: re.Pattern[str]
    taken_in: Mapping[str, Sequence[str]]
    ageless: Mapping[str, Any]
    outweighed: Mapping[str, Sequence[str]]
    own: re.Pattern[str]
    quoted: Mapping[str, re.Pattern[str]]
    filler: frozenset[str]
    generic: frozenset[str]
    homes: Mapping[str, Mapping[str, Any]]
    answers: Mapping[str, str]
    kinds: Mapping[str, str]

    def reduced(self, text: str) -> list[str]:
        """Return the words of `text` that say something."""
        lower = self.leading.sub(" ", _plain(text))
        return [word for word in _WORD.findall(lower) if word not in self.filler]


def resolve(text: str, entities: Sequence[Mapping[str, Any]], topic: str | None) -> str | None:
    """Return the intent of `text` after an answer on `topic`, or None where `text` does not lean on that answer.

    `entities` are those of the message, {"entity", "value", "start", "end", "negated"}, with their places in `text`.
    """
    library, wordings = guide.load(), _wordings()
    if topic is None or topic not in library.topics or len(text.split()) > LONGEST:
        return None
    if wordings.subjects.search(text.lower()):
        return None
    named = [entity for entity in entities if entity["entity"] in wordings.homes and not entity["negated"]]
    rest = wordings.reduced(_without(text, named))
    kind = _kind(rest)
    if kind and not any(wordings.homes[entity["entity"]].get("subject") for entity in named):
        target = library.topics[topic].follow_ups.get(kind, wordings.answers[kind])
        # Small talk about the last answer ("tell me more") says nothing of what is named: its own topic does.
        if not named or library.kinds[target] == "guide":
            return target
    return _for_facet(topic, named) if named and set(rest) <= wordings.generic else None


def _for_facet(topic: str, named: Sequence[Mapping[str, Any]]) -> str:
    """Return the last topic where it says something of what is named now, otherwise the topic at home there."""
    if any(guide.load().facet(topic, entity["entity"], entity["value"]) for entity in named):
        return topic
    home = _wordings().homes[named[0]["entity"]]
    if topic in home.get("after", {}):
        return str(home["after"][topic])
    return str(home.get("values", {}).get(named[0]["value"], home["topic"]))


def _kind(words: Sequence[str]) -> str | None:
    if not words:
        return None
    found = process.extractOne(" ".join(words), _wordings().kinds.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return _wordings().kinds[found[0]] if found else None


def _without(text: str, entities: Sequence[Mapping[str, Any]]) -> str:
    for entity in sorted(entities, key=lambda entity: -entity["start"]):
        text = f"{text[: entity['start']]} {text[entity['end'] :]}"
    return text


def about(text: str, audience: str | None, entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the `entities` of `text` without those that say nothing new of whom the talk is about.

    These are what `audience`, of whom it was before, takes in (a pregnant woman's baby), words for a child that tell no
    age beside one that is told ("my daughter, 3 weeks old") or who is only quoted, and an age beside what matters more
    of the same person ("I'm 41 and pregnant").
    """
    taken_in, ageless = _wordings().taken_in.get(audience or "", []), _wordings().ageless
    named = {entity["value"] for entity in entities if entity["entity"] == "audience" and not entity["negated"]}
    aged = bool({audience, *named} & set(ageless["beside"]))

    def tells(entity: Mapping[str, Any]) -> bool:
        value, words = entity["value"], _plain(text[entity["start"] : entity["end"]])
        if value == ageless["value"] and words in ageless["words"] and (aged or _is_quoted(text, entity)):
            return False
        matters_more = named | {audience} if _wordings().own.match(words) else named
        return value not in taken_in and matters_more.isdisjoint(_wordings().outweighed.get(value, []))

    return [entity for entity in entities if entity["entity"] != "audience" or tells(entity)]


def _is_quoted(text: str, person: Mapping[str, Any]) -> bool:
    """Return whether `person` is only quoted on the writer's own skin, within the sentence."""
    quoted, rest = _wordings().quoted, _SENTENCE_END.split(_plain(text[person["end"] :]))[0]
    said = quoted["says"].match(rest.lstrip())
    return bool(said and quoted["own"].search(rest) and not quoted["hers"].search(rest))


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def lacks_a_subject(text: str, entities: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether `text` is short and names neither a bump nor a thing: what it asks, it asks of the last topic."""
    homes = _wordings().homes
    if any(homes.get(entity["entity"], {}).get("subject") for entity in entities):
        return False
    return 0 < len(_WORD.findall(text.lower())) <= LONGEST_WITHOUT_SUBJECT and not _wordings().subjects.search(
        text.lower()
    )


def of_oneself(text: str) -> bool:
    """Return whether the writer says to speak of their own skin."""
    return bool(_wordings().oneself.search(_plain(text)))


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(phrase) for phrase in longest_first)})\b")


@cache
def _wordings() -> _Wordings:
    read = read_yaml(DATA / "follow_ups.yml")
    wordings = _Wordings(
        leading=_any_of(read["leading"]),
        oneself=_any_of(read["oneself"]),
        subjects=_any_of(read["subjects"]),
        taken_in=read["taken_in"],
        ageless=read["ageless"],
        outweighed=read["outweighed"],
        own=_any_of(read["own"]),
        quoted={name: _any_of(words) for name, words in read["quoted"].items()},
        filler=frozenset(read["filler"].split()),
        generic=frozenset(read["generic"].split()),
        homes=read["homes"],
        answers={entry["kind"]: entry["answers"] for entry in read["kinds"]},
        kinds={},
    )
    kinds = {
        " ".join(words): entry["kind"]
        for entry in read["kinds"]
        for phrase in entry["phrases"]
        if (words := wordings.reduced(phrase))
    }
    return replace(wordings, kinds=kinds)
