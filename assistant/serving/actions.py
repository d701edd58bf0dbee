"""Runs the action server as a process of its own, on a free loopback port and with a secret of its own."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import TracebackType
from typing import Any

from assistant import runtime
from assistant.cli import CallError
from assistant.files import ROOT

HOST = "127.0.0.1"
SECRET = "ASSISTANT_ACTION_SECRET"
START_DEADLINE = 30.0  # seconds until it must answer; it takes one on an idle machine
POLL = 0.05  # seconds between two looks


class ActionServerFailed(CallError):
    """The action server ended or did not answer in time; it has said why on standard error."""


def free_port() -> int:
    """Return a loopback port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def command(port: int) -> list[str]:
    """Return the command line of the action server on `port`."""
    return [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(port), "--cors", "", "--quiet"]


def environment(secret: str) -> dict[str, str]:
    """Return the environment in which it listens on loopback only and knows the shared secret."""
    return {**os.environ, "SANIC_HOST": HOST, SECRET: secret}


class ActionServer:
    """A context: the server answers when it is entered and is gone when it is left."""

    def __init__(self) -> None:
        self._port = free_port()
        self._secret = secrets.token_urlsafe(32)
        self._process: subprocess.Popen[bytes] | None = None

    def endpoint(self) -> Any:
        """Return where Rasa's remote actions find it."""
        runtime.silence_old_packages()
        from rasa.utils.endpoints import EndpointConfig

        return EndpointConfig(
            url=f"http://{HOST}:{self._port}/webhook",
            headers={"Authorization": f"Bearer {self._secret}"},
            enable_selective_domain=True,
        )

    def __enter__(self) -> ActionServer:
        self._process = subprocess.Popen(
            command(self._port), cwd=ROOT, env=environment(self._secret), stdin=subprocess.DEVNULL, stdout=sys.stderr
        )
        deadline = time.monotonic() + START_DEADLINE
        while not _answers(self._port):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.__exit__(None, None, None)
                raise ActionServerFailed("The action server did not start.")
            time.sleep(POLL)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
