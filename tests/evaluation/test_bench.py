from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.evaluation import bench, bench_page, load, sides
from assistant.evaluation.bench_page import MEASURES, Measure
from assistant.evaluation.data import Sample
from assistant.evaluation.turn_cost import OTHER, TOTAL, Clock

BETTER = {"training": (60, 600), "start": (10, 40), "memory": (5e8, 1e9), "turn": (0.02, 0.05), "rate": (60, 20)}


class Echo(load.Client):
    """Answers without a network; `silent` of its first turns get no answer."""

    def __init__(self, silent: int = 0) -> None:
        self.silent = silent
        self.started = 0
        self.asked: list[str] = []

    async def start(self) -> int:
        self.started += 1
        return self.started

    async def ask(self, conversation: int, text: str) -> bool:
        self.asked.append(text)
        return len(self.asked) > self.silent


def report(**figures: tuple[float, float]) -> dict[str, Any]:
    pairs = {**BETTER, "accuracy": (0.9, 0.7), "long": (1.1, 4.0), **figures}
    return {
        "machine": {"rasa": "3.6", "python": "3.10", "cores": 2, "memory_gb": 8.0},
        "epochs": None,
        "figures": {
            **{name: {"ours": pair[0], "stock": pair[1]} for name, pair in pairs.items()},
            "memory_of": {"ours rasa": 4e8, "ours actions": 1e8},
        },
        "stations": {"parse": 0.01, "action": 0.004, OTHER: 0.002, TOTAL: 0.016, "channel": 0.003},
    }


def test_stock_is_what_the_installed_rasa_takes_by_itself() -> None:
    config = sides.stock_config()
    names = [part["name"] for part in config["pipeline"]]
    assert names[-4:] == ["DIETClassifier", "EntitySynonymMapper", "ResponseSelector", "FallbackClassifier"]
    assert [part["name"] for part in config["policies"]][-1] == "TEDPolicy"
    assert {part["epochs"] for part in [*config["pipeline"], *config["policies"]] if "epochs" in part} == {100}


def test_fewer_epochs_reach_every_part_that_has_any() -> None:
    config = sides.stock_config(epochs=2)
    parts = [*config["pipeline"], *config["policies"]]
    assert [part["epochs"] for part in parts if "epochs" in part] == [2, 2, 2, 2]


def test_stock_reaches_the_action_server_with_the_shared_secret(tmp_path: Path) -> None:
    side = sides.stock(tmp_path / "stock")
    endpoint = yaml.safe_load(side.endpoints.read_text())["action_endpoint"]
    assert endpoint["headers"] == {"Authorization": f"Bearer {side.variables()['ASSISTANT_ACTION_SECRET']}"}
    assert endpoint["url"] == f"http://127.0.0.1:{side.action_port}/webhook"


def test_stock_does_not_inherit_what_the_project_sets_for_rasa(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    assert "OMP_NUM_THREADS" not in sides.stock(tmp_path / "stock").variables()
    assert sides.ours(tmp_path / "ours").variables()["OMP_NUM_THREADS"] == "1"


def test_neither_side_writes_outside_its_folder(tmp_path: Path) -> None:
    for side in (sides.ours(tmp_path / "ours"), sides.stock(tmp_path / "stock")):
        variables = side.variables()
        assert variables["RASA_CACHE_DIRECTORY"].startswith(str(tmp_path))
        assert str(side.model).startswith(str(tmp_path))
        assert str(tmp_path) in variables.get("ASSISTANT_DATABASE", str(tmp_path))


def test_the_memory_of_a_process_counts_its_children() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        found = sides.family(os.getpid())
        child.communicate(b"\n")
    assert found[0] == os.getpid()
    assert child.pid in found
    assert sides.resident(os.getpid()) > 2**20


def test_a_process_that_has_ended_takes_no_memory() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        child.wait()
    assert sides.resident(child.pid) == 0


async def test_a_burst_sends_a_counted_number_of_turns_in_short_conversations() -> None:
    client = Echo()
    burst = await load.burst(client, ["a", "b"], clients=3, turns=7)
    assert len(client.asked) == len(burst.turns) == 21
    assert client.started == 3 * 2
    assert burst.rate == pytest.approx(21 / burst.wall)


async def test_a_turn_without_an_answer_ends_the_measuring() -> None:
    with pytest.raises(load.NotAnswered):
        await load.conversation(Echo(silent=1), "a", turns=3)


async def test_the_first_answer_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "POLL", 0)
    client = Echo(silent=2)
    assert await load.first_answer(client, "a", deadline=5, begin=load.time.monotonic()) < 5
    assert len(client.asked) == 3


async def test_a_side_that_ended_is_not_waited_for() -> None:
    def check() -> None:
        raise sides.SideFailed("ended")

    with pytest.raises(sides.SideFailed):
        await load.first_answer(Echo(silent=9), "a", deadline=5, begin=load.time.monotonic(), check=check)


def test_questions_are_spread_over_the_development_set() -> None:
    samples = [Sample(f"q{number}", ("duration",), "question") for number in range(400)]
    samples += [Sample("hi", ("greet",), "small_talk"), Sample("x" * 900, ("duration",), "question")]
    chosen = bench.questions(samples)
    assert len(chosen) == bench.QUESTIONS
    assert (chosen[0], chosen[-1]) == ("q0", "q390")


@pytest.mark.parametrize(
    ("measure", "ratio", "met"),
    [
        (Measure("memory", "", "", 0.7), 0.7, True),
        (Measure("memory", "", "", 0.7), 0.71, False),
        (Measure("rate", "", "", 1.6, higher_is_better=True), 1.6, True),
        (Measure("rate", "", "", 1.6, higher_is_better=True), 1.5, False),
        (Measure("accuracy", "", "", 1.0, higher_is_better=True), 1.0, False),
    ],
)
def test_a_target_is_a_limit_on_ours_divided_by_stock(measure: Measure, ratio: float, met: bool) -> None:
    assert measure.met(ratio) is met


def test_the_page_has_a_row_a_measure_and_says_what_was_missed() -> None:
    page = bench_page.page(report(rate=(20.0, 20.0)))
    assert all(measure.title in page for measure in MEASURES)
    assert "| turns per second, 8 clients | 20.0 1/s | 20.0 1/s | 1.00 | 1.60 or more | no |" in page
    assert "| whole turn | 19.0 ms |" in page


def test_a_shortened_training_is_said() -> None:
    assert "2 epochs instead of 100" in "\n".join(bench_page.summary({**report(), "epochs": 2}))


def test_the_clock_tells_stations_apart_and_keeps_the_rest_as_other() -> None:
    class Shop:
        async def wait(self) -> str:
            return "waited"

        def work(self) -> str:
            return "worked"

    shop, clock = Shop(), Clock()
    clock.watch(shop, "wait", "waiting")
    clock.watch_plain(shop, "work", "working")
    assert (asyncio.run(shop.wait()), shop.work()) == ("waited", "worked")
    clock.end_turn(10.0)
    medians = clock.medians()
    assert set(medians) == {"waiting", "working", OTHER, TOTAL}
    assert sum(medians.values()) == pytest.approx(20.0)
