"""The two sides of the bench: the project as it is served, and the same content on Rasa's own default configuration.

Both run the same commands (`rasa train`, `rasa run`, the action server) on free loopback ports, with everything that
they write in a temporary folder.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Any

import yaml

from assistant import runtime
from assistant.build import FOLLOW_UPS
from assistant.evaluation.load import Client, RestClient, WebClient
from assistant.files import ROOT
from assistant.serving import actions
from assistant.training import TRAINING_FILES

TRAINING_DEADLINE = 3 * 3600.0  # seconds; DIET on thousands of phrases takes a large part of an hour on two cores
PROCESSES = ("actions", "rasa")
STOP_DEADLINE = 15.0  # seconds between asking a process to end and ending it
SECRET_ENVIRONMENT = "ASSISTANT_SECRET"


class SideFailed(Exception):
    """One side could not be trained or served; the message names the file that holds what it said."""


@dataclass(frozen=True)
class Side:
    """One way to train and serve the content. `environment` is what its processes see beside the common one."""

    name: str
    folder: Path
    config: Path
    endpoints: Path
    credentials: Path
    working: Path
    client: type[Client]
    # What `python -m` is given for Rasa's command line.
    rasa: str = "rasa"
    train_options: Sequence[str] = ()
    # Training data that this side alone can read, beside the phrases and rules of both.
    own_data: Sequence[Path] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    action_port: int = field(default_factory=actions.free_port)
    port: int = field(default_factory=actions.free_port)

    @property
    def model(self) -> Path:
        """Return where the trained model lies."""
        return self.folder / "models" / "model.tar.gz"

    @property
    def address(self) -> str:
        """Return where Rasa answers."""
        return f"http://{actions.HOST}:{self.port}"

    def variables(self) -> dict[str, str]:
        """Return the whole environment of the side's processes.

        What this process set for itself (assistant/runtime.py) is taken out, so that stock Rasa runs as it comes.
        """
        outer = {name: value for name, value in os.environ.items() if name not in runtime.ENVIRONMENT}
        own = {
            "RASA_TELEMETRY_ENABLED": "false",
            "RASA_CACHE_DIRECTORY": str(self.folder / "cache"),
            "SANIC_HOST": actions.HOST,
            actions.SECRET: self.secret,
            "ASSISTANT_ACTION_PORT": str(self.action_port),
        }
        return {**outer, **own, **self.environment}


def ours(folder: Path) -> Side:
    """Return the project's side: its own pipeline, endpoints and channel, its database in `folder`."""
    folder.mkdir(parents=True)
    return Side(
        name="ours",
        folder=folder,
        config=ROOT / "config.yml",
        endpoints=ROOT / "endpoints.yml",
        credentials=ROOT / "credentials.yml",
        working=ROOT,
        client=WebClient,
        rasa="assistant.serving.rasa",
        train_options=("--augmentation", "0"),
        own_data=(FOLLOW_UPS,),
        environment={
            **runtime.ENVIRONMENT,
            runtime.WITH_TENSORFLOW: "0",
            SECRET_ENVIRONMENT: secrets.token_urlsafe(48),
            "ASSISTANT_DATABASE": f"sqlite:///{folder / 'conversations.db'}",
        },
    )


def stock(folder: Path, epochs: int | None = None) -> Side:
    """Return the other side: Rasa's default configuration, stores in memory, the REST channel.

    `epochs` replaces the 100 of the default, only to try the bench itself out.
    """
    folder.mkdir(parents=True)
    side = Side(
        name="stock",
        folder=folder,
        config=folder / "config.yml",
        endpoints=folder / "endpoints.yml",
        credentials=folder / "credentials.yml",
        working=folder,
        client=RestClient,
    )
    headers = {"Authorization": f"Bearer {side.secret}"}
    url = f"http://{actions.HOST}:{side.action_port}/webhook"
    _write(side.config, stock_config(epochs))
    _write(side.endpoints, {"action_endpoint": {"url": url, "headers": headers}})
    _write(side.credentials, {"rest": None})
    return side


def stock_config(epochs: int | None = None) -> dict[str, Any]:
    """Return the configuration that the installed Rasa trains with where a project names none."""
    text = resources.files("rasa.engine.recipes.config_files").joinpath("default_config.yml").read_text("utf-8")
    config: dict[str, Any] = {**yaml.safe_load(text), "assistant_id": "stock"}
    for part in [*config["pipeline"], *config["policies"]]:
        if epochs is not None and "epochs" in part:
            part["epochs"] = epochs
    return config


def train(side: Side) -> float:
    """Run `rasa train` for one side with an empty cache; return how many seconds it took. Raises SideFailed."""
    command = [
        sys.executable,
        "-m",
        side.rasa,
        "train",
        "--config",
        str(side.config),
        "--domain",
        str(ROOT / "domain.yml"),
    ]
    command += ["--data", *(str(ROOT / name) for name in TRAINING_FILES), *map(str, side.own_data)]
    command += ["--out", str(side.model.parent), "--fixed-model-name", side.model.name.removesuffix(".tar.gz")]
    command += side.train_options
    log = side.folder / "train.log"
    begin = time.monotonic()
    with log.open("wb") as output:
        code = subprocess.run(
            command,
            cwd=side.working,
            env=side.variables(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            timeout=TRAINING_DEADLINE,
        ).returncode
    seconds = time.monotonic() - begin
    if code or not side.model.is_file():
        raise SideFailed(f"{side.name}: training failed\n{_end(log)}")
    return seconds


class Served:
    """A context in which one side's processes run; they are gone when it is left."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Served:
        side = self.side
        self._start(PROCESSES[0], actions.command(side.action_port), ROOT)
        command = [sys.executable, "-m", side.rasa, "run", "--model", str(side.model)]
        command += [
            "--endpoints",
            str(side.endpoints),
            "--credentials",
            str(side.credentials),
            "--interface",
            actions.HOST,
            "--port",
            str(side.port),
        ]
        self._start(PROCESSES[1], command, side.working)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes:
            _signal(process, signal.SIGTERM)
        for process in self._processes:
            try:
                process.wait(STOP_DEADLINE)
            except subprocess.TimeoutExpired:
                _signal(process, signal.SIGKILL)
                process.wait()

    def check(self) -> None:
        """Raise SideFailed where one of the processes has ended."""
        for name, process in zip(PROCESSES, self._processes, strict=True):
            if process.poll() is not None:
                raise SideFailed(f"{self.side.name}: {name} ended\n{_end(self.side.folder / f'{name}.log')}")

    def memory(self) -> dict[str, int]:
        """Return the resident memory of each serving process with its children, in bytes."""
        return {
            name: sum(resident(pid) for pid in family(process.pid))
            for name, process in zip(PROCESSES, self._processes, strict=True)
        }

    def _start(self, name: str, command: Sequence[str], working: Path) -> None:
        with (self.side.folder / f"{name}.log").open("wb") as output:
            self._processes.append(
                subprocess.Popen(
                    command,
                    cwd=working,
                    env=self.side.variables(),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            )


def family(pid: int) -> list[int]:
    """Return `pid` and every process that descends from it."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name stands in brackets and may hold anything; the parent is the second field after it.
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        parents.setdefault(parent, []).append(int(path.parent.name))
    found, rest = [], [pid]
    while rest:
        found.append(rest.pop())
        rest += parents.get(found[-1], [])
    return found


def resident(pid: int) -> int:
    """Return the resident memory of one process in bytes, 0 where it has ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    # Each was started as the leader of a group of its own, so that its children end with it.
    if process.poll() is None:
        os.killpg(process.pid, number)


def _end(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text("utf-8", errors="replace").splitlines()[-lines:])


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(yaml.safe_dump(dict(content), sort_keys=False), encoding="utf-8")
