"""Writes what the bench measured: a table of ratios with their targets, and where the time of a turn goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.evaluation.turn_cost import TOTAL


@dataclass(frozen=True)
class Measure:
    """One figure of both sides. `target` is for ours divided by stock; `scale` turns the raw figure into `unit`."""

    key: str
    title: str
    unit: str
    target: float
    higher_is_better: bool = False
    scale: float = 1.0
    digits: int = 1

    def met(self, ratio: float) -> bool:
        """Return whether a ratio reaches the target; accuracy, whose target is 1, must be above it."""
        if self.higher_is_better:
            return ratio > 1.0 if self.target == 1.0 else ratio >= self.target
        return ratio <= self.target


# The project's own aims; docs/architecture.md says why these.
MEASURES = (
    Measure("training", "training time", "s", 0.35),
    Measure("start", "time from start to first answer", "s", 0.5),
    Measure("memory", "memory of all serving processes", "MB", 0.70, scale=1 / 2**20, digits=0),
    Measure("turn", "median time of a turn, one client", "ms", 0.7, scale=1000),
    Measure("rate", "turns per second, 8 clients", "1/s", 1.6, higher_is_better=True),
    Measure("accuracy", "accuracy on the development set", "", 1.0, higher_is_better=True, digits=3),
)

_INTRODUCTION = (
    "The same phrases, domain and actions, once as the project trains and serves them, once with the configuration "
    "that Rasa takes where a project names none (DIET, TED, REST channel, stores in memory). Each side reads the "
    "development set as it reads a visitor's message."
)


def ratios(report: Mapping[str, Any]) -> dict[str, float]:
    """Return ours divided by stock, for every measure."""
    figures = report["figures"]
    return {measure.key: figures[measure.key]["ours"] / figures[measure.key]["stock"] for measure in MEASURES}


def summary(report: Mapping[str, Any]) -> list[str]:
    """Return the lines that are printed: each ratio with its target beside it."""
    found = ratios(report)
    lines = [f"{'':<36}{'ours':>12}{'stock':>12}{'ratio':>8}  target"]
    for measure in MEASURES:
        own, other = (_figure(measure, report["figures"][measure.key][side]) for side in ("ours", "stock"))
        verdict = "met" if measure.met(found[measure.key]) else "MISSED"
        lines.append(f"{measure.title:<36}{own:>12}{other:>12}{found[measure.key]:>8.2f}  {_target(measure)} {verdict}")
    long = report["figures"]["long"]
    lines.append(f"turn 200 over turn 3 of one conversation: ours {long['ours']:.2f}, stock {long['stock']:.2f}")
    lines.append("One of our turns: " + ", ".join(f"{name} {value}" for name, value in _stations(report)))
    return lines + ([_reduced(report)] if report["epochs"] is not None else [])


def page(report: Mapping[str, Any]) -> str:
    """Return the report as Markdown."""
    found, machine = ratios(report), report["machine"]
    rows = []
    for measure in MEASURES:
        own, other = (_figure(measure, report["figures"][measure.key][side]) for side in ("ours", "stock"))
        verdict = "yes" if measure.met(found[measure.key]) else "no"
        rows.append(
            f"| {measure.title} | {own} | {other} | {found[measure.key]:.2f} | {_target(measure)} | {verdict} |"
        )
    long = report["figures"]["long"]
    memory = [f"{name} {size / 2**20:.0f} MB" for name, size in report["figures"]["memory_of"].items()]
    parts = [
        "# The assistant beside stock Rasa",
        f"{_INTRODUCTION} Rasa {machine['rasa']}, Python {machine['python']}, {machine['cores']} cores, "
        f"{machine['memory_gb']} GB; use the ratios, the times are this machine's.",
        *([f"**{_reduced(report)}**"] if report["epochs"] is not None else []),
        "| | ours | stock | ours / stock | target | met |\n| --- | --- | --- | --- | --- | --- |\n" + "\n".join(rows),
        f"Turn 200 takes {long['ours']:.2f} times as long as turn 3 of a conversation (stock: {long['stock']:.2f}).",
        f"Memory: {', '.join(memory)}.",
        "## Where the time of one of our turns goes",
        "| station | median |\n| --- | --- |\n"
        + "\n".join(f"| {name} | {value} |" for name, value in _stations(report)),
    ]
    return "\n\n".join(parts) + "\n"


def _figure(measure: Measure, value: float) -> str:
    return f"{value * measure.scale:.{measure.digits}f} {measure.unit}".strip()


def _target(measure: Measure) -> str:
    if measure.target == 1.0:
        return "higher"
    return f"{measure.target:.2f} or {'more' if measure.higher_is_better else 'less'}"


def _stations(report: Mapping[str, Any]) -> list[tuple[str, str]]:
    stations = dict(report["stations"])
    total = stations.pop(TOTAL) + stations["channel"]
    rows = sorted(stations.items(), key=lambda entry: -entry[1])
    return [(name, f"{seconds * 1000:.1f} ms") for name, seconds in [*rows, ("whole turn", total)]]


def _reduced(report: Mapping[str, Any]) -> str:
    return f"Stock Rasa had {report['epochs']} epochs instead of 100: its training time and accuracy say nothing."
