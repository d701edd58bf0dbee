"""Words a finding: who to turn to and how soon, for the visitor's region."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assistant.files import read_yaml
from assistant.referral.detector import Finding
from assistant.referral.flags import FOLDER, KnownFlag, red_flags, sounds


class UnknownRegion(ValueError):
    """A region that regions.yml does not hold; the text lists those that it does."""


@dataclass(frozen=True)
class Region(Mapping[str, str]):
    """Whom to turn to in one region; also readable as a mapping of these names to these words.

    `emergency_number` is the number itself, `crisis_line` and `urgent_line` say who and how.
    """

    name: str
    emergency_number: str
    crisis_line: str
    urgent_line: str

    def __getitem__(self, key: str) -> str:
        if key not in self.__dataclass_fields__:
            raise KeyError(key)
        return str(getattr(self, key))

    def __iter__(self) -> Iterator[str]:
        return iter(self.__dataclass_fields__)

    def __len__(self) -> int:
        return len(self.__dataclass_fields__)


@dataclass(frozen=True)
class Advice:
    """What is said first. `sources` are ids of data/sources.yml.

    `alone`: nothing follows it, so that no answer about bumps softens an emergency.
    """

    text: str
    sources: tuple[str, ...]
    alone: bool


def region(name: str) -> Region:
    """Return the region `name` (a key of regions.yml, such as "uk"). Raises UnknownRegion."""
    regions = _regions()
    if name.lower() not in regions:
        raise UnknownRegion(f"there is no region {name!r}: it must be one of {', '.join(sorted(regions))}")
    return regions[name.lower()]


def advice(finding: Finding, region: Mapping[str, str]) -> Advice | None:
    """Return the advice for the most urgent flag of `finding`, or None where none of its flags is so.

    `region` gives `emergency_number`, `crisis_line` and `urgent_line`: a Region, or the owner's own words.
    """
    real = {flag.flag for flag in finding.flags if not flag.negated}
    # the most urgent ones stand first in the data, and what only sounds so is there where it is more than the rest
    flags: tuple[KnownFlag, ...] = (*sounds(), *red_flags())
    for known in flags:
        if known.id in real:
            entry = _texts()[known.advice]
            text = str(entry["text"]).format_map({**region})
            alone = bool(entry.get("alone", finding.urgency == "emergency" or finding.crisis))
            return Advice(text, tuple(entry["sources"]), alone)
    return None


@lru_cache(maxsize=1)
def _texts() -> dict[str, Any]:
    texts: dict[str, Any] = read_yaml(FOLDER / "advice.yml")
    return texts


@lru_cache(maxsize=1)
def _regions() -> dict[str, Region]:
    return {name: Region(**entry) for name, entry in read_yaml(FOLDER / "regions.yml").items()}
