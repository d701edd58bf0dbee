"""`make bench`: the project beside the same content on Rasa's own default configuration, in one run on one machine.

    python -m assistant.evaluation.bench [--out reports] [--epochs N]

Everything runs on loopback and the number of turns is fixed. On two cores a whole run takes the better part of an hour,
nearly all of it the training of stock Rasa; `--epochs 2` tries the bench itself out, and its report says so.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assistant import guide, runtime
from assistant.evaluation import data, load, metrics
from assistant.evaluation.bench_page import page, summary
from assistant.evaluation.data import Sample
from assistant.evaluation.metrics import Reading
from assistant.evaluation.sides import Served, Side, ours, stock, train
from assistant.files import ROOT

FIGURES = "bench.json"
PAGE = "bench.md"

START_DEADLINE = 600.0  # seconds from start to first answer
FIRST_QUESTION = "what are milia"
QUESTIONS = 40  # of the development set, the same for both sides
LONGEST = 300  # characters of a question that is sent
ROUNDS = 3  # the two sides take turns, so that a busy moment of the machine hits both
TURNS_ALONE = 40  # turns a round with one client
CLIENTS = 8
TURNS_TOGETHER = 15  # turns a round of each of the eight
LONG_TURNS = 201
LONG_CONVERSATIONS = {"ours": 5, "stock": 1}
EARLY, LATE = slice(1, 4), slice(198, 201)  # turns 2 to 4 and 199 to 201, counted from 1
STATION_TURNS = 100

Figures = dict[str, dict[str, float]]


def bench(out: Path = ROOT / "reports", epochs: int | None = None) -> None:
    """Measure both sides, write `bench.json` and `bench.md` into `out` and print the ratios.

    `epochs` shortens the training of stock Rasa. Raises sides.SideFailed, load.NotAnswered and data.NoData.
    """
    kinds = guide.load().kinds
    samples = data.development(kinds)
    with tempfile.TemporaryDirectory(prefix="assistant-bench-") as name:
        folder = Path(name)
        both = (ours(folder / "ours"), stock(folder / "stock", epochs))
        trained = {side.name: _trained(side) for side in both}
        measured, stations = asyncio.run(_served(both, questions(samples)))
        accuracy = {side.name: _accuracy(side, samples) for side in both}
    figures = {"training": trained, **measured, "accuracy": accuracy}
    report = {"machine": machine(), "epochs": epochs, "figures": figures, "stations": stations}
    out.mkdir(parents=True, exist_ok=True)
    (out / FIGURES).write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    (out / PAGE).write_text(page(report), encoding="utf-8")
    print("\n".join(summary(report)))
    print(f"\nThe whole report: {out / PAGE}")


def questions(samples: Sequence[Sample]) -> list[str]:
    """Return the questions that are sent: of the development set, spread over it, none of extreme length."""
    texts = [sample.text for sample in samples if sample.kind == "question" and len(sample.text) <= LONGEST]
    return texts[:: max(1, len(texts) // QUESTIONS)][:QUESTIONS]


def machine() -> dict[str, Any]:
    """Return what the figures were measured on."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "cores": os.cpu_count(),
        "memory_gb": round(pages / 2**30, 1),
        "system": platform.system(),
        "python": platform.python_version(),
        "rasa": version("rasa"),
        "load_before": round(os.getloadavg()[0], 2),
    }


def _trained(side: Side) -> float:
    _say(f"Training {side.name} ...")
    seconds = train(side)
    _say(f"Trained {side.name} in {seconds:.0f} s")
    return seconds


async def _served(both: Sequence[Side], texts: Sequence[str]) -> tuple[Figures, dict[str, float]]:
    """Return the figures of the served sides, and where the time of one of our turns goes."""
    figures: Figures = {"start": {}, "memory": {}, "memory_of": {}, "long": {}}
    with ExitStack() as stack:
        http = load.session()
        served: dict[str, Served] = {}
        clients: dict[str, load.Client] = {}
        try:
            for side in both:
                _say(f"Starting {side.name} ...")
                clients[side.name] = side.client(http, side.address)
                begin = time.monotonic()
                served[side.name] = stack.enter_context(Served(side))
                figures["start"][side.name] = await load.first_answer(
                    clients[side.name], FIRST_QUESTION, START_DEADLINE, begin, served[side.name].check
                )
            figures |= await _loaded(clients, texts)
            for name, client in clients.items():
                _say(f"Long conversations, {name} ...")
                memory = served[name].memory()
                figures["memory"][name] = sum(memory.values())
                figures["memory_of"] |= {f"{name} {process}": size for process, size in memory.items()}
                figures["long"][name] = await _long(client, LONG_CONVERSATIONS[name])
        finally:
            await http.close()
        stations = _stations(both[0], texts)
    return figures, {**stations, "channel": figures["turn"]["ours"] - stations["total"]}


async def _loaded(clients: Mapping[str, load.Client], texts: Sequence[str]) -> Figures:
    """Return the median turn of one client and the turns per second of eight, rounds of the sides in turn."""
    alone: dict[str, list[float]] = {name: [] for name in clients}
    together: dict[str, list[float]] = {name: [] for name in clients}
    for client in clients.values():
        await load.burst(client, texts, 1, load.TURNS_A_CONVERSATION)  # the first turns warm caches
    for number in range(1, ROUNDS + 1):
        for name, client in clients.items():
            _say(f"Round {number} of {ROUNDS}, {name} ...")
            alone[name] += (await load.burst(client, texts, 1, TURNS_ALONE)).turns
            together[name].append((await load.burst(client, texts, CLIENTS, TURNS_TOGETHER)).rate)
    return {
        "turn": {name: statistics.median(times) for name, times in alone.items()},
        "rate": {name: statistics.median(rates) for name, rates in together.items()},
    }


async def _long(client: load.Client, conversations: int) -> float:
    """Return how much longer turn 200 takes than turn 3: medians of the turns around them."""
    runs = [await load.conversation(client, FIRST_QUESTION, LONG_TURNS) for _ in range(conversations)]
    early = statistics.median(seconds for run in runs for seconds in run[EARLY])
    return statistics.median(seconds for run in runs for seconds in run[LATE]) / early


def _stations(side: Side, texts: Sequence[str]) -> dict[str, float]:
    """Return the median seconds of each station of a turn, from a process of its own beside the action server."""
    _say("Looking where the time of a turn goes ...")
    command = [sys.executable, "-m", "assistant.evaluation.turn_cost", str(side.model), str(STATION_TURNS)]
    done = subprocess.run(
        command,
        cwd=side.working,
        env=side.variables(),
        input=json.dumps(texts),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    stations: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return stations


def _accuracy(side: Side, samples: Sequence[Sample]) -> float:
    """Return the share of the development set that the side reads right, each side as it reads a message itself."""
    _say(f"Accuracy, {side.name} ...")
    if side.name == "ours":
        from assistant.evaluation.run import read_all

        return metrics.share(reading.right for reading in read_all({"": samples}, side.model)[""])
    return metrics.share(reading.right for reading in _stock_readings(side.model, samples))


def _stock_readings(model: Path, samples: Sequence[Sample]) -> list[Reading]:
    runtime.prepare()
    from rasa.core.agent import Agent

    from assistant.turn import nlu

    agent = Agent.load(str(model))
    return [Reading(sample, str(nlu.parse(agent.processor, sample.text)["intent"]["name"]), ()) for sample in samples]


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
