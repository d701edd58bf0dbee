"""Reads a typed answer to a question of the triage form by its words, before any model is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from rapidfuzz import fuzz, process

from assistant.referral.durations import durations
from assistant.referral.negation import negated
from assistant.referral.triage import load
from assistant.referral.triage_schema import SKIPPED, Question

# The question that is answered by a time; its choices are the spans of durations.yml.
HOW_LONG = "how_long"
# An answer of at most so many words may be a misspelt choice, if it is as alike (of 100) as this.
_BRIEF, _ALIKE = 4, 86

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Heard:
    """What was said to the form. `answers` are question id to choice ids.

    `does` is answer, skip, stop, explain (why is this asked) or nothing, where the words say none of that.
    """

    answers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    does: str = "nothing"


@dataclass(frozen=True)
class _Named:
    """An answer named in a text, and where, in characters."""

    question: str
    choice: str
    start: int
    end: int


def read_answers(text: str, mentions: Sequence[Mapping[str, Any]] = (), asked: str | None = None) -> Heard:
    """Return what `text` answers; `asked` is the question that is open, None where the form is not running yet.

    `mentions` are the named things of the lexicons in the text, {"entity", "value", "start", "end", "negated"}.
    Calm answers count for the open question only: "small white bumps" in a question does not say that nothing is odd.
    """
    question = load().question(asked) if asked else None
    if question:
        tapped = _by_number(text, question)
        if tapped:
            return Heard({question.id: [tapped]}, "answer") if tapped != SKIPPED else Heard({}, "skip")
    found = list(_named(text, mentions, asked))
    answers = _collected(found, asked)
    if question and question.id not in answers:
        alone = _calmed(question, _alone(text, question))
        if alone:
            answers[question.id] = alone
    command = _command(text)
    if command and not (command == "skip" and answers):
        return Heard({}, command)
    if question and not answers:
        misspelt = _misspelt(text, question)
        answers = {question.id: [misspelt]} if misspelt else {}
    return Heard(answers, "answer" if answers else "nothing")


def _by_number(text: str, question: Question) -> str | None:
    """Return the choice whose number is typed; the one after the last skips."""
    number = text.strip().rstrip(".)")
    if not (number.isascii() and number.isdigit()) or not 1 <= int(number) <= len(question.choices) + 1:
        return None
    names = [*(str(choice.id) for choice in question.choices), SKIPPED]
    return names[int(number) - 1]


def _named(text: str, mentions: Sequence[Mapping[str, Any]], asked: str | None) -> Iterator[_Named]:
    """Yield every answer named and not denied; of two that overlap the longer one, of equals the form's own wording."""
    typed = list(_typed(text, asked))
    of_lexicons = [
        _Named(question, choice, mention["start"], mention["end"])
        for mention in mentions
        if not mention["negated"]
        for question, choice in _by_value().get((mention["entity"], mention["value"]), ())
    ]
    times = [
        _Named(HOW_LONG, found.value, found.start, found.end) for found in durations(text, asked=asked == HOW_LONG)
    ]
    taken: list[_Named] = []
    for one in sorted([*typed, *of_lexicons, *times], key=lambda one: one.start - one.end):
        if all(one.end <= other.start or other.end <= one.start for other in taken):
            taken.append(one)
    yield from sorted(taken, key=lambda one: one.start)


def _typed(text: str, asked: str | None) -> Iterator[_Named]:
    words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(_plain(text))]
    for first in range(len(words)):
        for length in range(1, min(_longest(), len(words) - first) + 1):
            last = first + length - 1
            phrase = tuple(word for word, _, _ in words[first : last + 1])
            for question, choice in _by_phrase().get(phrase, ()):
                start, end = words[first][1], words[last][2]
                if not negated(text, start, end):
                    yield _Named(question, choice, start, end)


def _collected(found: Sequence[_Named], asked: str | None) -> dict[str, list[str]]:
    """Return the answers by question: calm ones for the open question only, and none beside one that is not."""
    answers: dict[str, list[str]] = {}
    for one in found:
        names = answers.setdefault(one.question, [])
        if one.choice not in names:
            names.append(one.choice)
    for question in list(answers):
        names = _calmed(load().question(question), answers.pop(question))
        calm = all(load().question(question).choice(name).calm for name in names)
        if not calm or _may_be_calm(question, asked):
            answers[question] = names
    return answers


def _calmed(question: Question, names: Sequence[str]) -> list[str]:
    """Return `names` without the calm ones where others are named, too."""
    return [name for name in names if not question.choice(name).calm] or list(names)


def _may_be_calm(question: str, asked: str | None) -> bool:
    # Where it is and since when are plain facts, whoever asks; that nothing is wrong is believed only when it is asked.
    return question == asked or question in {"who", "where", HOW_LONG}


def _alone(text: str, question: Question) -> list[str]:
    """Return the choices that the whole of `text` stands for: as one wording, or word for word ("white and hard")."""
    wordings, said = _alone_of(question), _reduced(text)
    whole = wordings.get(tuple(_words(text))) or wordings.get(said)
    if whole:
        return [whole]
    each = [wordings.get((word,)) for word in said]
    return list(dict.fromkeys(choice for choice in each if choice)) if all(each) else []


def _misspelt(text: str, question: Question) -> str | None:
    words = _words(text)
    if not words or len(words) > _BRIEF:
        return None
    phrases = {" ".join(phrase): choice for phrase, choice in _all_of(question).items()}
    found = process.extractOne(" ".join(words), phrases.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return phrases[found[0]] if found else None


def _command(text: str) -> str | None:
    said = _reduced(text)
    for name, wordings in _commands().items():
        if said in wordings or tuple(_words(text)) in wordings:
            return name
    return None


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def _words(text: str) -> list[str]:
    return _WORD.findall(_plain(text))


def _reduced(text: str) -> _Phrase:
    filler = set(str(load().commands.filler).split())
    return tuple(word for word in _words(text) if word not in filler)


@cache
def _commands() -> dict[str, frozenset[_Phrase]]:
    commands = load().commands
    wordings = {"stop": commands.stop, "explain": commands.explain, "skip": commands.skip}
    return {
        name: frozenset(form for phrase in phrases for form in (tuple(_words(phrase)), _reduced(phrase)) if form)
        for name, phrases in wordings.items()
    }


@cache
def _by_phrase() -> dict[_Phrase, list[tuple[str, str]]]:
    """Return wording to (question, choice) for everything that counts wherever it is typed."""
    found: dict[_Phrase, list[tuple[str, str]]] = {}
    for question in load().questions:
        for choice in question.choices:
            for phrase in {tuple(_words(wording)) for wording in (choice.title, *choice.typed)}:
                found.setdefault(phrase, []).append((str(question.id), str(choice.id)))
    return found


@cache
def _longest() -> int:
    return max(map(len, _by_phrase()))


@cache
def _by_value() -> dict[tuple[str, str], list[tuple[str, str]]]:
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for question in load().questions:
        for choice in question.choices:
            for entity, values in choice.named.items():
                for value in values:
                    found.setdefault((str(entity), str(value)), []).append((str(question.id), str(choice.id)))
    return found


def _alone_of(question: Question) -> dict[_Phrase, str]:
    wordings = [(phrase, str(choice.id)) for choice in question.choices for phrase in choice.alone]
    return {form: choice for phrase, choice in wordings for form in (tuple(_words(phrase)), _reduced(phrase)) if form}


def _all_of(question: Question) -> dict[_Phrase, str]:
    return {
        tuple(_words(phrase)): str(choice.id)
        for choice in question.choices
        for phrase in (choice.title, *choice.typed, *choice.alone)
    }
