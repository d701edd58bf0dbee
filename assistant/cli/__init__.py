"""The commands of `python -m assistant`, each imported only when it is called: `check` and `triage` start at once."""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Sequence

from assistant import runtime

COMMANDS = {
    "parse": "what the assistant makes of each message (JSON Lines)",
    "ask": "whole turns through the trained model and the real actions (JSON Lines)",
    "check": "read product labels and ingredients (JSON Lines)",
    "triage": "look for red flags (JSON Lines)",
    "chat": "talk to the assistant in the terminal",
    "train": "build what is missing or older than what it is made from",
    "serve": "serve the assistant and its page",
    "channels": "register a messaging platform's webhook, or check the platforms that are set up",
    "validate": "check content, data and settings",
    "review": "write the page on which a clinician reviews all that can be said",
    "evaluate": "measure understanding, with pictures",
    "bench": "measure speed and memory against Rasa's own default configuration",
}


class CallError(Exception):
    """The call itself is wrong; the message says so in one sentence."""


def main(arguments: Sequence[str]) -> int:
    """Run one command; return 0, or 2 where the call itself is wrong, or what the command returns."""
    parser = argparse.ArgumentParser(prog="python -m assistant")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, explanation in COMMANDS.items():
        command = commands.add_parser(name, help=explanation, description=explanation)
        if arguments and arguments[0] == name:
            importlib.import_module(f"assistant.cli.{name}").add_arguments(command)
    options = parser.parse_args(arguments)
    runtime.set_environment()
    try:
        return int(importlib.import_module(f"assistant.cli.{options.command}").run(options) or 0)
    except CallError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:
        # Whoever reads has read enough (`| head`), and what is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE
