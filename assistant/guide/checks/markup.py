"""Whether texts keep to the small markdown subset: paragraphs, `-` lists, `**strong**`, links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.guide.checks.content import Content
from assistant.guide.checks.sizes import PLACEHOLDERS

LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\(([^()\s]*)\)")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
SCHEMES = ("https://", "tel:", "mailto:")

_BEYOND = (
    (re.compile(r"^[ \t]*#{1,6}\s", re.M), "a heading"),
    (re.compile(r"^[ \t]*[*+•]\s", re.M), "a list that is not made with `-`"),
    (re.compile(r"^[ \t]+- ", re.M), "a list within a list"),
    (re.compile(r"^[ \t]*\d+[.)]\s", re.M), "a numbered list"),
    (re.compile(r"\S - \S"), "a dash or a list run together into one line (a list needs `|-`)"),
    (re.compile(r"^[ \t]*(-{3,}|={3,}|\*{3,})[ \t]*$", re.M), "a line"),
    (re.compile(r"^[ \t]*>", re.M), "a quotation"),
    (re.compile(r"`"), "code"),
    (re.compile(r"</?[a-z!]", re.I), "HTML"),
    (re.compile(r"\|"), "a table"),
    (re.compile(r"!\["), "a picture"),
    (re.compile(r"(?<!\*)\*(?!\*)"), "a single asterisk"),
    (re.compile(r"(?<!\w)_|_(?!\w)"), "an underscore"),
    (re.compile(r"[\[\]]"), "a bracket that makes no link"),
)
_BARE = re.compile(r"\bhttps?://|\bwww\.", re.I)
_COMMAND = re.compile(r"(?<!\S)/\w")


def subset(content: Content) -> Iterator[str]:
    """Every text is plain but for paragraphs, `-` lists, `**strong**` and links."""
    for text in content.texts():
        words = PLACEHOLDER.sub("x", LINK.sub(lambda match: match[1], text.words))
        for pattern, what in _BEYOND:
            if pattern.search(words):
                yield f"{text.at}: it has {what}, which not every channel can show, so write it another way."
        if any(paragraph.count("**") % 2 for paragraph in words.split("\n")):
            yield f"{text.at}: a `**` is left open, so close it in the same paragraph."


def links(content: Content) -> Iterator[str]:
    """Links lead to https, tel or mailto, have a label, and stand in no text bare."""
    for text in content.texts():
        for label, address in LINK.findall(text.words):
            if not address.startswith(SCHEMES):
                yield f"{text.at}: the link to {address!r} is not https, tel or mailto, so change it."
            if not label.strip():
                yield f"{text.at}: the link to {address!r} has no label, so say where it leads."
        if _BARE.search(LINK.sub("", text.words)):
            yield f"{text.at}: an address stands bare in the text, so make it a link with a label."


def placeholders(content: Content) -> Iterator[str]:
    """Placeholders are those that the settings of a site fill."""
    known = ", ".join("{" + name + "}" for name in PLACEHOLDERS)
    for text in content.texts():
        for name in PLACEHOLDER.findall(text.words):
            if name not in PLACEHOLDERS:
                yield f"{text.at}: nothing fills {{{name}}}, so use one of {known}."
        if re.search(r"[{}]", PLACEHOLDER.sub("", text.words)):
            yield f"{text.at}: a brace is left open, so close it or remove it."


def slashes(content: Content) -> Iterator[str]:
    """No text looks like a command of a chat platform or of Rasa."""
    for text in content.texts():
        if _COMMAND.search(text.words):
            yield f"{text.at}: a word begins with a slash, which reads as a command, so write it another way."
