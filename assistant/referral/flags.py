"""Loads the red flags of `data/referral`: what shows each of them, how urgent it is, what is said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assistant.files import DATA, read_yaml
from assistant.referral.lexicon import Lexicon

FOLDER = DATA / "referral"
# From nothing to the most urgent. `elective` is a result of the triage form alone.
LEVELS = ("none", "elective", "soon", "today", "emergency")
# The group of words.yml that hides its words from the others.
EVERYDAY = "everyday"
_SCOPES = frozenset({"sentence", "message"})
_STANDINGS = frozenset({"over", "supposed"})


class BadFlag(ValueError):
    """An entry of red_flags.yml that cannot be used; the text says which and why."""


@dataclass(frozen=True)
class Way:
    """One way in which a flag shows: groups of words.yml and how they must come together."""

    signs: tuple[str, ...]
    within: str
    context: tuple[str, ...]
    unless: tuple[str, ...]
    unless_near: tuple[str, ...]
    counts: frozenset[str]


@dataclass(frozen=True)
class KnownFlag:
    """A flag as the data describes it. `advice` names its entry in advice.yml."""

    id: str
    level: str
    advice: str
    sources: tuple[str, ...]
    crisis: bool


@dataclass(frozen=True)
class RedFlag(KnownFlag):
    """A flag of the rules, raised in one of its ways."""

    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Sound(KnownFlag):
    """A flag of the second opinion: raised where the message is this urgent, or more, with a share of `least`."""

    least: float


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the words that visitors use for signs, people, parts of the body and products."""
    spelling = read_yaml(FOLDER / "spelling.yml")
    return Lexicon(read_yaml(FOLDER / "words.yml"), frozenset(spelling["understood"]), frozenset(spelling["real"]))


@lru_cache(maxsize=1)
def red_flags() -> tuple[RedFlag, ...]:
    """Return the flags in the order of the file. Raises BadFlag where an entry cannot be used."""
    flags = tuple(_flag(entry) for entry in read_yaml(FOLDER / "red_flags.yml")["flags"])
    if len({flag.id for flag in flags}) < len(flags):
        raise BadFlag("two red flags have the same id")
    return flags


@lru_cache(maxsize=1)
def sounds() -> tuple[Sound, ...]:
    """Return the flags of the second opinion, the most urgent first. Raises BadFlag where an entry cannot be used."""
    return tuple(_sound(entry) for entry in read_yaml(FOLDER / "red_flags.yml")["sounds"])


def _sound(entry: dict[str, Any]) -> Sound:
    name, level, least = str(entry["id"]), _level(entry), float(entry["least"])
    if not 0.5 <= least <= 1:
        raise BadFlag(f"{name}: least must be a share from 0.5 to 1")
    crisis = bool(entry.get("crisis", False))
    return Sound(name, level, str(entry["advice"]), tuple(entry["sources"]), crisis, least)


def _level(entry: dict[str, Any]) -> str:
    if entry["level"] not in LEVELS[2:]:
        raise BadFlag(f"{entry['id']}: the level must be one of {', '.join(LEVELS[2:])}")
    return str(entry["level"])


def _flag(entry: dict[str, Any]) -> RedFlag:
    name, level = str(entry["id"]), _level(entry)
    ways = tuple(_way(name, way) for way in entry["when"])
    advice = str(entry.get("advice", name))
    return RedFlag(name, level, advice, tuple(entry["sources"]), bool(entry.get("crisis", False)), ways)


def _way(name: str, way: dict[str, Any]) -> Way:
    unknown = set(way) - {"signs", "within", "context", "unless", "unless_near", "counts"}
    if unknown:
        raise BadFlag(f"{name}: nobody knows {', '.join(sorted(unknown))}")
    within, counts = way.get("within", "sentence"), frozenset(way.get("counts", ()))
    if within not in _SCOPES or not counts <= _STANDINGS:
        raise BadFlag(f"{name}: within is {' or '.join(sorted(_SCOPES))}, counts {' or '.join(sorted(_STANDINGS))}")
    groups = [tuple(way.get(key, ())) for key in ("signs", "context", "unless", "unless_near")]
    for group in (group for named in groups for group in named):
        if group not in lexicon().groups:
            raise BadFlag(f"{name}: words.yml has no group {group}")
    if not groups[0]:
        raise BadFlag(f"{name}: a way without signs")
    return Way(groups[0], within, groups[1], groups[2], groups[3], counts)
