"""The small markdown subset of the contracts, read into words, and written in the markup of a platform.

A text may hold what a visitor wrote (a label's names), so reading takes any text and writing escapes all of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from html import escape
from urllib.parse import quote

_LINK = re.compile(r"\[([^\[\]\n]+)\]\((https://[^\s()<>\"]+|tel:[^\s()<>\"]+|mailto:[^\s()<>\"]+)\)")
_LINE_BREAK = re.compile(r"\s*\n\s*")
_WORD = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"[.!?…][\"')\]’”]*$")
_STRONG = "**"
_BULLET = "- "


class Break(IntEnum):
    """What ends after a word: the higher, the better a place to divide a text at."""

    NOTHING = 0
    GRAPHEME = 1
    WORD = 2
    SENTENCE = 3
    LINE = 4
    PARAGRAPH = 5


_GAPS = {Break.NOTHING: "", Break.GRAPHEME: "", Break.WORD: " ", Break.SENTENCE: " ", Break.LINE: "\n"}


@dataclass(frozen=True)
class Word:
    """A run of characters that is not divided, a link's whole label among them, and what ends after it."""

    text: str
    strong: bool = False
    address: str = ""
    bullet: bool = False
    ends: Break = Break.NOTHING

    @property
    def gap(self) -> str:
        """Return the space that follows."""
        return _GAPS.get(self.ends, "\n\n")


def read(text: str) -> list[Word]:
    """Return the words of `text`; whatever is no link and no pair of `**` is taken as it stands."""
    words: list[Word] = []
    lines = [line.strip() for line in text.split("\n")]
    blank = False
    for line in lines:
        if not line:
            blank = True
            continue
        if words:
            words[-1] = _ending(words[-1], Break.PARAGRAPH if blank else Break.LINE)
        blank = False
        words += _line(line)
    return words


def _line(line: str) -> Iterator[Word]:
    bullet = line.startswith(_BULLET) and bool(line[2:].strip())
    pieces = list(_pieces(line[2:].strip() if bullet else line))
    for number, (text, strong, address) in enumerate(pieces):
        follows = pieces[number + 1][0] if number + 1 < len(pieces) else ""
        first = bullet and number == 0
        if address:
            yield Word(text, strong, address, first, Break.WORD if follows[:1].isspace() else Break.NOTHING)
            continue
        found = _WORD.findall(text)
        for place, word in enumerate(found):
            last = place == len(found) - 1
            parted = not last or text[-1:].isspace() or follows[:1].isspace()
            ends = Break.NOTHING
            if parted:
                ends = Break.SENTENCE if _SENTENCE_END.search(word) else Break.WORD
            yield Word(word, strong, "", first and place == 0, ends)


def _pieces(line: str) -> Iterator[tuple[str, bool, str]]:
    """Yield (text, whether it is strong, address of a link) of one line, nothing empty."""
    strong, left = False, _markers(line)
    place = 0
    for link in [*_LINK.finditer(line), None]:
        plain = line[place : link.start() if link else len(line)]
        parts = plain.split(_STRONG)
        for number, part in enumerate(parts):
            if number:
                # The last of an odd number of marks opens nothing.
                if left > 1 or strong:
                    strong = not strong
                else:
                    part = _STRONG + part
                left -= 1
            if part:
                yield part, strong, ""
        if link:
            yield link[1].replace(_STRONG, ""), strong, link[2]
            place = link.end()


def _markers(line: str) -> int:
    return _LINK.sub("", line).count(_STRONG)


def _ending(word: Word, ends: Break) -> Word:
    return Word(word.text, word.strong, word.address, word.bullet, ends)


@dataclass(frozen=True)
class Markup:
    """How a platform writes: escaped text, a link, the two ends of what is strong, and a list's mark."""

    text: Callable[[str], str]
    link: Callable[[str, str], str]
    strong: tuple[str, str]
    bullet: str

    def write(self, words: Sequence[Word]) -> str:
        """Return `words` in this markup; the space after the last one is left out."""
        written: list[str] = []
        is_open = False
        for place, word in enumerate(words):
            following = words[place + 1] if place + 1 < len(words) else None
            if word.bullet:
                written.append(self.bullet)
            if word.strong and not is_open:
                written.append(self.strong[0])
                is_open = True
            written.append(self.link(word.text, word.address) if word.address else self.text(word.text))
            # Slack takes no strong run over a line's end.
            if is_open and not (following and following.strong and word.ends < Break.LINE):
                written.append(self.strong[1])
                is_open = False
            if following:
                written.append(word.gap)
        return "".join(written)


def _plain_link(label: str, address: str) -> str:
    """Return label and address, without the address where the label says it already."""
    scheme, _, target = address.partition(":")
    shown = address if scheme == "https" else target
    if scheme == "tel" and re.sub(r"\D", "", target) in re.sub(r"\D", "", label):
        return label
    return label if shown in label else f"{label} ({shown})"


def _telegram_link(label: str, address: str) -> str:
    # Telegram makes links of web addresses only, and finds telephone numbers and mail addresses by itself.
    if not address.startswith("https:"):
        return escape(_plain_link(label, address), quote=False)
    return f'<a href="{escape(address)}">{escape(label, quote=False)}</a>'


def _slack_link(label: str, address: str) -> str:
    # Between the angle brackets a bar ends the address.
    label = label.replace("|", "/")
    return f"<{escape(quote(address, safe=_IN_AN_ADDRESS), quote=False)}|{escape(label, quote=False)}>"


_IN_AN_ADDRESS = ":/?#[]@!$&'()*+,;=%-._~"

MARKUPS = {
    "plain": Markup(text=lambda text: text, link=_plain_link, strong=("", ""), bullet="- "),
    "telegram_html": Markup(
        text=lambda text: escape(text, quote=False), link=_telegram_link, strong=("<b>", "</b>"), bullet="• "
    ),
    "slack_mrkdwn": Markup(
        text=lambda text: escape(text, quote=False), link=_slack_link, strong=("*", "*"), bullet="• "
    ),
}
