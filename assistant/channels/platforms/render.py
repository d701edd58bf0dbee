"""Makes of a message of the assistant the messages that a platform takes, with no choice dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from assistant.channels.platforms.capabilities import Capabilities
from assistant.channels.platforms.markup import MARKUPS, Break, Word, read
from assistant.channels.platforms.split import Fits, split
from assistant.files import DATA, read_yaml


@dataclass(frozen=True)
class Button:
    """Something to tap: what it says, and the short key that comes back."""

    title: str
    key: str


@dataclass(frozen=True)
class Part:
    """One message as it is sent: in the platform's markup, without it for a second try, and what can be tapped."""

    text: str
    plain: str
    buttons: Sequence[Button] = ()


@cache
def texts() -> Mapping[str, str]:
    """Return what visitors of platforms read besides the guide's own texts."""
    found: Mapping[str, str] = read_yaml(DATA / "channels" / "texts.yml")
    return found


def render(platform: Capabilities, text: str, choices: Sequence[Button] = ()) -> list[Part]:
    """Return the parts of one message, each within the platform's limits.

    The choices come with the last part: as buttons or quick replies where all of them fit, else as a numbered list.
    """
    tapped = platform.choices.fit([choice.title for choice in choices])
    parts = _parts(platform, text, [] if tapped else [choice.title for choice in choices])
    if tapped and choices:
        # Buttons need a message to stand under.
        parts = parts or [Part("…", "…")]
        parts[-1] = Part(parts[-1].text, parts[-1].plain, tuple(choices))
    return parts


def _parts(platform: Capabilities, text: str, titles: Sequence[str]) -> list[Part]:
    written, plain = MARKUPS[platform.markup], MARKUPS["plain"]

    def fits(words: Sequence[Word]) -> bool:
        return platform.text.holds(written.write(words)) and platform.text.holds(plain.write(words))

    runs = list(split(read(platform.text.simplified(text)), fits))
    if titles:
        runs = _with_list(runs, [platform.text.simplified(title) for title in titles], fits)
    return [Part(written.write(run), plain.write(run)) for run in runs]


def _with_list(runs: list[list[Word]], titles: Sequence[str], fits: Fits) -> list[list[Word]]:
    """Return `runs` with a numbered list behind the last one, or by itself where that would be too long."""
    lines = [texts()["choose"], *(f"{number}. {title}" for number, title in enumerate(titles, start=1))]
    # A title is no markdown: its words stand as they are.
    listed = [word for line in lines for word in _words(line)]
    if not runs:
        return list(split(listed, fits))
    last = [*runs[-1][:-1], replace(runs[-1][-1], ends=Break.PARAGRAPH), *listed]
    return [*runs[:-1], last] if fits(last) else [*runs, *split(listed, fits)]


def _words(line: str) -> list[Word]:
    words = [Word(word, ends=Break.WORD) for word in line.split()]
    return [*words[:-1], replace(words[-1], ends=Break.LINE)]
