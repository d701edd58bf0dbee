"""A message as a row of words, each with its place in the message as it was written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile(r"\d{1,9}(?:[.,]\d{1,9})?|[a-z]+(?:'[a-z]+)*'?")
_REPEATED = re.compile(r"([a-z])\1{2,}")
_SENTENCE_ENDS = frozenset(".!?;\n")
_PAUSES = frozenset(',:()[]&/|"*')
_NARROW = frozenset({" ", "'", "' "})
_APOSTROPHES = frozenset("'\u2018\u2019\u201b\u02bc\u0060\u00b4")
_DASHES = frozenset("-\u2013\u2014")
# "is not" is read as "isnt", "don t" as "dont": one form for the data to name.
_CONTRACTED = {
    "is": "isnt", "are": "arent", "was": "wasnt", "were": "werent", "do": "dont", "does": "doesnt", "did": "didnt",
    "has": "hasnt", "have": "havent", "had": "hadnt", "can": "cant", "could": "couldnt", "will": "wont",
    "would": "wouldnt", "should": "shouldnt",
}  # fmt: skip
_SPLIT = {joined[:-1] for joined in _CONTRACTED.values()}
_PRONOUNS = {"he", "she", "it", "that", "there", "here", "what", "who", "how", "where", "let"}
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
}  # fmt: skip


@dataclass(frozen=True)
class Word:
    """One word: folded to a-z and digits; `start` and `end` count characters of the message as written.

    `sentence` and `clause` number the sentence and the clause (between commas, or from a "but" on) it stands in;
    `gap` is what stands between it and the word before.
    """

    text: str
    start: int
    end: int
    sentence: int
    clause: int
    gap: str

    @property
    def number(self) -> float | None:
        """The word's value, where it is a number in digits or in letters."""
        if self.text[0].isdigit():
            return float(self.text)
        return _NUMBERS.get(self.text)


def split(message: str) -> list[Word]:
    """Return the words of `message`, in order. Never fails; an empty or wordless message has none."""
    folded, places = _fold(message)
    words: list[Word] = []
    sentence = clause = last = 0
    for match in _WORD.finditer(folded):
        gap = folded[last : match.start()]
        if words and any(character in _SENTENCE_ENDS for character in gap):
            sentence, clause = sentence + 1, clause + 1
        elif words and (any(character in _PAUSES for character in gap) or " - " in gap or "--" in gap):
            clause += 1
        last = match.end()
        start, end = places[match.start()], places[match.end() - 1] + 1
        text = _plain(match.group())
        joined = _joined(words[-1].text, text) if words and gap in _NARROW else None
        if joined:
            before = words.pop()
            words.append(Word(joined, before.start, end, sentence, clause, before.gap))
        else:
            clause += text == "but" and gap in _NARROW
            words.append(Word(text, start, end, sentence, clause, gap))
    return words


def _joined(one: str, other: str) -> str | None:
    """Return the one word for "is not", "cannot", "don t", where the two are one of these."""
    if other == "not":
        return _CONTRACTED.get(one)
    return one + other if other == "t" and one in _SPLIT else None


def _fold(message: str) -> tuple[str, list[int]]:
    """Return `message` in plain lower-case letters, and for each of its characters the place it came from."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(message):
        for part in _folded(character):
            characters.append(part)
            places.append(place)
    return "".join(characters), places


def _folded(character: str) -> str:
    if character.isascii():
        return "'" if character in _APOSTROPHES else character.lower()
    if character in _APOSTROPHES:
        return "'"
    if character in _DASHES:
        return "-"
    if unicodedata.category(character) in {"Cf", "Mn"}:
        return ""
    if character == "\u2026":
        return "."
    plain = unicodedata.normalize("NFKD", character).lower()
    return "".join(part for part in plain if not unicodedata.combining(part))


def _plain(word: str) -> str:
    if word[0].isdigit():
        return word.replace(",", ".")
    # "baby's" is read as "baby", but "she's" as "shes", as it is often typed
    word = word[:-2] if word.endswith("'s") and word[:-2] not in _PRONOUNS else word
    word = _REPEATED.sub(r"\1", word.replace("'", ""))
    return "cant" if word == "cannot" else word
