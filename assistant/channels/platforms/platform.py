"""What one platform has to say for itself: who signed, what was sent, how it is answered, what its own answer means."""

from __future__ import annotations

import hmac
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, ClassVar

from assistant.channels.platforms.capabilities import Capabilities, load
from assistant.channels.platforms.render import Part


class Rejected(Exception):
    """A request is refused with this HTTP status; nobody reads a sentence there."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True)
class Inbound:
    """A request as it arrived. `url` is the public address that it was sent to; names of headers are in lower case."""

    method: str
    url: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Incoming:
    """One thing that a visitor sent.

    `keys` are the platform's own names for it, `sender` those of chat and person, `to` is what an answer is addressed
    with; `choice` is the key of a button; `media` says that there was something besides text; `at` is in epoch seconds;
    `shared` says that others read along; `tap` is what a tapped button has to be answered with at once.
    """

    keys: Sequence[str]
    sender: str
    to: Mapping[str, Any]
    text: str = ""
    choice: str = ""
    media: bool = False
    at: float | None = None
    shared: bool = False
    tap: str = ""


@dataclass(frozen=True)
class Reading:
    """What a request holds, and what its answer says (nothing for most platforms)."""

    messages: Sequence[Incoming] = ()
    reply: str = ""
    content_type: str = "text/plain"


@dataclass(frozen=True)
class Call:
    """A call of a platform's interface; `form` is sent where there is no `json`."""

    url: str
    json: Mapping[str, Any] | None = None
    form: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "POST"


@dataclass(frozen=True)
class Answer:
    """What a platform answered; `said` is its JSON, empty where it was none."""

    status: int
    headers: Mapping[str, str]
    said: Mapping[str, Any]


class Verdict(Enum):
    """What becomes of a message that was sent."""

    SENT = "sent"
    MARKUP = "markup"  # once more, without markup
    LATER = "later"  # the platform asks to wait
    AGAIN = "again"  # it was not taken, and may be later
    UNSURE = "unsure"  # it may have been taken: to send it again could double it
    REFUSED = "refused"


@dataclass(frozen=True)
class Judgement:
    """A verdict, and for LATER how many seconds to wait."""

    verdict: Verdict
    wait: float = 0.0


@dataclass(frozen=True)
class Setting:
    """A variable of the environment that a platform needs, the form of its value, and what it is in words."""

    name: str
    form: str
    what: str
    optional: bool = False

    def fits(self, value: str) -> bool:
        """Return whether `value` has the form."""
        return re.fullmatch(self.form, value) is not None


class Platform(ABC):
    """One platform, with the secrets of one bot."""

    id: ClassVar[str]
    settings: ClassVar[Sequence[Setting]]
    api: ClassVar[tuple[str, str]]  # the variable that overrides the interface's address, and the address

    def __init__(self, values: Mapping[str, str]) -> None:
        """Serve with the values of the environment, which were checked against `settings`."""
        self.values = values
        self.base = values.get(self.api[0], self.api[1]).rstrip("/")

    @classmethod
    def is_asked(cls, given: Mapping[str, str]) -> bool:
        """Return whether somebody has begun to set the platform up; `given` is all that is set."""
        return any(setting.name in given for setting in cls.settings if not setting.optional)

    @property
    def capabilities(self) -> Capabilities:
        """Return what the platform takes."""
        return load()[self.id]

    @abstractmethod
    def verify(self, request: Inbound) -> None:
        """Raise Rejected, 401 without a signature and 403 with a wrong one, unless the platform itself sent this."""

    @abstractmethod
    def read(self, request: Inbound) -> Reading:
        """Return what a verified request holds, nothing for what is no message; raise Rejected where it is no data."""

    @abstractmethod
    def send(self, to: Mapping[str, Any], part: Part, plain: bool) -> Call:
        """Return the call that sends one part, without its markup where `plain`."""

    @abstractmethod
    def judge(self, answer: Answer) -> Judgement:
        """Return what the platform's answer to a sent part means."""

    def answer_tap(self, tap: str, notice: str) -> Call | None:
        """Return the call that ends a tapped button's waiting, where the platform wants one; `notice` is shown."""
        return None


def same(given: str, right: str) -> bool:
    """Return whether two texts are the same, in a time that tells nothing of where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), right.encode())


def by_status(answer: Answer) -> Judgement:
    """Return what the HTTP status alone means.

    After 500, 502 and 503 nothing was taken; after 504 nobody knows.
    """
    if answer.status < 300:
        return Judgement(Verdict.SENT)
    if answer.status == 429:
        return Judgement(Verdict.LATER, retry_after(answer))
    if answer.status in (500, 502, 503):
        return Judgement(Verdict.AGAIN)
    if answer.status == 504:
        return Judgement(Verdict.UNSURE)
    return Judgement(Verdict.REFUSED)


def retry_after(answer: Answer) -> float:
    """Return the seconds of the header Retry-After, one where it is missing or no number."""
    given = answer.headers.get("Retry-After", "")
    return float(given) if re.fullmatch(r"\d{1,5}(\.\d+)?", given) else 1.0
