"""Measures what the red-flag detector finds and what it raises for nothing, with 95% Wilson intervals.

python -m assistant.evaluation.referral [--data FOLDER [--misses]]

The evaluation set (tests/referral/evaluation) is blind: its texts are never printed. FOLDER may hold `dev_urgent.csv`
(columns `text`, `urgency`, `accept_levels`) and `dev_negation.csv` (`text`, `urgency`); `--misses` prints what went
wrong in these two. Exits with 2 where there is nothing to measure on.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scipy.stats import binomtest

from assistant.evaluation.data import NoData
from assistant.files import ROOT, read_yaml
from assistant.referral import LEVELS, detect
from assistant.text import normalise

EVALUATION = ROOT / "tests" / "referral" / "evaluation"
CSV_FILES = ("dev_urgent.csv", "dev_negation.csv")
NONE = LEVELS[0]


@dataclass(frozen=True)
class Case:
    """A message, its right level, further levels that are accepted, and of an ordinary one how it comes near a flag."""

    text: str
    level: str
    accept: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class Outcome:
    """A case and the level at which the detector found it."""

    case: Case
    found: str

    @property
    def right(self) -> bool:
        """Return whether it was found at its level or an accepted one."""
        return self.found in (self.case.level, *self.case.accept)

    @property
    def as_urgent(self) -> bool:
        """Return whether it was found at its level or a more urgent one."""
        return LEVELS.index(self.found) >= LEVELS.index(self.case.level)


def evaluation(folder: Path) -> list[Case]:
    """Return the blind cases of flagged.yml and ordinary.yml in `folder`; raise NoData where one of them is missing."""
    try:
        flagged, ordinary = read_yaml(folder / "flagged.yml"), read_yaml(folder / "ordinary.yml")
    except FileNotFoundError as error:
        raise NoData(f"{error.filename} is missing") from None
    return [
        *(Case(entry["text"], entry["level"], tuple(entry["accept"])) for entry in flagged),
        *(Case(entry["text"], NONE, kind=entry["kind"]) for entry in ordinary),
    ]


def outside(folder: Path) -> dict[str, list[Case]]:
    """Return the cases of each of the CSV files that `folder` holds; raise NoData where it holds none of them."""
    found = {name: list(_rows(folder / name)) for name in CSV_FILES if (folder / name).is_file()}
    if not found:
        raise NoData(f"{folder} holds neither {' nor '.join(CSV_FILES)}")
    return found


def look(cases: Sequence[Case]) -> list[Outcome]:
    """Return each case with what the detector makes of it."""
    return [Outcome(case, detect(normalise(case.text)).urgency) for case in cases]


def proportion(values: Sequence[bool]) -> str:
    """Return how many of `values` hold, of how many, the share and its 95% Wilson interval."""
    if not values:
        return "0/0"
    held, interval = sum(values), binomtest(sum(values), len(values)).proportion_ci(0.95, method="wilson")
    return f"{held}/{len(values)} = {held / len(values):.3f} ({interval.low:.3f} to {interval.high:.3f})"


def report(title: str, outcomes: Sequence[Outcome]) -> str:
    """Return the figures of one set, without any of its texts."""
    flagged = [outcome for outcome in outcomes if outcome.case.level != NONE]
    ordinary = [outcome for outcome in outcomes if outcome.case.level == NONE]
    return "\n".join([title, *_recall_lines(flagged), *_alarm_lines(ordinary)])


def misses(outcomes: Sequence[Outcome]) -> list[str]:
    """Return a line with the text of each outcome that is not right: for open sets only."""
    return [f"  {seen.case.level}, found {seen.found}: {seen.case.text}" for seen in outcomes if not seen.right]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures; only the texts of the outside files are ever handed to `misses`."""
    parser = argparse.ArgumentParser(prog="python -m assistant.evaluation.referral", description=__doc__)
    parser.add_argument("--data", type=Path, metavar="FOLDER", help=f"measure on {' and '.join(CSV_FILES)} in it, too")
    parser.add_argument("--misses", action="store_true", help="print the texts that went wrong in the files of --data")
    options = parser.parse_args(arguments)
    try:
        blind, opened = evaluation(EVALUATION), outside(options.data) if options.data else {}
    except NoData as error:
        parser.error(str(error))
    print(report("Evaluation set", look(blind)))
    for name, cases in opened.items():
        outcomes = look(cases)
        print("\n" + report(name, outcomes))
        if options.misses:
            print("\n".join(misses(outcomes)))


def _recall_lines(flagged: Sequence[Outcome]) -> Iterator[str]:
    levels = sorted({outcome.case.level for outcome in flagged}, key=LEVELS.index, reverse=True)
    groups = {level: [outcome for outcome in flagged if outcome.case.level == level] for level in levels}
    for name, group in {**groups, "all levels": flagged}.items() if flagged else ():
        yield f"  {name}: at that level or an accepted one {proportion([outcome.right for outcome in group])}"
        yield f"  {name}: at least as urgent {proportion([outcome.as_urgent for outcome in group])}"


def _alarm_lines(ordinary: Sequence[Outcome]) -> Iterator[str]:
    kinds = dict.fromkeys(outcome.case.kind for outcome in ordinary if outcome.case.kind)
    groups = {kind: [outcome for outcome in ordinary if outcome.case.kind == kind] for kind in kinds}
    groups["all but plain and denied"] = [other for other in ordinary if other.case.kind not in ("", "plain", "denied")]
    for name, group in {**groups, "all": ordinary}.items():
        if group:
            yield f"  false alarms, {name}: {proportion([not outcome.right for outcome in group])}"


def _rows(path: Path) -> Iterator[Case]:
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            accept = tuple(filter(None, row.get("accept_levels", "").split("|")))
            yield Case(row["text"], row["urgency"], accept)


if __name__ == "__main__":
    main(sys.argv[1:])
