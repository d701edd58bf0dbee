"""What every part of the assistant means by "the text of a message"."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]")
# White space that is not one space already.
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_BLANK_LINES = re.compile(r"\n\s*\n\s*")
_PUNCTUATION = {"‘": "'", "’": "'", "‛": "'", "ʼ": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."}


def normalise(text: str) -> str:
    """Return `text` in one canonical form: NFC, plain quotes and dashes, no invisible or control characters.

    Line breaks are kept (a label is read by them); other white space becomes one space.
    """
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).replace("\r\n", "\n").replace("\r", "\n")
    for sign, plain in _PUNCTUATION.items():
        text = text.replace(sign, plain)
    # What is printable holds no control character.
    if not text.replace("\n", " ").isprintable():
        text = text.translate({ord(character): " " for character in set(text) if _is_control(character)})
    text = _SPACES.sub(" ", text)
    return _BLANK_LINES.sub("\n\n", text).strip()


def _is_control(character: str) -> bool:
    return character != "\n" and unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"}
