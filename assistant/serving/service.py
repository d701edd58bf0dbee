"""Serves the assistant: Rasa and the action server as one service that starts, stops and fails as a whole."""

from __future__ import annotations

import os
import secrets
import shlex
import socket
import sys
import threading
import time
import urllib.error
import urllib.request

from honcho.manager import Manager

from assistant.build import MODEL
from assistant.files import ROOT
from assistant.serving import actions

DATABASE = "ASSISTANT_DATABASE"
READY_DEADLINE = 180.0  # seconds; a slow machine imports TensorFlow for half a minute
POLL = 0.25  # seconds between two looks


class PortTaken(Exception):
    """Another program listens on the port; the message says how to take another."""


def serve(host: str, port: int) -> int:
    """Run both processes until one ends or Ctrl-C is pressed; return the exit code.

    Prints the address of the page once a canned question was answered. Raises PortTaken.
    """
    _check_port(host, port)
    inner = actions.free_port()
    environment = _environment(inner)
    manager = Manager()
    manager.add_process("actions", _joined(actions.command(inner)), env=environment, cwd=str(ROOT))
    manager.add_process("rasa", _joined(_rasa(host, port)), env=environment, cwd=str(ROOT))
    threading.Thread(target=_announce, args=(host, port), daemon=True).start()
    manager.loop()
    return int(manager.returncode or 0)


def _rasa(host: str, port: int) -> list[str]:
    command = [
        sys.executable,
        "-m",
        "assistant.serving.rasa",
        "run",
        "--model",
        str(MODEL),
        "--port",
        str(port),
        "--interface",
        host,
    ]
    return [*command, "--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]


def _environment(action_port: int) -> dict[str, str]:
    # What visitors wrote is for this user only.
    (ROOT / "var").mkdir(mode=0o700, exist_ok=True)
    own = {
        "ASSISTANT_ACTION_PORT": str(action_port),
        DATABASE: os.environ.get(DATABASE, f"sqlite:///{ROOT / 'var' / 'conversations.db'}"),
        # honcho reads the processes' output through pipes.
        "PYTHONUNBUFFERED": "1",
    }
    secret = os.environ.get(actions.SECRET) or secrets.token_urlsafe(32)
    return {**actions.environment(secret), **own}


def _joined(command: list[str]) -> str:
    # honcho takes a line for a shell; `exec` makes the process itself the one that is stopped.
    return f"exec {shlex.join(command)}"


def _check_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = f"Port {port} on {host} cannot be used ({error.strerror}); try `make run PORT={port + 1}`."
            raise PortTaken(reason) from error


def _announce(host: str, port: int) -> None:
    address = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}/chat/"
    deadline = time.monotonic() + READY_DEADLINE
    while time.monotonic() < deadline:
        if _is_ready(f"{address}health/ready"):
            print(f"\nThe assistant is ready: {address}\n", flush=True)
            return
        time.sleep(POLL)
    print("\nThe assistant is not ready yet; see above why, or ask /chat/health/ready.\n", file=sys.stderr, flush=True)


def _is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
