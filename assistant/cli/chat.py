"""`chat`: talk to the assistant in the terminal."""

from __future__ import annotations

import argparse
import asyncio

from assistant import guide, site
from assistant.text import normalise


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no options."""


def run(_: argparse.Namespace) -> None:
    """Read lines until the end of input; a number taps the choice that stands beside it."""
    from assistant.serving.actions import ActionServer

    with ActionServer() as actions:
        asyncio.run(_talk(actions.endpoint()))


async def _talk(endpoint: object) -> None:
    from assistant.serving.model import load
    from assistant.turn import Turns

    turns = Turns(load(endpoint))
    print(guide.fill(guide.load().system["greeting"], site.load().words))
    choices: list[str] = []
    while (line := await asyncio.to_thread(_read)) is not None:
        if not normalise(line):
            continue
        tapped = line.strip().isdigit() and 0 < int(line) <= len(choices)
        said = await (turns.choose("terminal", choices[int(line) - 1]) if tapped else turns.take("terminal", line))
        choices = [choice["id"] for message in said for choice in message.choices]
        titles = [choice["title"] for message in said for choice in message.choices]
        print("\n\n".join(message.text for message in said))
        print("\n".join(f"  {number}. {title}" for number, title in enumerate(titles, 1)))
    await turns.close()


def _read() -> str | None:
    try:
        return input("> ")
    except EOFError:
        return None
