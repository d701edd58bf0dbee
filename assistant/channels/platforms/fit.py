"""Whether what is said fits every platform once it is rendered: what `make validate` asks of every answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.channels.platforms.capabilities import Capabilities, load
from assistant.channels.platforms.markup import MARKUPS, read
from assistant.channels.platforms.render import Button, Part, render

# A key as long as those that travel (assistant/channels/platforms/answers.py).
KEY = "0" * 16


def problems(at: str, text: str, titles: Sequence[str]) -> Iterator[str]:
    """Yield a sentence for each thing that a platform would not take of a text with choices, which stands at `at`."""
    for platform in load().values():
        for reason in unfit(platform, text, titles, render(platform, text, [Button(title, KEY) for title in titles])):
            yield f"{at}: on {platform.name} {reason}."


def unfit(platform: Capabilities, text: str, titles: Sequence[str], parts: Sequence[Part]) -> Iterator[str]:
    """Yield what is wrong with `parts`, made of a text and its choices, as the end of a sentence."""
    for part in parts:
        for sent in (part.text, part.plain):
            if not sent.strip():
                yield "a part is empty, so write something"
            if not platform.text.holds(sent):
                yield f"a part has {platform.text.measure(sent)} {platform.text.unit} and {platform.text.limit} fit"
        if part.buttons and not platform.choices.fit([button.title for button in part.buttons]):
            yield "there are too many buttons or too long ones"
    shown = [button.title for part in parts for button in part.buttons]
    said = _squeezed("".join(part.plain for part in parts))
    for number, title in enumerate(titles, start=1):
        if title not in shown and _squeezed(f"{number}. {platform.text.simplified(title)}") not in said:
            yield f"the choice {title!r} is lost"
    if not said.startswith(_squeezed(MARKUPS["plain"].write(read(platform.text.simplified(text))))):
        yield "something of the text is lost"


def _squeezed(text: str) -> str:
    return "".join(text.split())
