"""`ask`: whole turns through the trained model and the real actions, kept in memory."""

from __future__ import annotations

import argparse
import asyncio

from assistant.cli import lines


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no options: messages come on standard input."""


def run(_: argparse.Namespace) -> None:
    """Print what is said to each message, in order, a conversation a name."""
    from assistant.serving.actions import ActionServer

    with ActionServer() as actions:
        asyncio.run(_answer(actions.endpoint()))


async def _answer(endpoint: object) -> None:
    from assistant.serving.model import load
    from assistant.turn import ChoiceGone, Turns

    turns = Turns(load(endpoint))

    async def asked(record: lines.Record) -> lines.Record:
        conversation = lines.text(record, "conversation")
        if ("text" in record) == ("choice" in record):
            raise lines.BadLine('Give either "text" or "choice".')
        try:
            if "choice" in record:
                messages = await turns.choose(conversation, lines.text(record, "choice"))
            else:
                messages = await turns.take(conversation, lines.text(record))
        except ChoiceGone as error:
            raise lines.BadLine("This choice is not open in this conversation.") from error
        return {"conversation": conversation, "messages": [message.as_dict() for message in messages]}

    await lines.answer_in_order(asked)
    await turns.close()
