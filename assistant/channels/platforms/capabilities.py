"""What each platform takes, read from `data/channels/capabilities.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Extra, PositiveFloat, PositiveInt, confloat, parse_obj_as

from assistant.channels.platforms.units import MEASURES, to_gsm7
from assistant.files import DATA, read_yaml

FILE = DATA / "channels" / "capabilities.yml"


class _Strict(BaseModel):
    class Config:
        """Refuse a misspelt setting instead of ignoring it."""

        extra = Extra.forbid
        frozen = True


class Length(_Strict):
    """The most that something may hold, and the unit that it is counted in."""

    limit: PositiveInt
    unit: Literal["characters", "utf16", "bytes", "gsm7"]

    def measure(self, text: str) -> int:
        """Return how much of the limit `text` takes."""
        return MEASURES[self.unit](text)

    def holds(self, text: str) -> bool:
        """Return whether `text` fits."""
        return self.measure(text) <= self.limit

    def simplified(self, text: str) -> str:
        """Return `text` with typographic signs made plain, where one of them would make it cost double."""
        return to_gsm7(text) if self.unit == "gsm7" else text


class Choices(_Strict):
    """How a platform shows choices. `most`, `title` and `payload` are of its buttons or quick replies."""

    kind: Literal["buttons", "quick_replies", "numbered"]
    most: int = 0

    title: Length | None = None
    payload: Length | None = None

    def fit(self, titles: list[str]) -> bool:
        """Return whether choices of these titles can be tapped; otherwise they are numbered."""
        if self.kind == "numbered" or self.title is None or len(titles) > self.most:
            return False
        return all(self.title.holds(title) for title in titles)


class Rate(_Strict):
    """How fast a bot may send: messages a second over all, and seconds between two to one recipient."""

    per_second: PositiveFloat
    recipient_gap: confloat(ge=0)  # type: ignore[valid-type]


class Capabilities(_Strict):
    """One platform. `reply_window` and `remember` are in hours, `ignored` are words that its network answers itself."""

    name: str
    text: Length
    markup: Literal["telegram_html", "slack_mrkdwn", "plain"]
    choices: Choices
    rate: Rate
    reply_window: PositiveInt
    remember: PositiveInt
    ignored: frozenset[str] = frozenset()
    sources: Mapping[str, str]


@cache
def load(path: Path = FILE) -> dict[str, Capabilities]:
    """Return the platforms by their ids; raise pydantic's ValidationError where the file does not fit."""
    return parse_obj_as(dict[str, Capabilities], read_yaml(path))
