"""Which of the choices offered last a typed message names: by its number, in figures or words, or by its title."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from assistant.files import DATA, read_yaml

_FIGURE = re.compile(r"\W*(\d{1,3})\W*")
_EDGES = re.compile(r"^\W+|\W+$")


def chosen(text: str, titles: Sequence[str]) -> int | None:
    """Return the place (from 0) in `titles` that `text` names, None where it names none or more than one."""
    said = _bare(text)
    place = _numbers().get(said)
    figure = _FIGURE.fullmatch(text)
    if figure:
        place = int(figure[1]) - 1
    if place is not None:
        return place if 0 <= place < len(titles) else None
    same = [number for number, title in enumerate(titles) if said and _bare(title) == said]
    return same[0] if len(same) == 1 else None


def _bare(text: str) -> str:
    return " ".join(_EDGES.sub("", text).casefold().replace("’", "'").split())


@cache
def _numbers() -> Mapping[str, int]:
    """Return the words that name a place, as places from 0."""
    found: list[list[str]] = read_yaml(DATA / "channels" / "numbers.yml")
    return {word: place for place, words in enumerate(found) for word in words}
