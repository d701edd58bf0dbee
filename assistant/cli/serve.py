"""`serve`: the assistant and its page."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from assistant import build
from assistant.cli import CallError

PORT = 5005  # the contracts' port


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the port and the address to listen on."""
    parser.add_argument("--port", type=_port, default=os.environ.get("PORT", str(PORT)))
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), help="0.0.0.0 opens it to the network")


def _port(given: str) -> int:
    if not given.isdecimal() or not 0 < int(given) < 65_536:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535.")
    return int(given)


def run(options: argparse.Namespace) -> int:
    """Build what is stale and serve until it is interrupted."""
    from assistant.serving.service import PortTaken, serve

    if any(build.is_stale(step) for step in build.STEPS):
        # In a process of its own: what training imports would stay in this one's memory for as long as it serves.
        built = subprocess.run([sys.executable, "-m", "assistant", "train"], check=False)
        if built.returncode:
            return built.returncode
    try:
        return serve(options.host, options.port)
    except PortTaken as error:
        raise CallError(str(error)) from error
