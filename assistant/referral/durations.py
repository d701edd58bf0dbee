"""Reads how long something has been there: "since March", "two years", "a few weeks", "always had it"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from assistant.files import DATA, read_yaml
from assistant.referral.words import Word, split

BIRTH = "birth"
# A year that somebody may name: "since 2019".
_FIRST_YEAR = 1940
_DAYS_A_YEAR, _DAYS_A_MONTH = 365, 30
# "For about the last two": so many words before a time may say that it is one.
_BEFORE = 3
# "Two or three good weeks": so many words may stand between a number and its unit.
_BETWEEN = 3


@dataclass(frozen=True)
class Duration:
    """A time in a text: `value` is the span of durations.yml, `start` and `end` are its place, in characters."""

    value: str
    start: int
    end: int


@dataclass(frozen=True)
class _Found:
    first: int
    last: int
    days: float | None  # None: since birth
    certain: bool  # it can mean nothing but how long something has been there
    whole: bool = False  # a whole wording of the data


def durations(text: str, today: date | None = None, asked: bool = False) -> list[Duration]:
    """Return the times in `text` that say how long something has been there, in order.

    `today` is what "since March" counts to; `asked`: the text answers how long, so that every time in it counts.
    """
    words = split(text)
    found = [one for one in _times(words, today or date.today()) if asked or one.certain or _tells(words, one)]
    return [Duration(_span(one.days), words[one.first].start, words[one.last].end) for one in found]


def _times(words: Sequence[Word], today: date) -> Iterator[_Found]:
    place = 0
    while place < len(words):
        found = _phrase(words, place) or _since(words, place, today) or _counted(words, place)
        if found:
            yield found
        place = found.last + 1 if found else place + 1


def _phrase(words: Sequence[Word], place: int) -> _Found | None:
    """Return the longest whole wording of the data that begins at `place`."""
    for length in range(_longest_phrase(), 0, -1):
        key = tuple(word.text for word in words[place : place + length])
        if len(key) == length and key in _phrases():
            return _Found(place, place + length - 1, _phrases()[key], certain=_is_certain(key), whole=True)
    return None


def _since(words: Sequence[Word], place: int, today: date) -> _Found | None:
    """Return "since March", "since last May", "since May 2019" or "since 2019"."""
    if words[place].text != "since":
        return None
    near = words[place + 1 : place + 4]
    named = [(place + 1 + i, word) for i, word in enumerate(near) if word.sentence == words[place].sentence]
    years = [(at, word.number) for at, word in named if word.number and _FIRST_YEAR <= word.number <= today.year]
    if years:
        at, year = years[0]
        return _Found(place, at, max(1, today.year - year) * _DAYS_A_YEAR, certain=True)
    months = [(at, _months()[word.text]) for at, word in named[:2] if word.text in _months()]
    if months:
        at, month = months[0]
        return _Found(place, at, (today.month - month) % 12 * _DAYS_A_MONTH, certain=True)
    return None


def _counted(words: Sequence[Word], place: int) -> _Found | None:
    """Return "two or three weeks", "a couple of months", "years"."""
    data = _data()
    number = _number(words[place])
    if number is None:
        days = data["units"].get(words[place].text)
        plural = data["plural"].get(words[place].text)
        return _Found(place, place, days * plural, certain=False) if days is not None and plural else None
    for after in range(place + 1, min(place + 2 + _BETWEEN, len(words))):
        word = words[after]
        if word.text in data["units"]:
            return _Found(place, after, number * data["units"][word.text], certain=False)
        more = _number(word)
        if more is None and word.text not in data["between"]:
            return None
        number = number if more is None else _together(number, more, words[place].text)
    return None


def _number(word: Word) -> float | None:
    vague = _data()["vague"].get(word.text)
    return float(vague) if vague is not None else word.number


def _together(number: float, more: float, first: str) -> float:
    """Return what two numbers in a row mean: "a few" is a few, "half a" is a half, "two or three" is three."""
    return number if first == "half" else max(number, more)


def _tells(words: Sequence[Word], found: _Found) -> bool:
    """Whether a counted time says how long something has been there, not how long to wait or how old somebody is."""
    data = _data()
    if found.last + 1 < len(words) and words[found.last + 1].text in data["not_before"]:
        return False
    before = [word.text for word in words[max(0, found.first - _BEFORE) : found.first]]
    if any(word in data["not_after"] for word in before):
        return False
    alone = found.first == 0 and found.last == len(words) - 1
    return alone or (not found.whole and any(word in data["tells"] for word in before))


def _span(days: float | None) -> str:
    if days is None:
        return BIRTH
    spans: Mapping[str, float] = _data()["spans"]
    return next((name for name, most in spans.items() if days < most), list(spans)[-1])


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(DATA / "referral" / "durations.yml")
    return data


@cache
def _phrases() -> dict[tuple[str, ...], float | None]:
    """Return the whole wordings of the data, as words, with their days."""
    data = _data()
    told = {_key(phrase): entry["days"] for entry in data["times"] for phrase in entry["says"]}
    return {**told, **{_key(phrase): None for phrase in data["birth"]}}


def _key(phrase: str) -> tuple[str, ...]:
    return tuple(word.text for word in split(phrase))


def _is_certain(phrase: tuple[str, ...]) -> bool:
    return any(phrase[: len(begin)] == begin for begin in map(_key, _data()["certain"]))


@cache
def _longest_phrase() -> int:
    return max(map(len, _phrases()))


@cache
def _months() -> dict[str, int]:
    named = (_data()["months"], _data()["short_months"])
    return {name: number for names in named for number, name in enumerate(names, start=1)}
